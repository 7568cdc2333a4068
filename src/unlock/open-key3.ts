/**
 * key3.db: the key store of Postbox and of programs up to Gecko 57. No program of today reads it (nss.md 4).
 */

import { openKey3, parseKey3 } from '../formats/nss/key3.ts';
import { Secret } from '../formats/secret.ts';
import { readFileBytes } from '../profile/file-bytes.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { UnlockedKeyStore } from './opened.ts';

const maxBytes = 64 * 1024 * 1024;

/** @param password null: none was given, and only the empty one is tried. */
export async function openKey3Store(
  fs: ReadableFileSystem,
  file: string,
  password: Secret | null,
): Promise<UnlockedKeyStore> {
  const closed = (state: UnlockedKeyStore['state'], why: string | null): UnlockedKeyStore => ({
    file: 'key3.db',
    state,
    why,
    keys: [],
    writable: null,
  });
  const read = readFileBytes(fs, file, maxBytes);
  if (read.state === 'missing') return { ...closed('missing', 'there is no key store'), file: null };
  if (read.state !== 'read') return closed('damaged', 'it cannot be read');
  const records = parseKey3(read.bytes);
  if (records === null) return closed('damaged', 'it is no key store of Berkeley DB 1.85');
  const tried = [new Secret(new Uint8Array()), ...(password === null ? [] : [password])];
  for (const one of tried) {
    const opened = await openKey3(records, one);
    if (opened.state !== 'opened') continue;
    const keys = opened.keys.map((value) => ({ cipher: '3des' as const, value, mac: 'not-needed' as const }));
    const why = records.incomplete ? 'part of it is damaged' : null;
    return { file: 'key3.db', state: 'opened', why, keys, writable: null };
  }
  return closed(password === null ? 'needs-primary-password' : 'wrong-primary-password', null);
}
