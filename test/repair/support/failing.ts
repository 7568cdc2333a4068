/**
 * A file system that fails: at single operations or from one on, when it writes or when it reads, or by writing less
 * than it was given. What it fails with is an error as the system makes it.
 */

import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import { systemError } from '../../../src/repair/system-error.ts';

const changing = [
  'createFile',
  'openToAppend',
  'write',
  'sync',
  'close',
  'syncFolder',
  'rename',
  'link',
  'unlink',
  'makeFolder',
  'removeFolder',
  'setMode',
  'setOwner',
  'setTimes',
  'setExtendedAttribute',
] as const;

/** realPath never fails: it says null. */
const reading = ['lstat', 'stat', 'readFile', 'readFolder', 'readLink', 'extendedAttributes'] as const;

/** What needs room on a disk. */
export const needRoom: ReadonlySet<string> = new Set([
  'createFile',
  'write',
  'sync',
  'makeFolder',
  'link',
  'setExtendedAttribute',
]);

export interface FailingFileSystem {
  fs: WritableFileSystem;
  /** What was called, the failed ones too. */
  calls: string[];
}

/** @param fault before the call of that number (from 0) happens: the code that it fails with, or null. */
function failing(
  fs: WritableFileSystem,
  names: readonly (keyof WritableFileSystem)[],
  fault: (call: number, name: string) => string | null,
): FailingFileSystem {
  const calls: string[] = [];
  const wrapped: Record<string, unknown> = { ...fs };
  for (const name of names) {
    const real = fs[name] as (...given: unknown[]) => unknown;
    wrapped[name] = (...given: unknown[]) => {
      calls.push(`${name} ${given.filter((value) => typeof value !== 'object').join(' ')}`);
      const code = fault(calls.length - 1, name);
      if (code === null) return real(...given);
      // A handle is gone even when closing it fails.
      if (name === 'close') real(...given);
      throw systemError(code, '/somewhere');
    };
  }
  return { fs: wrapped as unknown as WritableFileSystem, calls };
}

export const failWriting = (
  fs: WritableFileSystem,
  fault: (call: number, name: string) => string | null,
): FailingFileSystem => failing(fs, changing, fault);

export const failReading = (
  fs: WritableFileSystem,
  fault: (call: number, name: string) => string | null,
): FailingFileSystem => failing(fs, reading, fault);

/** @param most bytes that a write takes; 0 from a disk that is full and does not say so. */
export function writeLess(fs: WritableFileSystem, most: number, from = 0): WritableFileSystem {
  let writes = 0;
  return {
    ...fs,
    write: (handle, bytes) => {
      if (writes++ < from) return fs.write(handle, bytes);
      return most === 0 ? 0 : fs.write(handle, bytes.subarray(0, most));
    },
  };
}
