/**
 * A whole file of a profile as bytes, with its size and time and a bound, or why it could not be had. Links are followed,
 * as the programs do; a pipe, device or folder behind a name is not opened (design.md 6.11).
 */

import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { codeOf } from '../repair/system-error.ts';

export type FileBytes =
  | { state: 'read'; bytes: Uint8Array; size: number; mtimeNs: bigint }
  | { state: 'missing' }
  /** `size` and `mtimeNs` are null where even that is not known. */
  | { state: 'too-large' | 'unreadable'; why: string; size: number | null; mtimeNs: bigint | null };

/** @param maxBytes a larger file is not read. Never throws. */
export function readFileBytes(fs: ReadableFileSystem, file: string, maxBytes: number): FileBytes {
  const found = findFile(fs, file);
  if (found.state !== 'found') return found;
  const { size, mtimeNs } = found.stat;
  if (size > maxBytes) {
    return { state: 'too-large', why: `it has ${size} bytes, more than ${maxBytes}`, size, mtimeNs };
  }
  try {
    return { state: 'read', bytes: fs.readFile(found.path, { limit: maxBytes }), size, mtimeNs };
  } catch (error) {
    return { state: 'unreadable', why: inWords(error), size, mtimeNs };
  }
}

export type FoundFile =
  | { state: 'found'; path: string; stat: FileStat }
  | { state: 'missing' }
  | { state: 'unreadable'; why: string; size: null; mtimeNs: null };

/** The ordinary file behind a path, links resolved. Never throws. */
export function findFile(fs: ReadableFileSystem, file: string): FoundFile {
  const unreadable = (why: string): FoundFile => ({ state: 'unreadable', why, size: null, mtimeNs: null });
  try {
    const own = fs.lstat(file);
    if (own === null) return { state: 'missing' };
    const stat = own.kind === 'link' ? fs.stat(file) : own;
    const real = own.kind === 'link' ? fs.realPath(file) : file;
    if (stat === null || real === null) return { state: 'missing' };
    if (stat.kind !== 'file')
      return unreadable(stat.kind === 'folder' ? 'it is a folder' : 'it is no ordinary file');
    return { state: 'found', path: real, stat };
  } catch (error) {
    return unreadable(inWords(error));
  }
}

/** The names of the ordinary files and folders in a folder; empty when it cannot be listed. Never throws. */
export function listFolder(fs: ReadableFileSystem, folder: string): { name: string; kind: string }[] {
  try {
    return fs.readFolder(folder);
  } catch {
    return [];
  }
}

function inWords(error: unknown): string {
  return `it cannot be read (${codeOf(error) ?? 'unknown error'})`;
}
