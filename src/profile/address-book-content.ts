/**
 * What stands in one SQLite address book, and what the program would make of the file (formats.md 7.1, breakage.md).
 * Measured with Thunderbird 153.7 on 2026-11-23; a database of version 0 that has the tables already is refused, one of
 * a later version without them is listed and cannot be read. Given version 4 (3 where no card has its vCard yet) it is
 * shown again, with every card.
 */

import type { SqliteDatabase } from '../formats/sqlite.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type DatabaseProblem, type OpenOptions, openDatabase } from './database.ts';
import { readFileBytes } from './file-bytes.ts';

export type BookProblem =
  /** No file name, or one that the program refuses. */
  | 'file-name'
  | 'file-of-other-book'
  /** Mork. */
  | 'old-format'
  /** Tables, but user_version 0. */
  | 'no-version'
  | 'no-tables'
  | DatabaseProblem;

export interface BookContent {
  /** Null where it cannot be known. */
  cards: number | null;
  lists: number | null;
  /** Whether today's Thunderbird lists the book; null where it cannot be known. */
  shown: boolean | null;
  problem: { code: BookProblem; why: string } | null;
  /** With `no-version`, where it is certain which one is missing: the file with it. */
  versioned?: VersionedBook;
}

export interface VersionedBook {
  /** `PRAGMA user_version`: 4 where every card has its vCard, 3 where none has. */
  version: 3 | 4;
  /** The whole file. */
  bytes: Uint8Array;
}

/** Of version 3 and 4 (formats.md 7.1). Versions before had a table `cards` too. */
const columnsOf = {
  properties: ['card', 'name', 'value'],
  lists: ['uid', 'name', 'nickName', 'description'],
  list_cards: ['list', 'card'],
};
const tables = Object.keys(columnsOf);
/** Bytes. A book of 10,000 contacts has about 15 MB. */
const maxVersioned = 32 * 1024 * 1024;

/** The program refuses these: the book is missing from its list, the file stays as it is. */
const refused: readonly DatabaseProblem[] = ['not-sqlite', 'truncated', 'damaged'];

/** Never throws. */
export function readBookContent(
  fs: ReadableFileSystem,
  file: string,
  options: OpenOptions = {},
): BookContent {
  const opened = openDatabase(fs, file, options);
  if (opened.state === 'open') {
    try {
      const content = contentOf(opened.database);
      if (content.problem?.code !== 'no-version' || opened.pending) return content;
      const versioned = withVersion(fs, file, opened.database);
      return versioned === null ? content : { ...content, versioned };
    } finally {
      opened.database.close();
    }
  }
  const problem = { code: opened.state, why: opened.why };
  if (opened.state === 'missing' || opened.state === 'empty') {
    // The program fills it at its next start.
    return { cards: 0, lists: 0, shown: true, problem };
  }
  return { cards: null, lists: null, shown: refused.includes(opened.state) ? false : null, problem };
}

function contentOf(database: SqliteDatabase): BookContent {
  const check = database.quickCheck();
  if (!check.sound) {
    // The schema could be read, so the book is listed; its cards may not be readable.
    return { cards: null, lists: null, shown: true, problem: { code: 'damaged', why: check.why } };
  }
  const present = database.tables().filter((table) => tables.includes(table));
  if (present.length === 0 && database.userVersion === 0)
    return { cards: 0, lists: 0, shown: true, problem: null };
  const counts = {
    cards: database.columns('properties').includes('card')
      ? database.number('SELECT count(DISTINCT card) FROM properties')
      : null,
    lists: present.includes('lists') ? database.number('SELECT count(*) FROM lists') : null,
  };
  if (database.userVersion === 0) {
    const why = 'it has tables, but no version: the program tries to make them again and fails';
    return { ...counts, shown: false, problem: { code: 'no-version', why } };
  }
  if (counts.cards === null || counts.lists === null) {
    return {
      ...counts,
      shown: true,
      problem: { code: 'no-tables', why: 'it has not the tables of an address book' },
    };
  }
  return { ...counts, shown: true, problem: null };
}

/** Null where the tables are not those that today's program makes, or only some cards have a vCard. */
function withVersion(fs: ReadableFileSystem, file: string, database: SqliteDatabase): VersionedBook | null {
  if (database.tables().includes('cards')) return null;
  const whole = Object.entries(columnsOf).every(([table, columns]) => {
    const present = database.columns(table);
    return columns.every((column) => present.includes(column));
  });
  if (!whole) return null;
  const cards = database.number('SELECT count(DISTINCT card) FROM properties');
  const modern = database.number("SELECT count(DISTINCT card) FROM properties WHERE name = '_vCard'");
  const version = cards === null ? null : modern === cards ? 4 : modern === 0 ? 3 : null;
  const read = readFileBytes(fs, file, maxVersioned);
  if (version === null || read.state !== 'read') return null;
  const bytes = Buffer.from(read.bytes);
  // sqlite.org/fileformat2.html 1.3: user_version, a big-endian number.
  bytes.writeInt32BE(version, 60);
  return { version, bytes };
}
