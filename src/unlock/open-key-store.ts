/**
 * Opens the key store of a profile: key4.db as soon as it is there, else key3.db, as NSS chooses (nss.md 4). Without a
 * password only what no password protects is opened.
 */

import path from 'node:path';
import { mayBeEmptyPassword, openKey4 } from '../formats/nss/key4.ts';
import { Secret } from '../formats/secret.ts';
import type { OpenOptions } from '../profile/database.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { readKey4Rows } from './key4-rows.ts';
import { openKey3Store } from './open-key3.ts';
import type { UnlockedKeyStore } from './opened.ts';

/** @param password null: none was given, and only the empty one is tried. */
export async function openKeyStore(
  fs: ReadableFileSystem,
  profile: string,
  password: Secret | null,
  options: OpenOptions = {},
): Promise<UnlockedKeyStore> {
  const key4 = await openKey4Store(fs, path.join(profile, 'key4.db'), password, options);
  return key4.state === 'missing' ? await openKey3Store(fs, path.join(profile, 'key3.db'), password) : key4;
}

/** @param file also that of a copy under another name. */
export async function openKey4Store(
  fs: ReadableFileSystem,
  file: string,
  password: Secret | null,
  options: OpenOptions = {},
): Promise<UnlockedKeyStore> {
  const closed = (state: UnlockedKeyStore['state'], why: string | null): UnlockedKeyStore => ({
    file: 'key4.db',
    state,
    why,
    keys: [],
    writable: null,
  });
  const read = readKey4Rows(fs, file, options);
  if (read.state === 'missing') return { ...closed('missing', read.why), file: null };
  if (read.state !== 'read') return closed('damaged', read.why);
  const { rows, takenIds } = read;
  if (rows.password === null)
    return closed('not-set-up', 'no password was ever set for it, not even an empty one');
  const tried = [
    ...(mayBeEmptyPassword(rows) ? [new Secret(new Uint8Array())] : []),
    ...(password === null || password.length === 0 ? [] : [password]),
  ];
  for (const one of tried) {
    const opened = await openKey4(rows, one);
    if (opened.state === 'opened') {
      const { keys, passKey, hasPassword, iterations, damagedKeys } = opened;
      const why = damagedKeys === 0 ? null : 'a key in it is damaged';
      return {
        file: 'key4.db',
        state: 'opened',
        why,
        keys,
        writable: { passKey, hasPassword, iterations, takenIds },
      };
    }
    if (opened.state === 'damaged') return closed('damaged', 'its password row is damaged');
  }
  return closed(password === null ? 'needs-primary-password' : 'wrong-primary-password', null);
}
