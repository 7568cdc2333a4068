/**
 * One saved user name or password in the clear (nss.md 2). The key is chosen by the cipher of the blob, never by its
 * id, which is the same in every profile.
 * A wrong key leaves valid padding in one of 256 blobs; hardly ever is that UTF-8, too: both are asked for.
 */

import { createDecipheriv } from 'node:crypto';
import { parseSdrBlob } from '../sdr-blob.ts';
import { Secret } from '../secret.ts';
import type { LoginKeyCipher } from './login-key.ts';

export interface DecryptingKey {
  cipher: LoginKeyCipher;
  value: Secret;
}

export type SdrDecryption =
  | { state: 'read'; text: Secret }
  /** There is no key of this kind. */
  | { state: 'no-key' }
  | { state: 'wrong-key' }
  /** No such blob. */
  | { state: 'damaged' };

const ciphers = { '3des': 'des-ede3-cbc', aes256: 'aes-256-cbc' } as const;

export function decryptSdr(base64: string, keys: readonly DecryptingKey[]): SdrDecryption {
  const blob = parseSdrBlob(base64);
  if (blob.state === 'obfuscated') return blob.plain === null ? { state: 'damaged' } : readable(blob.plain);
  if (blob.state !== 'ok' || blob.cipher === 'unknown') return { state: 'damaged' };
  const block = blob.cipher === 'aes256' ? 16 : 8;
  if (blob.encrypted.length === 0 || blob.encrypted.length % block !== 0) return { state: 'damaged' };
  const fitting = keys.filter(({ cipher }) => cipher === blob.cipher);
  for (const { cipher, value } of fitting) {
    const read = decrypt(ciphers[cipher], value, blob.vector, blob.encrypted);
    if (read !== null) return read;
  }
  return { state: fitting.length === 0 ? 'no-key' : 'wrong-key' };
}

function decrypt(
  cipher: string,
  key: Secret,
  vector: Uint8Array,
  encrypted: Uint8Array,
): SdrDecryption | null {
  try {
    const decryption = createDecipheriv(cipher, key.bytes, vector);
    const plain = Buffer.concat([decryption.update(encrypted), decryption.final()]);
    const read = readable(plain);
    plain.fill(0);
    return read.state === 'read' ? read : null;
  } catch {
    // The padding, or the length of a key out of a damaged store.
    return null;
  }
}

function readable(plain: Uint8Array): SdrDecryption {
  const text = new Secret(plain);
  return text.reveal() === null ? { state: 'damaged' } : { state: 'read', text };
}
