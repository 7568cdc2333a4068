/**
 * A database of a profile, opened without touching the profile: SQLite leaves -wal and -shm beside what it opens, even
 * when told to only read (pains.md, finding 5). So it is opened from memory. What memory cannot do takes a private copy
 * (0700): merging a -wal or journal that has something in it, after which the copy is read into memory and swept at
 * once; and a large file, whose copy is swept on close. Whatever is left is swept when the process ends.
 * Belongs here: which way a file is opened. The copies are private-copy.ts, what stands in it the readers' business.
 */

import os from 'node:os';
import {
  openSqlite,
  openSqliteBytes,
  type SqliteDatabase,
  type SqliteEngine,
  sqliteEngine,
} from '../formats/sqlite.ts';
import { sqliteHeader, sqliteHeaderLength } from '../formats/sqlite-header.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { codeOf } from '../repair/system-error.ts';
import { findFile } from './file-bytes.ts';
import { type DatabasePart, type PrivateCopy, privateCopy } from './private-copy.ts';

export type DatabaseProblem =
  | 'missing'
  /** 0 bytes. SQLite takes it as a new database and throws away a -wal beside it. */
  | 'empty'
  | 'not-sqlite'
  /** Shorter than its header says; SQLite refuses all of it. */
  | 'truncated'
  | 'damaged'
  | 'too-large'
  | 'unreadable'
  /** The mail program writes in it so fast that no consistent copy could be taken. */
  | 'changing'
  /** better-sqlite3 is not there. */
  | 'no-engine';

export type OpenedDatabase =
  | { state: 'open'; database: SqliteDatabase; from: 'memory' | 'copy'; pending: boolean }
  /** `pending`: a -wal or journal with something in it stands beside the file. */
  | { state: DatabaseProblem; why: string; pending: boolean };

export interface OpenOptions {
  /** For key stores: never on disk. Their journal mode is DELETE; a journal left beside is only reported. */
  memoryOnly?: boolean;
  /** Bytes, of the file and its -wal together. */
  maxBytes?: number;
  engine?: SqliteEngine | null;
  /** Where private copies go. */
  temporary?: string;
}

const maxInMemory = 64 * 1024 * 1024;
const maxCopied = 2 * 1024 * 1024 * 1024;
const attempts = 3;

/** Never throws. Close what is open. */
export function openDatabase(
  fs: ReadableFileSystem,
  file: string,
  options: OpenOptions = {},
): OpenedDatabase {
  const engine = options.engine === undefined ? sqliteEngine() : options.engine;
  let result: OpenedDatabase = { state: 'changing', why: 'it changed while it was read', pending: true };
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = findParts(fs, file);
    if ('state' in before) return before;
    result = openParts(fs, before, engine, options);
    if (sameParts(before, findParts(fs, file))) return result;
    if (result.state === 'open') result.database.close();
    result = { state: 'changing', why: 'it changed while it was read', pending: result.pending };
  }
  return result;
}

function findParts(
  fs: ReadableFileSystem,
  file: string,
): DatabasePart[] | Exclude<OpenedDatabase, { state: 'open' }> {
  const main = findFile(fs, file);
  const sides = (['-wal', '-journal'] as const).flatMap((suffix): DatabasePart[] => {
    const side = findFile(fs, file + suffix);
    return side.state === 'found' && side.stat.size > 0 ? [{ suffix, path: side.path, stat: side.stat }] : [];
  });
  const pending = sides.length > 0;
  if (main.state === 'missing') return { state: 'missing', why: 'there is no such file', pending };
  if (main.state === 'unreadable') return { state: 'unreadable', why: main.why, pending };
  if (main.stat.size === 0) return { state: 'empty', why: 'it has 0 bytes', pending };
  return [{ suffix: '', path: main.path, stat: main.stat }, ...sides];
}

function sameParts(before: readonly DatabasePart[], after: ReturnType<typeof findParts>): boolean {
  if ('state' in after || after.length !== before.length) return false;
  return after.every((part, index) => {
    const was = before[index]?.stat;
    return was?.size === part.stat.size && was.mtimeNs === part.stat.mtimeNs && was.inode === part.stat.inode;
  });
}

function openParts(
  fs: ReadableFileSystem,
  parts: readonly DatabasePart[],
  engine: SqliteEngine | null,
  options: OpenOptions,
): OpenedDatabase {
  const [main] = parts;
  const pending = parts.length > 1;
  const problem = (state: DatabaseProblem, why: string): OpenedDatabase => ({ state, why, pending });
  if (main === undefined) return problem('missing', 'there is no such file');
  const limit = options.maxBytes ?? (options.memoryOnly === true ? maxInMemory : maxCopied);
  try {
    const header = sqliteHeader(fs.readFile(main.path, { limit: sqliteHeaderLength }), main.stat.size);
    if (header === null) return problem('not-sqlite', 'it does not begin as an SQLite database');
    // With a -wal or journal the rest of the pages may stand there.
    if (!pending && header.truncated) return problem('truncated', 'it is shorter than its first page says');
    const size = parts.reduce((sum, part) => sum + part.stat.size, 0);
    if (size > limit) return problem('too-large', `it has ${size} bytes, more than ${limit}`);
    if (engine === null) return problem('no-engine', 'the module that reads databases is not installed');
    if (options.memoryOnly === true || (!pending && main.stat.size < maxInMemory)) {
      return fromMemory(engine, fs.readFile(main.path), pending);
    }
    return fromCopy(engine, privateCopy(fs, parts, options.temporary ?? os.tmpdir()), pending, limit);
  } catch (error) {
    return problem('unreadable', `it cannot be read (${codeOf(error) ?? 'unknown error'})`);
  }
}

function fromMemory(engine: SqliteEngine, bytes: Uint8Array, pending: boolean): OpenedDatabase {
  const opened = openSqliteBytes(engine, bytes);
  return opened.state === 'open' ? { ...opened, from: 'memory', pending } : { ...opened, pending };
}

/** @throws the system's error. */
function fromCopy(engine: SqliteEngine, copy: PrivateCopy, pending: boolean, limit: number): OpenedDatabase {
  let kept = false;
  try {
    const merged = pending ? copy.mergeSideFiles(engine) : { merged: true as const };
    if (!merged.merged) return { state: 'damaged', why: merged.why, pending };
    // A crafted -wal can name pages far behind the end.
    if (copy.size() > limit)
      return { state: 'too-large', why: 'its -wal makes it larger than can be read', pending };
    if (copy.size() < maxInMemory) return fromMemory(engine, copy.bytes(), pending);
    const header = sqliteHeader(copy.bytes(sqliteHeaderLength), copy.size());
    if (header === null)
      return { state: 'not-sqlite', why: 'it does not begin as an SQLite database', pending };
    const opened = copy.withPages(header, (page) =>
      openSqlite(header, page, () => new engine(copy.path, { fileMustExist: true, timeout: 0 })),
    );
    if (opened.state !== 'open') return { ...opened, pending };
    const { database } = opened;
    const close = (): void => {
      database.close();
      copy.sweep();
    };
    kept = true;
    return { state: 'open', database: { ...database, close }, from: 'copy', pending };
  } finally {
    if (!kept) copy.sweep();
  }
}
