/**
 * The saved logins as the checks of this cause look at them: the rows that the program has after its next start, and
 * whether its key store can open them at all. Nothing is decrypted.
 */

import path from 'node:path';
import type { SavedLogin } from '../../formats/logins-json.ts';
import type { LoginStoreFile } from '../../profile/login-store.ts';
import type { Profile } from '../../profile/profile.ts';
import { sha256 } from '../../repair/hash.ts';
import type { Operation } from '../../repair/operation.ts';

/** States in which NSS cannot take a key out of key4.db (formats.md 4.2). */
export const damagedStates: readonly string[] = ['not-sqlite', 'truncated', 'damaged', 'no-tables'];

export function liveFile(profile: Profile): LoginStoreFile | null {
  const { live, logins, backup } = profile.logins;
  return live === logins.file ? logins : live === backup.file ? backup : null;
}

/** Without tombstones. */
export function liveRows(profile: Profile): SavedLogin[] {
  return (liveFile(profile)?.logins ?? []).filter((row) => !row.deleted);
}

/** How many logins are at stake, of whatever era. */
export function savedCount(profile: Profile): number {
  const rows = liveRows(profile).length;
  return rows > 0 ? rows : profile.logins.logins.salvageable;
}

/** Why no row can be opened with what lies beside it; null when that cannot be told without decrypting. */
export function whyLocked(profile: Profile): string | null {
  const { key4, key3, cert9, live } = profile.keys;
  if (live === null) return 'there is no key store (key4.db)';
  if (live === 'key3.db')
    return key3.state === 'present' ? null : 'the key store key3.db is empty or damaged';
  if (key4.state === 'empty') return 'the key store key4.db is empty';
  if (damagedStates.includes(key4.state)) return 'the key store key4.db is damaged';
  // Not read, too large, no SQLite here: nothing is known.
  if (key4.state !== 'present') return null;
  if (cert9.hidesPasswords)
    return 'the certificate store cert9.db is damaged, and the program then opens no key either';
  const ciphers = new Set(liveRows(profile).flatMap((row) => row.password?.cipher ?? []));
  const openable = key4.loginKeys.some((key) => ciphers.has(key.cipher));
  const told = ciphers.size > 0 && !ciphers.has('unknown');
  return told && !openable
    ? 'the key store key4.db holds no key of the kind that these passwords need'
    : null;
}

/** The rows of a logins.json; the program changes and removes them by their id (seen with 153.7). */
export const loginRows = {
  op: 'edit-rows',
  list: 'logins',
  key: 'guid',
  numbers: { key: 'id', next: 'nextId' },
} as const;

/** The live list without one row; every other byte of the file stays. Null where there is no list to change. */
export function withoutRow(profile: Profile, row: SavedLogin): Operation | null {
  const file = liveFile(profile);
  if (file === null || file.bytes === null) return null;
  const bytes = file.bytes.subarray(row.offset, row.offset + row.length);
  return {
    ...loginRows,
    path: path.join(profile.path, file.file),
    changes: [{ row: row.guid, what: `saved login for ${row.origin}`, from: sha256(bytes), to: null }],
    why: `no account uses the login for ${row.origin}; all other logins stay as they are`,
  };
}
