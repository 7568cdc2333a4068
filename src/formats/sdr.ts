/**
 * What a saved user name or password says about itself without its key: the cipher and the id of the key it was
 * encrypted with (nss.md 2). The cipher tells how old a row is; the id is the same constant in every profile.
 * Belongs here: describing. Nothing in here decrypts, and the encrypted text leaves it for nobody.
 */

import { derItems, derOctets, derOid, parseDer } from './der.ts';

export type SdrState =
  /** A whole blob. */
  | 'ok'
  | 'not-base64'
  | 'not-der'
  /** `~` and plain base64: very old stores, not encrypted at all. */
  | 'obfuscated';

export type SdrCipher = '3des' | 'aes256' | 'unknown';

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

const ciphers: ReadonlyMap<string, { cipher: SdrCipher; ivLength: number }> = new Map([
  ['1.2.840.113549.3.7', { cipher: '3des', ivLength: 8 }],
  ['2.16.840.1.101.3.4.1.42', { cipher: 'aes256', ivLength: 16 }],
]);

export function describeSdr(base64: string): SdrDescription {
  // Decided by the mark, not by encType (nss.md 3).
  if (base64.startsWith('~')) return { state: 'obfuscated', cipher: null, keyId: null, length: null };
  const bytes = decodeBase64(base64);
  if (bytes === null) return { state: 'not-base64', cipher: null, keyId: null, length: null };
  const [keyId, algorithm, data, ...rest] = derItems(parseDer(bytes)) ?? [];
  const [oid, iv, ...parameters] = derItems(algorithm) ?? [];
  const id = derOctets(keyId);
  const name = derOid(oid);
  const vector = derOctets(iv);
  const encrypted = derOctets(data);
  const whole = rest.length === 0 && parameters.length === 0;
  if (!whole || encrypted === null || id === null || name === null || vector === null) {
    return { state: 'not-der', cipher: null, keyId: null, length: null };
  }
  const known = ciphers.get(name);
  if (known !== undefined && known.ivLength !== vector.length) {
    return { state: 'not-der', cipher: null, keyId: null, length: null };
  }
  return {
    state: 'ok',
    cipher: known?.cipher ?? 'unknown',
    keyId: Buffer.from(id).toString('hex'),
    length: encrypted.length,
  };
}

/** The standard alphabet, padded; white space between is let pass, as NSS does. */
function decodeBase64(text: string): Uint8Array | null {
  const compact = text.replace(/[\t\n\r ]/g, '');
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return null;
  return Buffer.from(compact, 'base64');
}

/** Bytes of the encrypted text that a text of this many bytes becomes: always padded to the next whole block. */
export function encryptedLength(bytes: number, cipher: SdrCipher): number | null {
  const block = { '3des': 8, aes256: 16, unknown: null }[cipher];
  return block === null ? null : (Math.floor(bytes / block) + 1) * block;
}
