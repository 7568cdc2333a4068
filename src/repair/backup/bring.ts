/**
 * The items of a listing into the backup, one after the other: what is there already and still the same is kept, what
 * cannot be copied is noted, and the rest goes on.
 * Belongs here: what is in the way, and what is done for each kind. Copying itself is copy.ts.
 */

import { breathe } from '../breathe.ts';
import type { FileStat } from '../file-system.ts';
import { CannotCopy, compare, statOfOriginal } from './compare.ts';
import { copyFile, copyLink, giveMetadata, makeFolder, type Place, targetOf, type Workshop } from './copy.ts';
import { onDisk } from './layout.ts';
import { type Item, signature } from './source.ts';
import { composed } from './target.ts';

/** What became of one item. `stat` is that of the original when it was copied. */
export type Brought = { from: string; path: string; stat: FileStat } & (
  | { kind: 'file'; sha256: string }
  | { kind: 'folder' }
  | { kind: 'link'; target: string; onlyNoted: boolean }
);

export interface Work extends Workshop {
  /** By path within the backup. */
  brought: Map<string, Brought>;
  /** Why not, by path within the backup. */
  failed: Map<string, { from: string; reason: string }>;
  /** What an unfinished attempt left: see copiedEarlier. What has its place in this backup is taken out. */
  earlier: Map<string, string>;
  /** Folders of the profile in which nothing more is opened, with the name that vanished. */
  closed: Map<string, string>;
  /** Bytes of files that an unfinished attempt had copied, and that were found to be the same. */
  keptBytes: number;
  /** Bytes of work: each file is written once and compared once. */
  done: number;
}

/** @throws the system's error for the backup; MailmendError INTERRUPTED. */
export async function bringAll(work: Work, items: readonly Item[]): Promise<void> {
  let lost: string | null = null;
  for (const item of items) {
    await breathe(work.signal);
    if (lost !== null && item.path.startsWith(lost)) continue;
    const known = work.brought.get(item.path);
    if (known !== undefined && signature(known.stat) === signature(item.stat)) continue;
    const { done } = work;
    try {
      refuseClosed(work, item);
      work.brought.set(item.path, await bring(work, item));
      work.failed.delete(item.path);
      work.earlier.delete(composed(item.path));
    } catch (error) {
      if (!(error instanceof CannotCopy)) throw error;
      work.failed.set(item.path, { from: item.from, reason: error.message });
      if (item.stat.kind === 'folder') lost = `${item.path}/`;
      if (error.vanished && item.stat.kind === 'file') work.closed.set(folderOf(item.path), item.path);
    }
    // Also after a file that was read three times, or not at all.
    work.done = done + workFor(item.stat);
    work.advance(0);
  }
}

export const workFor = ({ kind, size }: FileStat): number => (kind === 'file' ? 2 * size : 0);

/** Opening files is what lets a security program take them (design.md 6.1). */
function refuseClosed(work: Work, { path, stat }: Item): void {
  const vanished = work.closed.get(folderOf(path));
  if (vanished === undefined || vanished === path || stat.kind !== 'file') return;
  const name = vanished.slice(vanished.lastIndexOf('/') + 1);
  throw new CannotCopy(
    `it was not opened, because "${name}" beside it vanished when it was opened: a security program may be taking files away`,
  );
}

const folderOf = (inBackup: string): string => inBackup.slice(0, inBackup.lastIndexOf('/'));

async function bring(work: Work, item: Item): Promise<Brought> {
  const { from, path, stat } = item;
  const to = onDisk(work.folder, path);
  const there = inTheWay(work, path, to);
  const place: Place = { to, occupied: there !== null };
  switch (stat.kind) {
    case 'folder':
      if (there?.kind === 'folder') work.fs.setMode(to, 0o700);
      else makeFolder(work, place);
      return { from, path, stat, kind: 'folder' };
    case 'link': {
      const target = targetOf(work, from);
      if (there?.kind === 'link' && work.fs.readLink(to) === target)
        return { from, path, stat, kind: 'link', target, onlyNoted: false };
      return { from, path, kind: 'link', ...copyLink(work, item, place) };
    }
    default: {
      const same = there?.kind === 'file' && there.size === stat.size ? await keep(work, item, to) : null;
      if (same !== null) return { from, path, stat, kind: 'file', sha256: same };
      return { from, path, kind: 'file', ...(await copyFile(work, item, place)) };
    }
  }
}

/** The copy of an unfinished attempt, when it is that of today's original. */
async function keep(work: Work, { from, stat }: Item, to: string): Promise<string | null> {
  work.tools.forgetCached(to);
  const sha256 = await compare(work, from, to, stat.size);
  if (sha256 === null || signature(statOfOriginal(work.fs, from)) !== signature(stat)) return null;
  giveMetadata(work, to, from, stat);
  work.keptBytes += stat.size;
  return sha256;
}

/**
 * What has the name already, and is ours to move: from an unfinished attempt, or from a moment ago.
 * @throws CannotCopy when it is the copy of another file: a disk that does not tell "Inbox" from "inbox".
 */
function inTheWay(work: Work, path: string, to: string): FileStat | null {
  const there = work.fs.lstat(to);
  const ours = work.earlier.has(composed(path)) || work.brought.has(path);
  if (there === null || ours) return there;
  throw new CannotCopy('the disk of the backup does not tell its name from that of another file');
}
