/**
 * Key stores beside the one that counts: copies that a person or a program has left in the profile, and key3.db. One of
 * them may hold the key that the saved logins were encrypted with (nss.md 4).
 */

import path from 'node:path';
import type { Secret } from '../formats/secret.ts';
import { listFolder } from '../profile/file-bytes.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { openKey4Store } from './open-key-store.ts';
import { openKey3Store } from './open-key3.ts';
import type { UnlockedKeyStore } from './opened.ts';

export interface OtherKeyStore {
  /** Name within the profile. */
  name: string;
  store: UnlockedKeyStore;
}

const maxStores = 20;
const anyKeyStore = /^key[34].*\.db/i;
const besideDatabase = /-(wal|shm|journal)$/;

/** Those that open; the one that counts is not among them. */
export async function otherKeyStores(
  fs: ReadableFileSystem,
  profile: string,
  live: string | null,
  password: Secret | null,
): Promise<OtherKeyStore[]> {
  const names = listFolder(fs, profile)
    .filter(({ kind, name }) => kind === 'file' && anyKeyStore.test(name) && !besideDatabase.test(name))
    .map(({ name }) => name)
    .filter((name) => name !== live)
    .sort()
    .slice(0, maxStores);
  const found: OtherKeyStore[] = [];
  for (const name of names) {
    const open = /^key3/i.test(name) ? openKey3Store : openKey4Store;
    const store = await open(fs, path.join(profile, name), password);
    if (store.state === 'opened' && store.keys.length > 0) found.push({ name, store });
  }
  return found;
}
