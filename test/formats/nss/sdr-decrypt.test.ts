/** A saved value comes back under its key alone; whatever else is given is told apart, and nothing throws. */

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newLoginKey } from '../../../src/formats/nss/login-key.ts';
import { decryptSdr } from '../../../src/formats/nss/sdr-decrypt.ts';
import { encryptSdr } from '../../../src/formats/nss/sdr-encrypt.ts';
import { Secret } from '../../../src/formats/secret.ts';

const aes = { cipher: 'aes256' as const, value: newLoginKey('aes256', randomBytes) };
const des = { cipher: '3des' as const, value: newLoginKey('3des', randomBytes) };
const other = { cipher: 'aes256' as const, value: newLoginKey('aes256', randomBytes) };
const textOf = (result: ReturnType<typeof decryptSdr>) =>
  result.state === 'read' ? result.text.reveal() : result.state;

describe('a saved value', () => {
  it.each([aes, des])('comes back as it was: $cipher', (key) => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const blob = encryptSdr(Secret.fromText(text), key, randomBytes);
        return textOf(decryptSdr(blob, [aes, des])) === Secret.fromText(text).reveal();
      }),
    );
  });

  it('is read with the one of several keys that fits', () => {
    const blob = encryptSdr(Secret.fromText('alice'), aes, randomBytes);
    expect(textOf(decryptSdr(blob, [des, other, aes]))).toBe('alice');
  });

  it('is not read with another key, but for one in ten thousands', () => {
    const blobs = Array.from({ length: 2000 }, (_, i) =>
      encryptSdr(Secret.fromText(`a password ${i}`), aes, randomBytes),
    );
    const states = blobs.map((blob) => decryptSdr(blob, [other]).state);
    expect(states.filter((state) => state === 'read').length).toBeLessThan(3);
    expect(decryptSdr(blobs[0] ?? '', [des]).state).toBe('no-key');
    expect(decryptSdr(blobs[0] ?? '', []).state).toBe('no-key');
  });

  it('may be saved without encryption, in very old stores', () => {
    expect(textOf(decryptSdr(`~${Buffer.from('bob').toString('base64')}`, []))).toBe('bob');
    expect(textOf(decryptSdr('~', []))).toBe('');
    expect(decryptSdr('~*', []).state).toBe('damaged');
    expect(decryptSdr('~/w==', []).state).toBe('damaged');
  });

  it('is damaged, wrong or something else when it was changed, and never throws', () => {
    const blob = Buffer.from(encryptSdr(Secret.fromText('alice'), aes, randomBytes), 'base64');
    fc.assert(
      fc.property(fc.nat(blob.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(blob);
        changed[at] = (changed[at] ?? 0) ^ mask;
        const { state } = decryptSdr(Buffer.from(changed).toString('base64'), [aes, des]);
        return ['read', 'wrong-key', 'damaged', 'no-key'].includes(state);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => typeof decryptSdr(text, [aes]).state === 'string'));
    expect(decryptSdr('', [aes]).state).toBe('damaged');
  });
});
