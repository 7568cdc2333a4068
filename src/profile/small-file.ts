/**
 * A small file that may be missing, a link, a folder, locked away, or far larger than it has any right to be. Every one
 * of these is an answer, none an error.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { codeOf } from '../repair/system-error.ts';

export type SmallFile =
  | { state: 'missing' }
  /** `why` is half a sentence: "it is …". */
  | { state: 'unreadable'; why: string }
  | { state: 'present'; bytes: Uint8Array };

/** Links are followed, as the programs do: dotfile managers put profiles.ini behind one. `limit` is in bytes. */
export function readSmallFile(fs: ReadableFileSystem, path: string, limit: number): SmallFile {
  try {
    const own = fs.lstat(path);
    if (own === null) return { state: 'missing' };
    const stat = own.kind === 'link' ? fs.stat(path) : own;
    if (stat === null) return { state: 'unreadable', why: 'it is a link that leads nowhere' };
    if (stat.kind !== 'file') return { state: 'unreadable', why: 'it is not a file' };
    if (stat.size > limit) return { state: 'unreadable', why: `it is larger than ${limit} bytes` };
    const real = own.kind === 'link' ? fs.realPath(path) : path;
    if (real === null) return { state: 'unreadable', why: 'it is a link that leads nowhere' };
    return { state: 'present', bytes: fs.readFile(real, { limit }) };
  } catch (error) {
    return {
      state: 'unreadable',
      why: `the system does not let it be read (${codeOf(error) ?? 'unknown error'})`,
    };
  }
}
