/**
 * Rows of a key store as the bytes of its SQLite file (nss.md 1), made in memory: a new file, or one that gets further
 * rows. Nothing is decrypted here, and no file is touched.
 */

import type BetterSqlite3 from 'better-sqlite3';
import { openSqliteBytes, type SqliteEngine } from '../sqlite.ts';
import { nssPrivateColumns } from './key4-columns.ts';
import type { KeyStoreRows } from './key4-write.ts';

export type Key4FileWritten =
  | { state: 'written'; bytes: Uint8Array }
  /** `why` in words of SQLite or ours; never a value. */
  | { state: 'refused'; why: string };

const schema = `
  CREATE TABLE nssPrivate (id PRIMARY KEY UNIQUE ON CONFLICT ABORT, ${nssPrivateColumns.join(', ')});
  CREATE INDEX issuer ON nssPrivate (a81);
  CREATE INDEX subject ON nssPrivate (a101);
  CREATE INDEX label ON nssPrivate (a3);
  CREATE INDEX ckaid ON nssPrivate (a102);
  CREATE TABLE metaData (id PRIMARY KEY UNIQUE ON CONFLICT REPLACE, item1, item2);`;

/** The bytes of a new key4.db. */
export function newKey4File(engine: SqliteEngine, rows: KeyStoreRows): Uint8Array {
  const database = new engine(':memory:');
  try {
    database.exec(schema);
    addRows(database, rows);
    return Uint8Array.from(database.serialize());
  } finally {
    database.close();
  }
}

/**
 * The bytes of a key4.db with these rows in it too. Refused are a file that is not sound, one that is no key store or
 * has a trigger, and rows whose id is taken. Never throws. A journal beside the file must have been merged before.
 */
export function withKeyRows(engine: SqliteEngine, file: Uint8Array, rows: KeyStoreRows): Key4FileWritten {
  const unsound = whyUnsound(engine, file);
  if (unsound !== null) return { state: 'refused', why: unsound };
  let database: BetterSqlite3.Database | null = null;
  try {
    database = new engine(Buffer.from(file));
    const connection = database;
    connection.pragma('trusted_schema = OFF');
    connection.pragma('ignore_check_constraints = ON');
    connection.transaction(() => {
      addMissingColumns(connection, rows);
      addRows(connection, rows);
    })();
    return { state: 'written', bytes: Uint8Array.from(connection.serialize()) };
  } catch (error) {
    return { state: 'refused', why: error instanceof Error ? error.message.slice(0, 200) : 'SQLite gave up' };
  } finally {
    database?.close();
  }
}

function whyUnsound(engine: SqliteEngine, file: Uint8Array): string | null {
  const opened = openSqliteBytes(engine, file);
  if (opened.state !== 'open') return opened.why;
  const { database } = opened;
  try {
    const check = database.quickCheck();
    if (!check.sound) return check.why;
    const tables = database.tables();
    if (!tables.includes('nssPrivate') || !tables.includes('metaData'))
      return 'it has no tables of a key store';
    // What a trigger does on a new row is the file's own idea.
    const triggers = database.number("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'");
    return triggers === 0 ? null : 'it has a trigger, and no key store has one';
  } finally {
    database.close();
  }
}

/** As NSS does when it opens a store of an older version to write (nss.md 1). */
function addMissingColumns(database: BetterSqlite3.Database, rows: KeyStoreRows): void {
  const there = new Set(
    database.prepare<unknown[], string>("SELECT name FROM pragma_table_info('nssPrivate')").pluck().all(),
  );
  const needed = new Set(rows.nssPrivate.flatMap(({ columns }) => Object.keys(columns)));
  for (const column of needed) {
    if (!there.has(column)) database.exec(`ALTER TABLE nssPrivate ADD COLUMN ${column}`);
  }
}

/** Plain INSERT: metaData replaces a row of the same id silently, so that a taken id is asked for first. */
function addRows(database: BetterSqlite3.Database, rows: KeyStoreRows): void {
  for (const { id, columns } of rows.nssPrivate) {
    const names = Object.keys(columns);
    const places = names.map(() => ', ?').join('');
    // A bigint: better-sqlite3 stores a number as REAL where the column has no type; NSS has INTEGER.
    database
      .prepare(`INSERT INTO nssPrivate (id${names.map((name) => `, ${name}`).join('')}) VALUES (?${places})`)
      .run(BigInt(id), ...Object.values(columns));
  }
  const insert = database.prepare('INSERT OR ABORT INTO metaData (id, item1, item2) VALUES (?, ?, ?)');
  for (const { id, item1, item2 } of rows.metaData) insert.run(id, item1, item2);
}
