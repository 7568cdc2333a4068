import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeSdr, encryptedLength, loginKeyId } from '../../src/formats/sdr.ts';
import { der, oids } from './support/write-der.ts';

/** Made by NSS 3.87 and by Thunderbird 153 (nss.md 10). */
const tripleDes = 'MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECNSGqAa2Mn/eBBDaNuRDd1Seh16IAX9O4Z9A';
const aes = 'MEMEEPgAAAAAAAAAAAAAAAAAAAEwHQYJYIZIAWUDBAEqBBAsloNILwkfU7AnmkboNHpFBBBHhj/b5Jh0odNnBuwVTpZm';

const blob = (oid: string, iv: number, ...more: Uint8Array[]): string =>
  Buffer.from(
    der.sequence(
      der.octets(Buffer.from(loginKeyId, 'hex')),
      der.sequence(der.oid(oid), der.octets(Buffer.alloc(iv, 1))),
      der.octets(Buffer.alloc(16, 2)),
      ...more,
    ),
  ).toString('base64');

describe('an encrypted user name or password', () => {
  it('tells its cipher and key without being decrypted', () => {
    expect(describeSdr(tripleDes)).toEqual({ state: 'ok', cipher: '3des', keyId: loginKeyId, length: 16 });
    expect(describeSdr(aes)).toEqual({ state: 'ok', cipher: 'aes256', keyId: loginKeyId, length: 16 });
  });

  it('may have a cipher that only a later program knows', () => {
    expect(describeSdr(blob('2.16.840.1.101.3.4.1.46', 12))).toEqual({
      state: 'ok',
      cipher: 'unknown',
      keyId: loginKeyId,
      length: 16,
    });
  });

  it('may be wrapped into lines', () => {
    expect(describeSdr(`${aes.slice(0, 64)}\r\n${aes.slice(64)}`).state).toBe('ok');
  });

  it('is only base64 behind a ~ in very old stores, whatever encType says', () => {
    expect(describeSdr('~Ym9i')).toEqual({ state: 'obfuscated', cipher: null, keyId: null, length: null });
    expect(describeSdr('~').state).toBe('obfuscated');
  });

  it.each([
    ['letters outside of the alphabet', 'not base64 at all!'],
    ['the alphabet of URLs', aes.replaceAll('/', '_')],
    ['a missing padding', `${tripleDes}A`],
    ['padding in the middle', `${'='.repeat(2)}${'A'.repeat(6)}`],
  ])('with %s is not base64', (_what, text) => {
    expect(describeSdr(text)).toEqual({ state: 'not-base64', cipher: null, keyId: null, length: null });
  });

  it.each([
    ['an empty text', ''],
    ['some other text', Buffer.from('hello').toString('base64')],
    ['a blob cut short', Buffer.from(aes, 'base64').subarray(0, -1).toString('base64')],
    ['a fourth part', blob(oids.aes256, 16, der.integer(1))],
    ['an IV of the wrong length', blob(oids.aes256, 8)],
  ])('with %s is no blob', (_what, text) => {
    expect(describeSdr(text)).toEqual({ state: 'not-der', cipher: null, keyId: null, length: null });
  });

  it('never shows what is encrypted, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(Object.keys(describeSdr(text))).toEqual(['state', 'cipher', 'keyId', 'length']);
      }),
    );
    expect(JSON.stringify(describeSdr(aes))).not.toContain(aes.slice(-12));
  });

  it('tells how long the text in it is, to a block: padding is never left out', () => {
    expect([0, 7, 8, 16].map((bytes) => encryptedLength(bytes, '3des'))).toEqual([8, 8, 16, 24]);
    expect([0, 15, 16, 17].map((bytes) => encryptedLength(bytes, 'aes256'))).toEqual([16, 16, 32, 32]);
    expect(encryptedLength(5, 'unknown')).toBeNull();
    // "12345678", as NSS encrypts it.
    expect(describeSdr(tripleDes).length).toBe(encryptedLength(8, '3des'));
    expect(describeSdr(aes).length).toBe(encryptedLength(8, 'aes256'));
  });
});
