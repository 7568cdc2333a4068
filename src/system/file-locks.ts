/**
 * The locks that the operating system keeps on files, as a port: posix-locks.ts speaks fcntl, share-mode-locks.ts
 * speaks Windows. What such a lock says about a profile is profile-lock.ts.
 * Also kept here: which files this process has locked itself, because on some systems merely opening and closing
 * such a file again would drop the lock.
 */

import { type BigIntStats, lstatSync } from 'node:fs';

export interface HeldLock {
  /** Once is enough, twice does no harm. */
  release(): void;
}

/** All paths name an existing plain file; the last link is not followed. @throws the system's error, with `code`. */
export interface FileLocks {
  /** Who has the file locked; null when nobody has. `pid` null when the system does not tell. Changes nothing. */
  holder(path: string): { pid: number | null } | null;
  /** Locks the whole file for writing, without waiting; null when somebody has it already. */
  take(path: string): HeldLock | null;
}

/** The files that this process has locked, by device and inode, which a rename does not change. */
const ownLocks = new Set<string>();

const identityOf = (stat: BigIntStats): string => `${stat.dev}:${stat.ino}`;

/** Asks by lstat, which opens nothing. */
export const heldByThisProcess = (path: string): boolean =>
  ownLocks.has(identityOf(lstatSync(path, { bigint: true })));

/** Remembers a lock until it is released; `end` is run once. */
export function ownLock(stat: BigIntStats, end: () => void): HeldLock {
  const identity = identityOf(stat);
  ownLocks.add(identity);
  return {
    release() {
      if (ownLocks.delete(identity)) end();
    },
  };
}

/** Whether the open file is still the one that the path names. */
export function isStillAt(path: string, opened: BigIntStats): boolean {
  const there = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return there !== undefined && identityOf(there) === identityOf(opened);
}
