/**
 * key3.db by real NSS, whole and broken in every way that a file can be: what is read is right, what is not is told, and
 * nothing throws or runs on (nss.md 6).
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBerkeleyHash } from '../../../src/formats/nss/berkeley-hash.ts';
import { openKey3, parseKey3 } from '../../../src/formats/nss/key3.ts';
import { Secret } from '../../../src/formats/secret.ts';

const vector = (name: string): Uint8Array =>
  readFileSync(join(import.meta.dirname, '../../../fixtures/vectors', name, 'key3.db'));
const none = vector('e-dbm-nopw');
const set = vector('e2-dbm-pw');

/** Known answer of nss.md 10. */
const keyOfSet = '011acefdb6c4d30713a443f7d6b0f24fe929b98532c491fd';

describe('a Berkeley hash file', () => {
  it('gives as many pairs as its header says', () => {
    for (const bytes of [none, set]) {
      const hash = parseBerkeleyHash(bytes);
      if (hash.state !== 'read') throw new Error(hash.state);
      expect(hash.pairs.length).toBe(hash.expected);
      expect(hash.incomplete).toBe(false);
      expect(hash.pairs.map(({ key }) => Buffer.from(key).toString('latin1'))).toEqual(
        expect.arrayContaining(['Version', 'global-salt', 'password-check']),
      );
    }
  });

  it('that is cut short says that it is not whole', () => {
    const hash = parseBerkeleyHash(none.subarray(0, 5000));
    expect(hash.state === 'read' && hash.incomplete).toBe(true);
    expect(parseBerkeleyHash(none.subarray(0, 100)).state).toBe('not-berkeley-hash');
    expect(parseBerkeleyHash(new Uint8Array()).state).toBe('not-berkeley-hash');
  });

  it('never throws and never runs on, whatever its bytes are', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(none.length - 1), fc.nat(255)), { maxLength: 40 }), (changes) => {
        const bytes = Uint8Array.from(none);
        for (const [at, value] of changes) bytes[at] = value;
        const hash = parseBerkeleyHash(bytes);
        const held = hash.state === 'read' ? hash.pairs : [];
        // Each page is read once: no more comes out than is there.
        return held.reduce((sum, { key, data }) => sum + key.length + data.length, 0) <= bytes.length * 2;
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (tail) => {
        const bytes = Uint8Array.from(Buffer.concat([none.subarray(0, 260), tail]));
        return typeof parseBerkeleyHash(bytes).state === 'string';
      }),
    );
  });
});

describe('key3.db', () => {
  it('opens with its password alone', async () => {
    const records = parseKey3(set);
    if (records === null) throw new Error('no key store');
    const right = await openKey3(records, Secret.fromText('hunter2 ünï'));
    if (right.state !== 'opened') throw new Error(right.state);
    expect(right.keys.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).toEqual([keyOfSet]);
    for (const wrong of ['', 'hunter2'])
      expect(await openKey3(records, Secret.fromText(wrong))).toEqual({ state: 'wrong-password' });
  });

  it('without a password opens with the empty one', async () => {
    const records = parseKey3(none);
    if (records === null) throw new Error('no key store');
    expect(records.version).toBe(3);
    expect((await openKey3(records, Secret.fromText(''))).state).toBe('opened');
  });

  it('is none without its records', () => {
    expect(parseKey3(new Uint8Array(4096))).toBeNull();
    expect(parseKey3(none.subarray(0, 300))).toBeNull();
  });

  it('never throws on a damaged one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(none.length - 1), fc.nat(255)), { maxLength: 20 }),
        async (changes) => {
          const bytes = Uint8Array.from(none);
          for (const [at, value] of changes) bytes[at] = value;
          const records = parseKey3(bytes);
          if (records !== null) await openKey3(records, Secret.fromText(''));
        },
      ),
      { numRuns: 100 },
    );
  });
});
