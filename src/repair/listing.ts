/**
 * What a folder holds, as one hash: names, kinds, sizes and times of everything below it.
 * A folder that is moved as a whole rests on it: a leftover folder that was empty when the plan was made and holds mail
 * when it is applied must not be moved aside.
 */

import { createHash, type Hash } from 'node:crypto';
import path from 'node:path';
import type { ReadableFileSystem } from './file-system.ts';

/** @returns sha256 in hex. @throws the system's error. */
export function folderListing(fs: ReadableFileSystem, folder: string): string {
  const hash = createHash('sha256');
  addFolder(fs, folder, '', hash);
  return hash.digest('hex');
}

function addFolder(fs: ReadableFileSystem, folder: string, prefix: string, hash: Hash): void {
  for (const { name } of fs.readFolder(folder)) {
    const item = path.join(folder, name);
    const stat = fs.lstat(item);
    // The time of a folder says no more than the names in it.
    const facts = stat?.kind === 'folder' ? ['folder'] : [stat?.kind, stat?.size, stat?.mtimeNs];
    hash.update(`${[prefix + name, ...facts].join('\0')}\n`);
    if (stat?.kind === 'folder') addFolder(fs, item, `${prefix}${name}/`, hash);
  }
}
