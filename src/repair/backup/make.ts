/**
 * Makes a backup: opens the folder, copies, looks at the originals once more and copies again what has changed, finishes.
 * The originals are only read. Until the manifest is there the backup is an unfinished one, which a second call goes on
 * with.
 */

import path from 'node:path';
import { type ManifestHead, manifestFormat } from '../../formats/backup/manifest.ts';
import type { WritableFileSystem } from '../file-system.ts';
import { makePrivateFolder } from '../run-folder.ts';
import { bringAll, type Work, workFor } from './bring.ts';
import { type CopyTools, keeping, makeFolder } from './copy.ts';
import { finish, writeDocument } from './finish.ts';
import { names, onDisk } from './layout.ts';
import { type Item, type LeftOut, type Listing, listSources, type Source, signature } from './source.ts';
import { copiedEarlier, markText, type ProfileIdentity, type TargetState } from './target.ts';

export interface BackupRequest {
  /** Absolute; its parent is there. */
  folder: string;
  state: Extract<TargetState['kind'], 'absent' | 'empty' | 'unfinished'>;
  identity: ProfileIdentity;
  sources: Source[];
  /** Of the sources, a moment ago. */
  listing: Listing;
  /** What else the backup lacks, and does not need. */
  leftOut: LeftOut[];
  head: Pick<ManifestHead, 'by' | 'profile'>;
}

export interface Progress {
  /** Bytes; each file is written and read again, so it counts twice. */
  done: number;
  total: number;
}

export interface BackupOptions {
  now(): Date;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Before the manifest is written. Throws what forbids to finish, such as a program that was started. */
  beforeFinish?: () => void;
}

export interface Backup {
  head: ManifestHead;
  files: number;
  folders: number;
  links: number;
  bytes: number;
  /** Of an unfinished attempt, found to be the same. */
  keptBytes: number;
  /** The folder to which something of an unfinished attempt was moved out of the way. */
  setAside: string | null;
}

/** How often the originals are looked at again. */
const rounds = 3;

/** @throws the system's error for the backup; MailmendError INTERRUPTED. */
export async function makeBackup(
  fs: WritableFileSystem,
  tools: CopyTools,
  request: BackupRequest,
  options: BackupOptions,
): Promise<Backup> {
  const work = begin(fs, tools, request, options);
  let { listing } = request;
  for (let round = 0; round < rounds; round++) {
    await bringAll(work, listing.items);
    listing = await listSources(fs, request.sources, options.signal);
    if (listing.items.every((item) => isSettled(work, item))) break;
  }
  options.beforeFinish?.();
  const { head, entries } = finish(work, {
    ...request.head,
    format: manifestFormat,
    made: options.now().toISOString(),
    sources: request.sources.map(({ into, from, why }) => ({ into, from, why })),
    leftOut: [...request.leftOut, ...listing.leftOut, ...lacking(work, listing)],
    notCopied: listing.notCopied,
    notKept: [],
  });
  const files = entries.filter((entry) => entry.kind === 'file');
  const setAside = path.join(request.folder, names.setAside);
  return {
    head,
    files: files.length,
    folders: entries.filter(({ kind }) => kind === 'folder').length,
    links: entries.filter(({ kind }) => kind === 'link').length,
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    keptBytes: work.keptBytes,
    setAside: fs.lstat(setAside) === null ? null : setAside,
  };
}

/** Copied as it is now, or known not to be copyable. */
function isSettled(work: Work, { path: inBackup, stat }: Item): boolean {
  const copied = work.brought.get(inBackup);
  return copied === undefined ? hasFailed(work, inBackup) : signature(copied.stat) === signature(stat);
}

/** It, or a folder above it. */
function hasFailed({ failed }: Work, inBackup: string): boolean {
  const parts = inBackup.split('/');
  return parts.some((_, end) => failed.has(parts.slice(0, end + 1).join('/')));
}

function begin(
  fs: WritableFileSystem,
  tools: CopyTools,
  { folder, state, identity, sources, listing }: BackupRequest,
  { signal, onProgress }: BackupOptions,
): Work {
  const work: Work = {
    fs,
    tools,
    folder,
    signal,
    notKept: new Set(),
    brought: new Map(),
    failed: new Map(),
    closed: new Map(),
    earlier: state === 'unfinished' ? copiedEarlier(fs, folder) : new Map(),
    keptBytes: 0,
    done: 0,
    advance(bytes) {
      work.done += bytes;
      onProgress?.({ done: Math.min(work.done, total), total });
    },
  };
  const total = listing.items.reduce((sum, { stat }) => sum + workFor(stat), 0);
  if (state === 'absent') makePrivateFolder(fs, folder);
  else keeping(work, 'permissions', () => fs.setMode(folder, 0o700));
  if (state !== 'unfinished') writeDocument(fs, folder, names.unfinished, [markText(identity)]);
  for (const container of new Set(sources.map(({ into }) => path.posix.dirname(into)))) {
    if (container === '.') continue;
    const at = onDisk(folder, container);
    if (!work.earlier.delete(container)) makeFolder(work, { to: at, occupied: false });
  }
  return work;
}

/** What the originals have and the backup has not, or not as it is now. */
function lacking({ brought, failed }: Work, { items }: Listing): LeftOut[] {
  const now = new Map(items.map((item) => [item.path, item]));
  const found = [...failed.values()].map(({ from, reason }) => ({ what: from, reason }));
  for (const { from, path: inBackup, stat, kind } of brought.values()) {
    const item = now.get(inBackup);
    if (item === undefined) found.push({ what: from, reason: wentAway });
    else if (kind !== 'folder' && signature(item.stat) !== signature(stat))
      found.push({ what: from, reason: changedAgain });
  }
  return found;
}

const wentAway = 'it went away while the backup was made; its copy is in the backup';
const changedAgain = 'it changed again after it was copied; the copy is that of the moment before';
