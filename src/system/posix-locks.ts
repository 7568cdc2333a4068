/**
 * File locks by fcntl, the kind that the programs of the family take on `.parentlock` (formats.md 1.4).
 *
 * Linux: open-file locks (F_OFD_…). They exclude the programs' own locks, and live as long as the handle.
 * macOS: classic locks (F_SETLK). The system drops them as soon as this process closes *any* handle of the file,
 * whoever opened it. So `holder` and `take` open nothing that this process holds; nothing else in mailmend may open
 * the lock file while it is held (it is empty, and never copied: formats.md 1.4). A worker thread does not know what
 * the main thread holds.
 */

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { type FileLocks, type HeldLock, heldByThisProcess, isStillAt, ownLock } from './file-locks.ts';
import { type FlockLayout, packFlock, unpackHolder } from './native-layout.ts';

/** fcntl with a pointer; fills `argument`. `path` is for the message. @throws with `code` when it answers -1. */
export type Fcntl = (handle: number, command: number, argument: Uint8Array, path: string) => void;

// A lock file that is a link or a pipe is not the program's: do not follow, do not hang.
const careful = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** How often a lock file that is swapped while it is being locked is tried again. */
const attempts = 5;

export function posixLocks(fcntl: Fcntl, layout: FlockLayout): FileLocks {
  return {
    holder(path) {
      if (heldByThisProcess(path)) return { pid: process.pid };
      const handle = openSync(path, constants.O_RDONLY | careful);
      try {
        const question = packFlock(layout, layout.write);
        fcntl(handle, layout.getLock, question, path);
        return unpackHolder(layout, question);
      } finally {
        closeSync(handle);
      }
    },

    take(path) {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        if (heldByThisProcess(path)) return null;
        const taken = lock(path);
        if (taken !== 'swapped') return taken;
      }
      throw Object.assign(new Error(`ESTALE: the lock file keeps being replaced, '${path}'`), {
        code: 'ESTALE',
      });
    },
  };

  function lock(path: string): HeldLock | null | 'swapped' {
    const handle = openSync(path, constants.O_RDWR | careful);
    let keep = false;
    try {
      fcntl(handle, layout.setLock, packFlock(layout, layout.write), path);
      const stat = fstatSync(handle, { bigint: true });
      if (!isStillAt(path, stat)) return 'swapped';
      keep = true;
      return ownLock(stat, () => closeSync(handle));
    } catch (error) {
      if (isTaken(error)) return null;
      throw error;
    } finally {
      if (!keep) closeSync(handle);
    }
  }
}

/** POSIX lets a system answer either. */
function isTaken(error: unknown): boolean {
  const { code, syscall } = error as NodeJS.ErrnoException;
  return syscall === 'fcntl' && (code === 'EAGAIN' || code === 'EACCES');
}
