/**
 * What is to be copied: every file, folder and link of the sources, without opening one.
 * Belongs here: listing, and what no backup takes along. Links are never followed.
 */

import path from 'node:path';
import { breathe } from '../breathe.ts';
import type { FileStat, ReadableFileSystem } from '../file-system.ts';
import { causeInWords, codeOf } from '../system-error.ts';

/** A folder, or one file, that belongs into the backup. */
export interface Source {
  /** Absolute, links resolved. */
  from: string;
  /** Within the backup: `profile`, `outside/1`. */
  into: string;
  /** Half a sentence. */
  why: string;
  /** Names directly in it that are not copied, each with the reason. */
  without?: Readonly<Record<string, string>>;
}

export interface Item {
  /** Absolute. */
  from: string;
  /** Within the backup, with forward slashes. */
  path: string;
  stat: FileStat;
}

export interface LeftOut {
  what: string;
  reason: string;
}

export interface Listing {
  /** Folders before what is in them. */
  items: Item[];
  /** What the backup would lack. */
  leftOut: LeftOut[];
  /** What no backup needs. */
  notCopied: LeftOut[];
}

export const bytesOf = ({ items }: Pick<Listing, 'items'>): number =>
  items.reduce((sum, { stat }) => sum + (stat.kind === 'file' ? stat.size : 0), 0);

/** Differs when the content may have changed. */
export const signature = ({ kind, size, mtimeNs, ctimeNs, device, inode }: FileStat): string =>
  [kind, size, mtimeNs, ctimeNs, device, inode].join(' ');

/** @throws MailmendError INTERRUPTED. What cannot be looked at is in `leftOut`. */
export async function listSources(
  fs: ReadableFileSystem,
  sources: readonly Source[],
  signal?: AbortSignal,
): Promise<Listing> {
  const listing: Listing = { items: [], leftOut: [], notCopied: [] };
  for (const { from, into, without = {} } of sources) await add(fs, from, into, without, listing, signal);
  return listing;
}

async function add(
  fs: ReadableFileSystem,
  from: string,
  inBackup: string,
  without: Readonly<Record<string, string>>,
  listing: Listing,
  signal: AbortSignal | undefined,
): Promise<void> {
  const stat = look(fs, from, listing);
  if (stat === null) return;
  if (stat.kind === 'other') {
    listing.notCopied.push({ what: from, reason: 'a pipe, a socket or a device: it holds nothing' });
    return;
  }
  listing.items.push({ from, path: inBackup, stat });
  if (stat.kind !== 'folder') return;
  await breathe(signal);
  for (const name of namesIn(fs, from, listing)) {
    const at = path.join(from, name);
    const reason = Object.hasOwn(without, name) ? without[name] : neverCopied(name);
    if (reason !== undefined) listing.notCopied.push({ what: at, reason });
    else if (isStub(name)) listing.leftOut.push({ what: at, reason: onlyInTheCloud });
    else await add(fs, at, `${inBackup}/${name}`, {}, listing, signal);
  }
}

function look(fs: ReadableFileSystem, from: string, listing: Listing): FileStat | null {
  try {
    const stat = fs.lstat(from);
    if (stat === null) listing.leftOut.push({ what: from, reason: whyAbsent(from) });
    return stat;
  } catch (error) {
    listing.leftOut.push({ what: from, reason: whyUnread(error) });
    return null;
  }
}

function namesIn(fs: ReadableFileSystem, folder: string, listing: Listing): string[] {
  try {
    return fs.readFolder(folder).map(({ name }) => name);
  } catch (error) {
    listing.leftOut.push({ what: folder, reason: `${whyUnread(error)}; nothing in it was copied` });
    return [];
  }
}

const neverCopied = (name: string): string | undefined =>
  name === '.mailmend' ? 'what mailmend keeps to take its changes back' : undefined;

/** What iCloud leaves in place of a file that it has taken away from the disk. Opening it would fetch it. */
const isStub = (name: string): boolean => /^\..+\.icloud$/.test(name);

const onlyInTheCloud = 'it is not on this computer, only in iCloud; fetch it first';

/** Bytes that are no UTF-8 reach us as U+FFFD, and there is no way back to them. */
const whyAbsent = (from: string): string =>
  from.includes('\ufffd')
    ? 'its name is not in UTF-8, so mailmend cannot open it; rename it, then make the backup again'
    : 'it was not there any more';

const cannotRead: Record<string, string> = {
  EACCES: 'mailmend has no permission to read it',
  EPERM: 'the system does not permit to read it',
  EIO: 'the disk reported an error while reading it',
  ENOENT: 'it was not there any more',
};

export const whyUnread = (error: unknown): string => cannotRead[String(codeOf(error))] ?? causeInWords(error);
