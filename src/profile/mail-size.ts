/**
 * How much mail a profile holds, by the sizes of its files alone: nothing is opened.
 */

import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import { listFolder } from './profile-folder.ts';

const mailFolders = ['Mail', 'ImapMail', 'News'];

/** Folders of mail are nested a few levels deep; the bound is for crafted trees. */
const maxDepth = 64;

/**
 * Bytes of all files below Mail, ImapMail and News, indexes included. Links are not followed, and what cannot be looked
 * at counts nothing. Mail that the settings keep outside the profile is not in it.
 */
export function mailBytes(fs: ReadableFileSystem, profilePath: string): number {
  const { join } = rulesOf(profilePath);
  const open = mailFolders.map((name) => ({ path: join(profilePath, name), depth: 1 }));
  let bytes = 0;
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { path, depth } = item;
    const stat = ownStat(fs, path);
    if (stat?.kind === 'file') bytes += stat.size;
    if (stat?.kind !== 'folder' || depth > maxDepth) continue;
    for (const { name } of listFolder(fs, path) ?? [])
      open.push({ path: join(path, name), depth: depth + 1 });
  }
  return bytes;
}

function ownStat(fs: ReadableFileSystem, path: string): FileStat | null {
  try {
    return fs.lstat(path);
  } catch {
    return null;
  }
}
