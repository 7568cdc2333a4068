/**
 * What a saved user name or password says about itself without its key: the cipher and the id of the key it was
 * encrypted with (nss.md 2). The cipher tells how old a row is; the id is the same constant in every profile.
 * Belongs here: describing. Nothing in here decrypts, and the encrypted text leaves it for nobody.
 */

import { parseSdrBlob, type SdrCipher } from './sdr-blob.ts';

export type SdrState =
  /** A whole blob. */
  | 'ok'
  | 'not-base64'
  | 'not-der'
  /** `~` and plain base64: very old stores, not encrypted at all. */
  | 'obfuscated';

export interface SdrDescription {
  state: SdrState;
  cipher: SdrCipher | null;
  /** Lower-case hex. */
  keyId: string | null;
  /** Bytes of the encrypted text: the plain text and 1 to 8 (3DES) or 1 to 16 (AES) bytes more (nss.md 2). */
  length: number | null;
}

/** The id of the login key in every profile; 3DES and AES key of one profile share it (nss.md 1). */
export const loginKeyId = 'f8000000000000000000000000000001';

export function describeSdr(base64: string): SdrDescription {
  const blob = parseSdrBlob(base64);
  if (blob.state !== 'ok') return { state: blob.state, cipher: null, keyId: null, length: null };
  const { cipher, keyId, encrypted } = blob;
  return { state: 'ok', cipher, keyId, length: encrypted.length };
}

/** Bytes of the encrypted text that a text of this many bytes becomes: always padded to the next whole block. */
export function encryptedLength(bytes: number, cipher: SdrCipher): number | null {
  const block = { '3des': 8, aes256: 16, unknown: null }[cipher];
  return block === null ? null : (Math.floor(bytes / block) + 1) * block;
}
