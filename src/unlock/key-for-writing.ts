/**
 * The key that logins are written with, and what has to be written of the key store for it (nss.md 5.1): none where the
 * profile's own key does, one row more where it has none of the kind, a whole new key store only where there is none that
 * opens.
 */

import { randomBytes } from 'node:crypto';
import { newKey4File, withKeyRows } from '../formats/nss/key4-file.ts';
import { furtherKey, newKeyStore } from '../formats/nss/key4-write.ts';
import type { LoginKeyCipher } from '../formats/nss/login-key.ts';
import type { EncryptingKey } from '../formats/nss/sdr-encrypt.ts';
import type { Secret } from '../formats/secret.ts';
import { sqliteEngine } from '../formats/sqlite.ts';
import type { UnlockedKeyStore } from './opened.ts';

export type KeyForWriting =
  /** `file`: the new content of key4.db; null: it stays as it is. */
  | { state: 'ready'; key: EncryptingKey; file: Uint8Array | null; kind: 'own' | 'added' | 'new' }
  | { state: 'refused'; why: string };

/**
 * @param wanted AES for Thunderbird 144 and later, 3DES for what is older (nss.md 11).
 * @param bytes of key4.db; null where there is none.
 * @param password for a new key store; empty: none.
 */
export async function keyForWriting(
  keyStore: UnlockedKeyStore,
  { wanted, bytes, password }: { wanted: LoginKeyCipher; bytes: Uint8Array | null; password: Secret },
): Promise<KeyForWriting> {
  const own = keyStore.keys.find(
    ({ cipher, mac }) => cipher === wanted && mac !== 'missing' && mac !== 'wrong',
  );
  if (keyStore.file === 'key4.db' && own !== undefined)
    return { state: 'ready', key: own, file: null, kind: 'own' };
  const engine = sqliteEngine();
  if (engine === null)
    return { state: 'refused', why: 'the module that reads and writes databases is not installed' };
  if (keyStore.writable !== null && bytes !== null) {
    const { rows, key } = await furtherKey({ cipher: wanted }, keyStore.writable, randomBytes);
    const written = withKeyRows(engine, bytes, rows);
    if (written.state === 'refused') return written;
    return { state: 'ready', key, file: written.bytes, kind: 'added' };
  }
  // 20 bytes every version opens; 48 only those of 2025 and later (nss.md 1.1).
  const made = await newKeyStore({ password, keys: [{ cipher: wanted }], saltLength: 20 }, randomBytes);
  const [key] = made.keys;
  if (key === undefined) return { state: 'refused', why: 'no key was made' };
  return { state: 'ready', key, file: newKey4File(engine, made.rows), kind: 'new' };
}
