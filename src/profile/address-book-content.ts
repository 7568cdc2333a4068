/**
 * What stands in one SQLite address book, and what the program would make of the file (formats.md 7.1, breakage.md).
 * Measured with Thunderbird 153.7 on 2026-11-23; a database of version 0 that has the tables already is refused, one of
 * a later version without them is listed and cannot be read.
 */

import type { SqliteDatabase } from '../formats/sqlite.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type DatabaseProblem, type OpenOptions, openDatabase } from './database.ts';

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
}

const tables = ['properties', 'lists', 'list_cards'];

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
      return contentOf(opened.database);
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
