/**
 * A lock file in a profile that has none, made for the time that mailmend holds the lock. It says itself that mailmend
 * made it, and what times the folder had: so whoever locks next after a cut takes it away again, and gives the folder its
 * times back. A program that opens the profile empties the file (formats.md 1.4), and so makes it its own.
 * Belongs here: making, knowing and taking away. Nothing here locks, and the file is never opened while the lock is held:
 * on some systems that would give it away.
 *
 * Made in this order, so that every cut is known again: a file whose name holds the times; a second name for it, that of
 * the lock file, which fails where a program was faster; the first name goes; the folder gets its times; `settled` is
 * added to the file.
 */

import type { FileStat, ReadableFileSystem, WritableFileSystem } from '../repair/file-system.ts';
import { giveToOwnerOf, present } from '../repair/metadata.ts';
import { writeAll } from '../repair/new-file.ts';
import { codeOf } from '../repair/system-error.ts';

interface FolderTimes {
  atimeNs: bigint;
  mtimeNs: bigint;
}

/** What the lock file says. */
interface Mark {
  /** Of the folder, before it was made. */
  times: FolderTimes;
  /** The folder has them again. */
  settled: boolean;
}

/** The disk, or the system, has no second names for files. */
const cannotLink = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL']);

const words = 'mailmend made this file and takes it away again';
const settledWord = 'settled\n';
const markPattern = new RegExp(`^${words}: (-?\\d{1,20}) (-?\\d{1,20})\n([a-z\n]*)$`);
const waitingPattern = /^\.mailmend-lock-(-?\d{1,20})\.(-?\d{1,20})$/;
const longestMark = 200;
/** As the programs make it. */
const lockFileMode = 0o644;

/** Whether a cut has left a lock file of mailmend's. Reads only. */
export function hasOwnLockFile(fs: ReadableFileSystem, folder: string, path: string): boolean {
  return (
    fs.stat(folder)?.kind === 'folder' && (waitingIn(fs, folder).length > 0 || readMark(fs, path) !== null)
  );
}

/**
 * Makes the lock file where there is none; finishes what a cut has left of one. The folder has the times of before.
 * @returns the lock file where it is mailmend's; null where it is a program's. @throws the system's error.
 */
export function makeLockFile(fs: WritableFileSystem, folder: string, path: string): FileStat | null {
  // First: looking into the folder is noted in it.
  const now = timesOf(fs, folder);
  const waiting = waitingIn(fs, folder);
  const there = fs.lstat(path) !== null;
  const mark = readMark(fs, path);
  const before = there && mark === null ? now : (waiting[0]?.times ?? timesIn(mark) ?? now);
  let own = mark !== null;
  try {
    for (const { name } of waiting) fs.unlink(besides(path, name));
    if (!there) own = make(fs, folder, path, before);
  } finally {
    if (timesOf(fs, folder).mtimeNs !== before.mtimeNs) fs.setTimes(folder, before);
  }
  if (!own) return null;
  if (mark?.settled !== true) settle(fs, folder, path);
  return fs.lstat(path);
}

/**
 * Takes it away while the lock is still held, unless somebody has put another there. The folder keeps its times. What
 * cannot be taken away stays, without meaning to any program.
 */
export function takeLockFileAway(fs: WritableFileSystem, folder: string, path: string, made: FileStat): void {
  try {
    const now = fs.lstat(path);
    // A program that has tried to open the profile meanwhile has emptied it.
    const same = now?.inode === made.inode && now.device === made.device && [0, made.size].includes(now.size);
    if (!same) return;
    const times = timesOf(fs, folder);
    fs.unlink(path);
    fs.setTimes(folder, times);
  } catch {
    // The lock itself must be given back in any case.
  }
}

/** Null for a file that is not mailmend's. */
function readMark(fs: ReadableFileSystem, path: string): Mark | null {
  const stat = fs.lstat(path);
  if (stat?.kind !== 'file' || stat.size === 0 || stat.size > longestMark) return null;
  // A cut can have torn the last word, and it is then added once more.
  const [, mtimeNs, atimeNs, settled = ''] =
    markPattern.exec(new TextDecoder().decode(fs.readFile(path))) ?? [];
  if (mtimeNs === undefined || atimeNs === undefined) return null;
  return {
    times: { mtimeNs: BigInt(mtimeNs), atimeNs: BigInt(atimeNs) },
    settled: settled.endsWith(settledWord),
  };
}

/** Those that the folder has not got back yet. */
function timesIn(mark: Mark | null): FolderTimes | null {
  return mark === null || mark.settled ? null : mark.times;
}

function waitingIn(fs: ReadableFileSystem, folder: string): { name: string; times: FolderTimes }[] {
  return fs.readFolder(folder).flatMap(({ name, kind }) => {
    const [, mtimeNs, atimeNs] = kind === 'file' ? (waitingPattern.exec(name) ?? []) : [];
    if (mtimeNs === undefined || atimeNs === undefined) return [];
    return [{ name, times: { mtimeNs: BigInt(mtimeNs), atimeNs: BigInt(atimeNs) } }];
  });
}

/** @returns false where a program was faster. */
function make(fs: WritableFileSystem, folder: string, path: string, times: FolderTimes): boolean {
  const waiting = besides(path, `.mailmend-lock-${times.mtimeNs}.${times.atimeNs}`);
  const mark = `${words}: ${times.mtimeNs} ${times.atimeNs}\n`;
  try {
    write(fs, folder, waiting, mark);
    return unlessThere(() => fs.link(waiting, path));
  } catch (error) {
    if (!cannotLink.has(String(codeOf(error)))) throw error;
    return unlessThere(() => write(fs, folder, path, mark));
  } finally {
    if (fs.lstat(waiting) !== null) fs.unlink(waiting);
  }
}

function unlessThere(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function write(fs: WritableFileSystem, folder: string, path: string, text: string): void {
  const handle = fs.createFile(path, lockFileMode);
  try {
    writeAll(fs, handle, new TextEncoder().encode(text), path);
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
  // Left behind by a cut, a lock file of root's would keep its owner's program out.
  giveToOwnerOf(fs, path, folder);
}

function settle(fs: WritableFileSystem, folder: string, path: string): void {
  fs.syncFolder(folder);
  const handle = fs.openToAppend(path);
  try {
    writeAll(fs, handle, new TextEncoder().encode(settledWord), path);
  } finally {
    fs.close(handle);
  }
}

/** A name in the folder of the lock file. */
function besides(path: string, name: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) + name;
}

function timesOf(fs: ReadableFileSystem, folder: string): FolderTimes {
  const { atimeNs, mtimeNs } = present(fs, folder);
  return { atimeNs, mtimeNs };
}
