/** A secret shows itself to nobody who does not ask for it by name. */

import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/formats/secret.ts';

const secret = Secret.fromText('open sesame');

describe('a secret', () => {
  it.each([
    ['String', String(secret)],
    ['a template', `${secret}`],
    ['JSON', JSON.stringify({ secret })],
    ['inspect', inspect({ secret }, { depth: 9, showHidden: true })],
    ['a list', [secret].join()],
    ['an error', inspect(new Error('no', { cause: secret }))],
    ['its members', inspect(Object.entries(secret))],
  ])('is not shown by %s', (_how, shown) => {
    expect(shown).not.toContain('sesame');
    expect(shown).not.toMatch(/6f70656e|111, 112/);
  });

  it('gives text back as it was, and bytes that are none as null', () => {
    fc.assert(
      fc.property(
        fc.string(),
        (text) => Secret.fromText(text).reveal() === new TextDecoder().decode(new TextEncoder().encode(text)),
      ),
    );
    expect(new Secret(Uint8Array.of(0xff)).reveal()).toBeNull();
    expect(Secret.fromText('\ufeffx').reveal()).toBe('\ufeffx');
  });

  it('keeps a copy of its own, and can be wiped', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const own = new Secret(bytes);
    bytes.fill(0);
    expect([...own.bytes]).toEqual([1, 2, 3]);
    own.wipe();
    expect([...own.bytes]).toEqual([0, 0, 0]);
    expect(own.length).toBe(3);
  });
});
