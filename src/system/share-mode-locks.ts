/**
 * File locks on Windows: a program locks `parent.lock` by opening it so that nobody else may open it (share mode 0,
 * formats.md 1.4). Asked by opening for writing, which changes no time; taken by opening the same way.
 * Windows does not say by whom.
 */

import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { type FileLocks, heldByThisProcess, ownLock } from './file-locks.ts';

/** libuv's UV_FS_O_EXLOCK on Windows (uv/win.h): open with share mode 0. Node passes it on but does not name it. */
const exclusive = 0x10000000;

/** `open` as fs.openSync. */
export function shareModeLocks(open: (path: string, flags: number) => number = openSync): FileLocks {
  return {
    holder(path) {
      if (heldByThisProcess(path)) return { pid: process.pid };
      const handle = unlessShared(() => open(path, constants.O_RDWR));
      if (handle === null) return { pid: null };
      closeSync(handle);
      return null;
    },

    take(path) {
      const handle = unlessShared(() => open(path, constants.O_RDWR | exclusive));
      if (handle === null) return null;
      return ownLock(fstatSync(handle, { bigint: true }), () => closeSync(handle));
    },
  };
}

/** ERROR_SHARING_VIOLATION reaches Node as EBUSY; a missing permission (EPERM, EACCES) is another matter. */
function unlessShared(open: () => number): number | null {
  try {
    return open();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EBUSY') return null;
    throw error;
  }
}
