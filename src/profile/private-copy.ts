/**
 * A copy of a database in a folder of our own, for what SQLite cannot do in memory. The folder is 0700, outside of the
 * profile, and gone after sweep(), at the latest when the process ends.
 * Belongs here: making, merging and removing the copy.
 */

import nodeFs from 'node:fs';
import path from 'node:path';
import type { SqliteEngine } from '../formats/sqlite.ts';
import type { SqliteHeader } from '../formats/sqlite-header.ts';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';

/** The database file, or what belongs to it. */
export interface DatabasePart {
  suffix: '' | '-wal' | '-journal';
  /** Where it is read from. */
  path: string;
  stat: FileStat;
}

export interface PrivateCopy {
  readonly path: string;
  size(): number;
  bytes(limit?: number): Uint8Array;
  /** Lets SQLite play the -wal or journal into the copy. It does so without looking at the schema. */
  mergeSideFiles(engine: SqliteEngine): { merged: true } | { merged: false; why: string };
  withPages<T>(header: SqliteHeader, use: (page: (number: number) => Uint8Array | null) => T): T;
  sweep(): void;
}

const chunk = 4 * 1024 * 1024;

/** The last eight bytes of a journal that names another one: SQLite would open that one, and may delete it. */
const superJournalMark = Buffer.from('d9d505f920a163d7', 'hex');

/** @throws the system's error; nothing is left behind then. */
export function privateCopy(
  fs: ReadableFileSystem,
  parts: readonly DatabasePart[],
  temporary: string,
): PrivateCopy {
  const folder = makeFolder(temporary);
  const file = path.join(folder, 'copy.sqlite');
  try {
    for (const part of parts) copyFile(fs, part, file + part.suffix);
  } catch (error) {
    sweepFolder(folder);
    throw error;
  }
  return {
    path: file,
    size: () => nodeFs.statSync(file).size,
    bytes: (limit) => (limit === undefined ? nodeFs.readFileSync(file) : readAt(file, 0, limit)),
    mergeSideFiles: (engine) => mergeSideFiles(engine, file),
    withPages(header, use) {
      const handle = nodeFs.openSync(file, 'r');
      try {
        return use((number) => {
          const page = Buffer.alloc(header.pageSize);
          const read = nodeFs.readSync(handle, page, 0, page.length, (number - 1) * page.length);
          return number < 1 || read < page.length ? null : page;
        });
      } finally {
        nodeFs.closeSync(handle);
      }
    },
    sweep: () => sweepFolder(folder),
  };
}

function mergeSideFiles(engine: SqliteEngine, file: string): ReturnType<PrivateCopy['mergeSideFiles']> {
  if (namesAnotherJournal(`${file}-journal`))
    return { merged: false, why: 'its journal names another journal' };
  try {
    const connection = new engine(file, { fileMustExist: true, timeout: 0 });
    try {
      // A read transaction plays a journal back and finds the -wal; closing moves the -wal into the file.
      connection.pragma('user_version');
    } finally {
      connection.close();
    }
    return { merged: true };
  } catch (error) {
    return { merged: false, why: error instanceof Error ? error.message.slice(0, 200) : 'unknown error' };
  }
}

function namesAnotherJournal(journal: string): boolean {
  if (!nodeFs.existsSync(journal)) return false;
  const start = nodeFs.statSync(journal).size - superJournalMark.length;
  return start >= 0 && superJournalMark.equals(readAt(journal, start, superJournalMark.length));
}

function readAt(file: string, offset: number, length: number): Uint8Array {
  const handle = nodeFs.openSync(file, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, nodeFs.readSync(handle, bytes, 0, length, offset));
  } finally {
    nodeFs.closeSync(handle);
  }
}

function copyFile(fs: ReadableFileSystem, part: DatabasePart, to: string): void {
  const handle = nodeFs.openSync(to, 'wx', 0o600);
  try {
    for (let offset = 0; offset < part.stat.size; ) {
      const bytes = fs.readFile(part.path, { offset, limit: Math.min(chunk, part.stat.size - offset) });
      if (bytes.length === 0) break;
      for (let written = 0; written < bytes.length; ) {
        written += nodeFs.writeSync(handle, bytes, written, bytes.length - written);
      }
      offset += bytes.length;
    }
  } finally {
    nodeFs.closeSync(handle);
  }
}

const folders = new Set<string>();

/** mkdtemp makes it 0700. */
function makeFolder(temporary: string): string {
  const folder = nodeFs.mkdtempSync(path.join(temporary, 'mailmend-'));
  if (folders.size === 0) process.on('exit', sweepAll);
  folders.add(folder);
  return folder;
}

function sweepFolder(folder: string): void {
  nodeFs.rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
  if (folders.size === 0) process.off('exit', sweepAll);
}

function sweepAll(): void {
  for (const folder of [...folders]) sweepFolder(folder);
}
