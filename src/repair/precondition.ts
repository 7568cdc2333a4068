/**
 * What a plan rests on, looked up and compared: a plan is refused when the disk says otherwise, and the refusal names
 * exactly what changed.
 * Belongs here: taking and comparing states of single paths.
 */

import type { FileStat, ReadableFileSystem } from './file-system.ts';
import { sha256OfFile } from './hash.ts';
import { folderListing } from './listing.ts';
import type { Precondition } from './operation.ts';

/**
 * @param whole a folder is moved as a whole, so that everything in it counts.
 * @returns null for what no operation can rest on: pipes, sockets, devices.
 */
export function statePrecondition(fs: ReadableFileSystem, path: string, whole: boolean): Precondition | null {
  const stat = fs.lstat(path);
  switch (stat?.kind) {
    case undefined:
      return { path, state: 'absent' };
    case 'folder':
      return { path, state: 'folder', ...(whole ? { listing: folderListing(fs, path) } : {}) };
    case 'link':
      return { path, state: 'link', target: fs.readLink(path) };
    case 'file':
      return { path, state: 'file', ...sizeAndTime(stat), sha256: sha256OfFile(fs, path) };
    case 'other':
      return null;
  }
}

/** @returns what changed, as the end of a sentence that begins with the path; null when nothing did. */
export function whatChanged(fs: ReadableFileSystem, expected: Precondition): string | null {
  const { path } = expected;
  const stat = fs.lstat(path);
  if (expected.state === 'absent') return stat === null ? null : 'is there now';
  if (stat === null) return 'is gone';
  if (stat.kind !== expected.state) return `is not a ${expected.state} any more`;
  switch (expected.state) {
    case 'folder':
      if (expected.listing === undefined || expected.listing === folderListing(fs, path)) return null;
      return 'does not hold the same files any more';
    case 'link':
      return expected.target === fs.readLink(path) ? null : 'leads elsewhere now';
    case 'file': {
      const now = sizeAndTime(stat);
      const same = now.size === expected.size && now.mtimeNs === expected.mtimeNs;
      return same && sha256OfFile(fs, path) === expected.sha256 ? null : 'was written since';
    }
  }
}

function sizeAndTime(stat: FileStat): { size: number; mtimeNs: string } {
  return { size: stat.size, mtimeNs: String(stat.mtimeNs) };
}
