import { describe, expect, it } from 'vitest';
import { encryptPbes2, pbmac1 } from '../../../src/formats/nss/pbe-encrypt.ts';
import { describePbe } from '../../../src/formats/pbe.ts';
import { Secret } from '../../../src/formats/secret.ts';
import { countedRandom, givenRandom } from './support/counted-random.ts';

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const secret = (value: string): Secret => new Secret(bytes(value));

// Known answers of real NSS: nss-kat.txt, "a" (no password) and "d" (a password).
const a = {
  passKey: 'e4321b0a8c8d633374e6adf66b4cfe45b691aae3',
  key: 'adba76863e91a2d62cea01ae9137b90bbffb7615f1250bc2',
};
const d = {
  passKey: '4a56f9fad9abe3677cf2a7b3c688c1301ab51d3a791d2fe527e74a43b5c61a460a8e95da97d17a85666883b13645ba37',
  key: 'aa308b13eba7f3c06f395d3ab14c6e328364cb19abefcc6a6d827c668cc9433b',
};

describe('what NSS encrypts with a primary password, byte for byte', () => {
  it('the check of an empty password, hashed once', async () => {
    const random = givenRandom(
      '3cd18f24e120d5233e2dd85c7b79d80af300e89c6b0472fda12fcf5f7b8edbfb',
      'be1711cc4e976681c3873652b4a8',
    );
    const blob = await encryptPbes2(Buffer.from('password-check'), secret(a.passKey), 1, random);
    expect(hex(blob)).toBe(
      '308181306d06092a864886f70d01050d3060304106092a864886f70d01050c303404203cd18f24e120d5233e2dd85c7b79d80af300e89c6b0472fda12fcf5f7b8edbfb020101020120300a06082a864886f70d0209301b060960864801650304012a040ebe1711cc4e976681c3873652b4a804109a4a4acc54f48fa4836884a3ece06e70',
    );
  });

  it('a 3DES key, with a block of padding behind its 24 bytes', async () => {
    const random = givenRandom(
      '97fa842b1f087e627098c42f61ee6fcbbee33a2f09677c8cfe0cc8f44bab7977',
      '979658bd3e676d9953d738121ef6',
    );
    const blob = await encryptPbes2(bytes(a.key), secret(a.passKey), 1, random);
    expect(hex(blob)).toBe(
      '308191306d06092a864886f70d01050d3060304106092a864886f70d01050c3034042097fa842b1f087e627098c42f61ee6fcbbee33a2f09677c8cfe0cc8f44bab7977020101020120300a06082a864886f70d0209301b060960864801650304012a040e979658bd3e676d9953d738121ef60420d5ffd99ad72689cd8e6a9c85311e3f4ab7c1761b8b1ecefba29fffa3a87aaab7',
    );
  });

  it('an AES key under a password, hashed 10000 times', async () => {
    const random = givenRandom(
      'd5da55110d1edb3899c2e682a2f3e9cc0fd3c06bee35fffe1e809bfa810da774',
      '2e416934c9d6ee52e6dc9f261d7d',
    );
    const blob = await encryptPbes2(bytes(d.key), secret(d.passKey), 10_000, random);
    expect(hex(blob)).toBe(
      '3081a2306e06092a864886f70d01050d3061304206092a864886f70d01050c30350420d5da55110d1edb3899c2e682a2f3e9cc0fd3c06bee35fffe1e809bfa810da77402022710020120300a06082a864886f70d0209301b060960864801650304012a040e2e416934c9d6ee52e6dc9f261d7d0430209d03a8625bfdf53c957581230fc4ecca89b538d20612f7bdd514c5007e98f3bcb2242671bc78e78463b9e4b7f25ec8',
    );
  });

  it.each([
    [
      'a',
      a,
      1,
      '0bf77e60826c06f8e0dafdb1d743d1cf31f323ebd707f2c8faa5fdd4ee46d305',
      '308180305c06092a864886f70d01050e304f304106092a864886f70d01050c303404200bf77e60826c06f8e0dafdb1d743d1cf31f323ebd707f2c8faa5fdd4ee46d305020101020120300a06082a864886f70d0209300a06082a864886f70d02090420d4b04cec133271072280b0efcd8afab2208c3908e9da68b728c5d4cc9cf501ef',
    ],
    [
      'd',
      d,
      10_000,
      '6d3ab0948fcf20d3681053398370e9e4657b092f97c270caf94d9aefb3153e82',
      '308181305d06092a864886f70d01050e3050304206092a864886f70d01050c303504206d3ab0948fcf20d3681053398370e9e4657b092f97c270caf94d9aefb3153e8202022710020120300a06082a864886f70d0209300a06082a864886f70d0209042094aafc439f4cbcbdd3040cefbf6c94c25caea402b2fa11cc79e58755e952fd39',
    ],
  ])('the MAC of the key of %s', async (_name, { passKey, key }, iterations, salt, expected) => {
    const place = { objectId: 0, attribute: 0x11 };
    const mac = await pbmac1(bytes(key), place, secret(passKey), iterations, givenRandom(salt));
    expect(hex(mac)).toBe(expected);
  });
});

describe('a blob', () => {
  it.each([1, 127, 128, 255, 256, 10_000, 32_768, 50_000])(
    'says that the password was hashed %i times',
    async (iterations) => {
      const blob = await encryptPbes2(Buffer.alloc(32), secret(a.passKey), iterations, countedRandom());
      expect(describePbe(blob)).toEqual({ scheme: 'pbes2', iterations });
    },
  );

  it('fits the 256 bytes into which NSS reads it', async () => {
    const key = Buffer.alloc(32);
    const place = { objectId: 0, attribute: 0x11 };
    const blob = await encryptPbes2(key, secret(d.passKey), 10_000, countedRandom());
    const mac = await pbmac1(key, place, secret(d.passKey), 10_000, countedRandom());
    expect(Math.max(blob.length, mac.length)).toBeLessThanOrEqual(256);
  });
});
