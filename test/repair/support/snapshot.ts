/**
 * Everything about a tree that undo must bring back, as data that compares well: bytes, modes, owners, times, links.
 * mailmend's own folder is left out.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../../../src/repair/file-system.ts';

/** Path -> one line. */
export type Snapshot = Record<string, string>;

export function snapshot(fs: ReadableFileSystem, root: string): Snapshot {
  const found: Snapshot = {};
  add(fs, root, found);
  return found;
}

/** Without times and links: what the tree holds. */
export function contents(fs: ReadableFileSystem, root: string): Snapshot {
  const whole = snapshot(fs, root);
  return Object.fromEntries(
    Object.entries(whole).map(([item, line]) => [item, line.replace(/ mtime .*/, '')]),
  );
}

/** Without the folder of runs while it is being made: it is empty, and the next run finishes it. */
export function tidy(found: Snapshot): Snapshot {
  return Object.fromEntries(Object.entries(found).filter(([item]) => !item.includes('/.mailmend-')));
}

function add(fs: ReadableFileSystem, item: string, found: Snapshot): void {
  const stat = fs.lstat(item);
  if (stat === null) return;
  const { kind, mode, uid, gid, mtimeNs, links } = stat;
  const held =
    kind === 'file'
      ? Buffer.from(fs.readFile(item)).toString('base64')
      : kind === 'link'
        ? fs.readLink(item)
        : '';
  const names = kind === 'file' ? ` links ${links}` : '';
  found[item] = `${kind} ${mode.toString(8)} ${uid}:${gid} ${held} mtime ${mtimeNs}${names}`;
  if (kind !== 'folder') return;
  for (const { name } of fs.readFolder(item)) if (name !== '.mailmend') add(fs, path.join(item, name), found);
}
