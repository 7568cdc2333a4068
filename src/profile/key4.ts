/**
 * key4.db as far as it can be read without a password (nss.md 1, formats.md 4.3): whether it opens, whether it was ever
 * set up, which login keys it holds, whether a primary password is likely. From memory only; nothing is decrypted, and
 * what is encrypted does not leave this file.
 */

import path from 'node:path';
import { describePbe, type PbeScheme } from '../formats/pbe.ts';
import { loginKeyId } from '../formats/sdr.ts';
import type { SdrCipher } from '../formats/sdr-blob.ts';
import type { SqliteDatabase, SqliteRow, SqliteValue } from '../formats/sqlite.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type DatabaseProblem, type OpenOptions, openDatabase } from './database.ts';

export type KeyDatabaseState =
  | 'present'
  /** It opens, but is no key store: the tables are not there. */
  | 'no-tables'
  | DatabaseProblem;

/** Whether logins are locked. `unknown`: old key stores hash a set password as often as an empty one. */
export type PrimaryPassword = 'none' | 'set' | 'unknown';

export interface LoginKey {
  id: number;
  cipher: SdrCipher;
  scheme: PbeScheme;
  /** NSS >= 3.69 refuses a `pbes2` key without it; `misfiled` (an old bug) it accepts; others need none. */
  mac: 'present' | 'misfiled' | 'missing' | 'not-needed';
}

export interface Key4 {
  state: KeyDatabaseState;
  /** What SQLite or the system says; null when there is nothing to say. */
  why: string | null;
  /** A journal stands beside it: the last change was cut off and is not taken back yet. */
  pending: boolean;
  /** False: never set up. Null where the file could not be looked into. */
  hasPasswordRow: boolean | null;
  primaryPassword: PrimaryPassword;
  /** How often the password is hashed. */
  iterations: number | null;
  loginKeys: LoginKey[];
}

/** NSS reads these values into 256 bytes; a wrapped key has some 150. */
const blobLimit = 1024;
const maxKeys = 100;
const secretKeyClass = '00000004';
const keyTypes: ReadonlyMap<string, SdrCipher> = new Map([
  ['00000015', '3des'],
  ['0000001f', 'aes256'],
]);
/** Hex of the attribute number of a key's value, as in the name of a MAC row. */
const valueAttribute = '00000011';

export function readKey4(fs: ReadableFileSystem, profile: string, options: OpenOptions = {}): Key4 {
  const opened = openDatabase(fs, path.join(profile, 'key4.db'), { ...options, memoryOnly: true });
  const nothing = {
    why: null,
    pending: opened.pending,
    hasPasswordRow: null,
    primaryPassword: 'unknown' as const,
    iterations: null,
    loginKeys: [],
  };
  if (opened.state !== 'open') {
    return { ...nothing, state: opened.state, why: opened.state === 'missing' ? null : opened.why };
  }
  const { database } = opened;
  try {
    const check = database.quickCheck();
    if (!check.sound) return { ...nothing, state: 'damaged', why: check.why };
    if (!database.tables().includes('nssPrivate')) {
      return { ...nothing, state: 'no-tables', why: 'it has no table of keys' };
    }
    return { ...nothing, state: 'present', ...readPassword(database), loginKeys: readLoginKeys(database) };
  } finally {
    database.close();
  }
}

function readPassword(
  database: SqliteDatabase,
): Pick<Key4, 'hasPasswordRow' | 'primaryPassword' | 'iterations'> {
  const [row] =
    database.rows(
      `SELECT length(item1) AS salt, substr(item2, 1, ${blobLimit}) AS value FROM metaData WHERE id = 'password'`,
      [],
      1,
    ) ?? [];
  if (row === undefined) return { hasPasswordRow: false, primaryPassword: 'unknown', iterations: null };
  const described = describePbe(bytesOf(row.value));
  const iterations = described?.iterations ?? null;
  return {
    hasPasswordRow: true,
    primaryPassword: likelyPassword(described?.scheme ?? 'unknown', iterations, row.salt ?? null),
    iterations,
  };
}

/** nss.md 1.1 and 1.2: 48-byte salts and more than one iteration come with a set password only. */
function likelyPassword(
  scheme: PbeScheme,
  iterations: number | null,
  saltLength: SqliteValue,
): PrimaryPassword {
  if (saltLength === 48 || (iterations !== null && iterations > 1)) return 'set';
  // Below NSS 3.48 a set password was hashed once, too.
  return scheme === 'pbes2' && iterations === 1 ? 'none' : 'unknown';
}

/** By key type, never by "the first with that id": 3DES and AES key share it (nss.md 1). */
function readLoginKeys(database: SqliteDatabase): LoginKey[] {
  const columns = database.columns('nssPrivate');
  if (!['id', 'a0', 'a11', 'a100', 'a102'].every((column) => columns.includes(column))) return [];
  const rows = database.rows(
    `SELECT id, hex(a100) AS type, substr(a11, 1, ${blobLimit}) AS value FROM nssPrivate
     WHERE hex(a0) = ? AND lower(hex(a102)) = ? ORDER BY id`,
    [secretKeyClass, loginKeyId],
    maxKeys,
  );
  return (rows ?? []).map((row) => loginKey(database, row));
}

function loginKey(database: SqliteDatabase, row: SqliteRow): LoginKey {
  const id = typeof row.id === 'number' ? row.id : 0;
  const scheme = describePbe(bytesOf(row.value))?.scheme ?? 'unknown';
  return {
    id,
    cipher: keyTypes.get(String(row.type).toLowerCase()) ?? 'unknown',
    scheme,
    mac: scheme === 'sha1-3des' ? 'not-needed' : findMac(database, id),
  };
}

function findMac(database: SqliteDatabase, id: number): LoginKey['mac'] {
  const has = (objectId: number): boolean => {
    const name = `sig_key_${objectId.toString(16).padStart(8, '0')}_${valueAttribute}`;
    return database.number('SELECT count(*) FROM metaData WHERE id = ?', [name]) === 1;
  };
  if (has(id)) return 'present';
  // Bug 1720226: filed under the id with its two highest bits set.
  return has((id | 0xc0000000) >>> 0) ? 'misfiled' : 'missing';
}

const bytesOf = (value: SqliteValue | undefined): Uint8Array =>
  value instanceof Uint8Array ? value : new Uint8Array(0);
