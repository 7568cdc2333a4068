/**
 * What current NSS writes around a key (nss.md 1.2 form A, 1.4): PBES2 of PBKDF2-HMAC-SHA256 and AES-256-CBC, and the
 * PBMAC1 that NSS >= 3.69 wants beside every key so encrypted. PBKDF2 runs on the thread pool.
 * Belongs here: the two blobs. In which rows they stand is key4-write.ts; reading them is pbe-decrypt.ts.
 */

import { createCipheriv, createHmac } from 'node:crypto';
import type { Sequence } from 'asn1js';
import type { Secret } from '../secret.ts';
import { deriveKey } from './pbe-decrypt.ts';
import type { RandomBytes } from './random.ts';
import { derBytes, integer, octets, oid, sequence } from './write-der.ts';

const oids = {
  pbes2: '1.2.840.113549.1.5.13',
  pbmac1: '1.2.840.113549.1.5.14',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

const saltLength = 32;
const keyLength = 32;

/**
 * The blob of item2 and a11.
 * @param iterations as often as the pass key is hashed; 1 for an empty primary password (nss.md 1.3).
 */
export async function encryptPbes2(
  plain: Uint8Array,
  passKey: Secret,
  iterations: number,
  random: RandomBytes,
): Promise<Uint8Array> {
  const salt = random(saltLength);
  // nss.md 1.2: NSS takes the whole element 04 0e .. as the initial vector, its tag and length too.
  const vector = octets(random(14));
  return await withDerivedKey(passKey, salt, iterations, (key) => {
    const cipher = createCipheriv('aes-256-cbc', key, derBytes(vector));
    const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
    const algorithm = sequence(
      oid(oids.pbes2),
      sequence(derivation(salt, iterations), sequence(oid(oids.aes256Cbc), vector)),
    );
    return derBytes(sequence(algorithm, octets(encrypted)));
  });
}

/**
 * The blob of a `sig_key_…` row: a MAC over the plain value of an attribute.
 * @param objectId 0 for an encrypted attribute, whatever id the row is filed under (nss.md 1.4).
 */
export async function pbmac1(
  plain: Uint8Array,
  { objectId, attribute }: { objectId: number; attribute: number },
  passKey: Secret,
  iterations: number,
  random: RandomBytes,
): Promise<Uint8Array> {
  const salt = random(saltLength);
  const place = Buffer.alloc(8);
  place.writeUInt32BE(objectId, 0);
  place.writeUInt32BE(attribute, 4);
  return await withDerivedKey(passKey, salt, iterations, (key) => {
    const mac = createHmac('sha256', key).update(place).update(plain).digest();
    const algorithm = sequence(
      oid(oids.pbmac1),
      sequence(derivation(salt, iterations), sequence(oid(oids.hmacSha256))),
    );
    return derBytes(sequence(algorithm, octets(mac)));
  });
}

function derivation(salt: Uint8Array, iterations: number): Sequence {
  return sequence(
    oid(oids.pbkdf2),
    sequence(octets(salt), integer(iterations), integer(keyLength), sequence(oid(oids.hmacSha256))),
  );
}

async function withDerivedKey<T>(
  passKey: Secret,
  salt: Uint8Array,
  iterations: number,
  use: (key: Uint8Array) => T,
): Promise<T> {
  const key = await deriveKey(passKey, { salt, iterations, keyLength, hash: 'sha256' });
  try {
    return use(key.bytes);
  } finally {
    key.wipe();
  }
}
