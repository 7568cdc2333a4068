/**
 * What a password-encrypted blob of a key store says about itself: the scheme, and how often the password is hashed
 * (nss.md 1.2). The number tells whether a primary password is likely: NSS hashes an empty one once.
 * Belongs here: describing. Nothing in here decrypts.
 */

import { type DerValue, derInteger, derItems, derOctets, derOid, parseDer } from './der.ts';

export type PbeScheme =
  /** NSS >= 3.49: PBKDF2 and AES-256; a key encrypted so needs a MAC row beside it. */
  | 'pbes2'
  /** Older: SHA-1 and 3DES. */
  | 'sha1-3des'
  | 'unknown';

export interface PbeDescription {
  scheme: PbeScheme;
  iterations: number | null;
}

const pbes2 = '1.2.840.113549.1.5.13';
const pbkdf2 = '1.2.840.113549.1.5.12';
const sha1TripleDes = '1.2.840.113549.1.12.5.1.3';

/** Null when it is no such blob. */
export function describePbe(bytes: Uint8Array): PbeDescription | null {
  const [algorithm, data] = derItems(parseDer(bytes)) ?? [];
  const [oid, parameters] = derItems(algorithm) ?? [];
  const name = derOid(oid);
  if (name === null || derOctets(data) === null) return null;
  if (name === sha1TripleDes)
    return { scheme: 'sha1-3des', iterations: derInteger(derItems(parameters)?.[1]) };
  if (name === pbes2) return { scheme: 'pbes2', iterations: pbkdf2Iterations(derItems(parameters)?.[0]) };
  return { scheme: 'unknown', iterations: null };
}

function pbkdf2Iterations(derivation: DerValue | undefined): number | null {
  const [oid, parameters] = derItems(derivation) ?? [];
  return derOid(oid) === pbkdf2 ? derInteger(derItems(parameters)?.[1]) : null;
}
