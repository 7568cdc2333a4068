/**
 * The rows of key4.db that opening it needs, from memory and bounded (nss.md 1). Nothing is decrypted here.
 */

import path from 'node:path';
import type { Key4Rows } from '../formats/nss/key4.ts';
import type { LoginKeyCipher } from '../formats/nss/login-key.ts';
import { loginKeyId } from '../formats/sdr.ts';
import type { SqliteDatabase, SqliteValue } from '../formats/sqlite.ts';
import { type DatabaseProblem, type OpenOptions, openDatabase } from '../profile/database.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';

export type Key4Read =
  | {
      state: 'read';
      rows: Key4Rows;
      /** Ids in nssPrivate and those that MAC rows are filed under: a new key takes none of them. */
      takenIds: ReadonlySet<number>;
    }
  | { state: DatabaseProblem | 'no-tables'; why: string };

/** A wrapped key has some 150 bytes; NSS reads these values into 256. */
const blobLimit = 1024;
const maxKeys = 100;
const maxMacs = 10_000;
const secretKeyClass = '00000004';
const keyTypes: ReadonlyMap<string, LoginKeyCipher> = new Map([
  ['00000015', '3des'],
  ['0000001f', 'aes256'],
]);

/** @param file its path: also that of a copy that lies elsewhere. */
export function readKey4Rows(fs: ReadableFileSystem, file: string, options: OpenOptions = {}): Key4Read {
  const opened = openDatabase(fs, path.resolve(file), { ...options, memoryOnly: true });
  if (opened.state !== 'open') return { state: opened.state, why: opened.why };
  const { database } = opened;
  try {
    const check = database.quickCheck();
    if (!check.sound) return { state: 'damaged', why: check.why };
    if (!database.tables().includes('nssPrivate'))
      return { state: 'no-tables', why: 'it has no table of keys' };
    const macs = macsOf(database);
    return {
      state: 'read',
      rows: { password: passwordOf(database), keys: keysOf(database), macs },
      takenIds: idsOf(database, macs),
    };
  } finally {
    database.close();
  }
}

function passwordOf(database: SqliteDatabase): Key4Rows['password'] {
  const [row] =
    database.rows(
      `SELECT substr(item1, 1, ${blobLimit}) AS salt, substr(item2, 1, ${blobLimit}) AS value
       FROM metaData WHERE id = 'password'`,
      [],
      1,
    ) ?? [];
  if (!(row?.salt instanceof Uint8Array) || !(row.value instanceof Uint8Array)) return null;
  return { salt: row.salt, check: row.value };
}

/** NSS looks for class, token, type and id; without a1 it does not find the key (nss.md 1, 5.2). */
function keysOf(database: SqliteDatabase): Key4Rows['keys'] {
  const columns = database.columns('nssPrivate');
  if (!['id', 'a0', 'a11', 'a100', 'a102'].every((column) => columns.includes(column))) return [];
  const rows = database.rows(
    `SELECT id, hex(a100) AS type, substr(a11, 1, ${blobLimit}) AS value FROM nssPrivate
     WHERE hex(a0) = ? AND lower(hex(a102)) = ? ORDER BY id`,
    [secretKeyClass, loginKeyId],
    maxKeys,
  );
  return (rows ?? []).flatMap(({ id, type, value }) => {
    const cipher = keyTypes.get(String(type).toLowerCase());
    if (cipher === undefined || !(value instanceof Uint8Array) || typeof id !== 'number') return [];
    return [{ id, cipher, value }];
  });
}

function macsOf(database: SqliteDatabase): Map<string, Uint8Array> {
  const rows = database.rows(
    `SELECT id, substr(item1, 1, ${blobLimit}) AS value FROM metaData WHERE id LIKE 'sig\\_key\\_%' ESCAPE '\\'`,
    [],
    maxMacs,
  );
  return new Map(
    (rows ?? []).flatMap(({ id, value }): [string, Uint8Array][] =>
      typeof id === 'string' && value instanceof Uint8Array ? [[id, value]] : [],
    ),
  );
}

function idsOf(database: SqliteDatabase, macs: ReadonlyMap<string, Uint8Array>): Set<number> {
  const asNumber = (value: SqliteValue | undefined): number[] => (typeof value === 'number' ? [value] : []);
  const rows = database.rows('SELECT id FROM nssPrivate', [], maxMacs) ?? [];
  const filed = [...macs.keys()].map((name) => Number.parseInt(name.slice(8, 16), 16));
  return new Set([...rows.flatMap(({ id }) => asNumber(id)), ...filed.filter(Number.isInteger)]);
}
