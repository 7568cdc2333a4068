/**
 * SQLite databases from bytes, by better-sqlite3, for reading only. The native module is loaded at the first use and may
 * be absent (npm >= 11 does not build it unasked): then there is no engine, and callers say that they could not look.
 * A database can be crafted to keep SQLite busy for ever: its schema is looked at first, and nothing is queried before
 * quick_check found the rest sound. Who queries asks for `tables` and `columns` first: those leave views, virtual tables
 * and generated columns out.
 * Belongs here: opening, checking, bounded queries. Files and their copies are profile/database.ts.
 */

import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';
import { type SqliteHeader, sqliteHeader, withoutWalMark } from './sqlite-header.ts';
import { isSchemaTreeSound, pagesOf } from './sqlite-schema-tree.ts';

export type SqliteEngine = typeof BetterSqlite3;

export type SqliteValue = string | number | bigint | Uint8Array | null;
export type SqliteRow = Record<string, SqliteValue>;

export type QuickCheck = { sound: true } | { sound: false; why: string };

export interface SqliteDatabase {
  readonly userVersion: number;
  /** Names of ordinary tables: no views, no virtual ones. */
  tables(): string[];
  /** Names of ordinary columns of an ordinary table; empty when there is no such table. */
  columns(table: string): string[];
  /** `PRAGMA quick_check(1)`; table by table where virtual tables need modules that only the mail program has. */
  quickCheck(): QuickCheck;
  /** At most `limit` rows; null when SQLite gives up, or quickCheck has not found the file sound. */
  rows(sql: string, parameters?: readonly SqliteValue[], limit?: number): SqliteRow[] | null;
  /** The first column of the first row, when it is a number. */
  number(sql: string, parameters?: readonly SqliteValue[]): number | null;
  close(): void;
}

export type SqliteOpened =
  | { state: 'open'; database: SqliteDatabase }
  | { state: 'not-sqlite' | 'damaged'; why: string };

const maxRows = 100_000;
const maxTables = 10_000;

let loaded: SqliteEngine | null | undefined;

/** Null when the native module is absent or made for another Node. */
export function sqliteEngine(): SqliteEngine | null {
  if (loaded === undefined) loaded = loadEngine(createRequire(import.meta.url));
  return loaded;
}

/** @param load as `require`: hands out better-sqlite3 or throws. */
export function loadEngine(load: (name: string) => unknown): SqliteEngine | null {
  try {
    const engine = load('better-sqlite3') as SqliteEngine;
    // The JavaScript half loads always; only opening something shows whether the native half is there.
    new engine(':memory:').close();
    return engine;
  } catch {
    return null;
  }
}

/** Opens a database held in memory. `bytes` stay as they are. */
export function openSqliteBytes(engine: SqliteEngine, bytes: Uint8Array): SqliteOpened {
  const header = sqliteHeader(bytes);
  if (header === null) return { state: 'not-sqlite', why: 'it does not begin as an SQLite database' };
  return openSqlite(
    header,
    pagesOf(bytes, header),
    () => new engine(withoutWalMark(bytes), { readonly: true }),
  );
}

/**
 * @param page hands out single pages of the same database, for a look at its schema before SQLite gets it.
 * @param connect makes the connection; it is closed again when the database turns out not to be readable.
 */
export function openSqlite(
  header: SqliteHeader,
  page: (number: number) => Uint8Array | null,
  connect: () => BetterSqlite3.Database,
): SqliteOpened {
  if (!isSchemaTreeSound(header, page)) return { state: 'damaged', why: 'its list of tables is damaged' };
  let connection: BetterSqlite3.Database | null = null;
  try {
    connection = connect();
    connection.pragma('trusted_schema = OFF');
    connection.pragma('cell_size_check = ON');
    // CHECK constraints are the file's own expressions; damage of pages is found without them.
    connection.pragma('ignore_check_constraints = ON');
    const version = connection.pragma('user_version', { simple: true });
    connection.prepare('SELECT count(*) FROM sqlite_schema').get();
    return { state: 'open', database: wrap(connection, Number(version)) };
  } catch (error) {
    connection?.close();
    const state = codeOf(error) === 'SQLITE_NOTADB' ? 'not-sqlite' : 'damaged';
    return { state, why: messageOf(error) };
  }
}

function wrap(connection: BetterSqlite3.Database, userVersion: number): SqliteDatabase {
  let checked: QuickCheck | null = null;
  const quickCheck = (): QuickCheck => {
    checked ??= runQuickCheck(connection);
    return checked;
  };
  const attempt = <T>(read: () => T): T | null => {
    try {
      return quickCheck().sound ? read() : null;
    } catch {
      return null;
    }
  };
  const tables = (): string[] => attempt(() => ordinaryTables(connection)) ?? [];
  return {
    userVersion,
    tables,
    columns: (table) => attempt(() => ordinaryColumns(connection, table)) ?? [],
    quickCheck,
    rows: (sql, parameters = [], limit = maxRows) =>
      attempt(() => {
        const rows: SqliteRow[] = [];
        if (limit < 1) return rows;
        for (const row of connection.prepare<unknown[], SqliteRow>(sql).iterate(...parameters)) {
          rows.push(row);
          if (rows.length >= limit) break;
        }
        return rows;
      }),
    number: (sql, parameters = []) =>
      attempt(() => {
        const value = connection
          .prepare<unknown[], unknown>(sql)
          .pluck()
          .get(...parameters);
        return typeof value === 'number' ? value : null;
      }),
    close: () => {
      connection.close();
    },
  };
}

function runQuickCheck(connection: BetterSqlite3.Database): QuickCheck {
  try {
    const virtual = connection
      .prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND rootpage = 0")
      .pluck()
      .get();
    const scopes = virtual === 0 ? [null] : ordinaryTables(connection);
    for (const table of scopes) {
      const argument = table === null ? '1' : `"${table.replaceAll('"', '""')}"`;
      const said = connection.pragma(`quick_check(${argument})`, { simple: true });
      if (said !== 'ok') return { sound: false, why: String(said).split('\n', 1)[0]?.slice(0, 200) ?? '' };
    }
    return { sound: true };
  } catch (error) {
    return { sound: false, why: messageOf(error) };
  }
}

function ordinaryTables(connection: BetterSqlite3.Database): string[] {
  return connection
    .prepare<unknown[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 LIMIT ?",
    )
    .pluck()
    .all(maxTables);
}

/** pragma_table_info leaves generated columns out. */
function ordinaryColumns(connection: BetterSqlite3.Database, table: string): string[] {
  if (!ordinaryTables(connection).includes(table)) return [];
  return connection.prepare<unknown[], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** SQLite's own words hold names of tables and pages, never values. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
}
