/**
 * From the primary password to the key that every blob of a key store is encrypted with (nss.md 1.1). No primary
 * password is the empty one. The same in key3.db, whose salts are 20 bytes or, very old, 16 (nss.md 6.2).
 */

import { createHash } from 'node:crypto';
import { Secret } from '../secret.ts';

/** NSS >= 3.118 makes a salt of this length for a password that is not empty, and hashes with SHA-384 then. */
const longSaltLength = 48;

/** @param globalSalt item1 of the `password` row, or `global-salt` of key3.db. */
export function passKeyOf(globalSalt: Uint8Array, password: Secret): Secret {
  const hash = createHash(globalSalt.length === longSaltLength ? 'sha384' : 'sha1');
  const digest = hash.update(globalSalt).update(password.bytes).digest();
  const passKey = new Secret(digest);
  digest.fill(0);
  return passKey;
}
