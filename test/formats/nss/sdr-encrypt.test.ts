import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derItems, derOctets, parseDer } from '../../../src/formats/der.ts';
import { encryptSdr } from '../../../src/formats/nss/sdr-encrypt.ts';
import { describeSdr, encryptedLength, loginKeyId } from '../../../src/formats/sdr.ts';
import { Secret } from '../../../src/formats/secret.ts';
import { countedRandom, givenRandom } from './support/counted-random.ts';

const secret = (text: string): Secret => new Secret(Buffer.from(text));
const tripleDes = {
  cipher: '3des',
  value: new Secret(Buffer.from('adba76863e91a2d62cea01ae9137b90bbffb7615f1250bc2', 'hex')),
} as const;
const aes = {
  cipher: 'aes256',
  value: new Secret(Buffer.from('aa308b13eba7f3c06f395d3ab14c6e328364cb19abefcc6a6d827c668cc9433b', 'hex')),
} as const;

describe('a saved password', () => {
  // Known answers of real NSS: nss-kat.txt.
  it('is what NSS makes of it under a 3DES key', () => {
    expect(encryptSdr(secret('12345678'), tripleDes, givenRandom('d486a806b6327fde'))).toBe(
      'MDoEEPgAAAAAAAAAAAAAAAAAAAEwFAYIKoZIhvcNAwcECNSGqAa2Mn/eBBDaNuRDd1Seh16IAX9O4Z9A',
    );
  });

  it('is what Thunderbird 153 makes of it under an AES key', () => {
    expect(encryptSdr(secret('12345678'), aes, givenRandom('2c9683482f091f53b0279a46e8347a45'))).toBe(
      'MEMEEPgAAAAAAAAAAAAAAAAAAAEwHQYJYIZIAWUDBAEqBBAsloNILwkfU7AnmkboNHpFBBBHhj/b5Jh0odNnBuwVTpZm',
    );
  });

  it('is whole, of the right length and readable again, whatever is in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 5000 }),
        fc.constantFrom(tripleDes, aes),
        (text, key) => {
          const blob = encryptSdr(secret(text), key, countedRandom(text));
          const length = encryptedLength(Buffer.byteLength(text), key.cipher);
          expect(describeSdr(blob)).toEqual({ state: 'ok', cipher: key.cipher, keyId: loginKeyId, length });
          expect(readBack(blob, key)).toBe(Buffer.from(text).toString());
        },
      ),
    );
  });

  it('never looks the same twice', () => {
    const random = countedRandom();
    expect(encryptSdr(secret('same'), aes, random)).not.toBe(encryptSdr(secret('same'), aes, random));
  });
});

function readBack(blob: string, key: typeof tripleDes | typeof aes): string {
  const [, algorithm, data] = derItems(parseDer(Buffer.from(blob, 'base64'))) ?? [];
  const vector = derOctets(derItems(algorithm)?.[1]) ?? new Uint8Array();
  const name = key.cipher === 'aes256' ? 'aes-256-cbc' : 'des-ede3-cbc';
  const decipher = createDecipheriv(name, key.value.bytes, vector);
  return Buffer.concat([decipher.update(derOctets(data) ?? new Uint8Array()), decipher.final()]).toString();
}
