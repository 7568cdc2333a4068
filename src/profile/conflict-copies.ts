/**
 * Second versions of profile files that a sync program has made: directly in the profile, and in the folders of mail,
 * where such a file shows up as a folder (formats.md 5.2, 10.5 M11).
 */

import path from 'node:path';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { conflictName } from './conflict-names.ts';
import { findFile, listFolder } from './file-bytes.ts';
import type { ServerMail } from './profile.ts';
import type { IncomingServer } from './servers.ts';
import { isServiceName, isStoreName } from './store-names.ts';

export interface ConflictCopy {
  /** Absolute. */
  file: string;
  /** Absolute path of the file that the program uses. */
  original: string;
  maker: string;
  bytes: number;
  mtimeNs: bigint;
  /** Null: there is no such file now. */
  instead: { bytes: number; mtimeNs: bigint } | null;
  /** The server in whose folder it lies; null: directly in the profile. */
  serverKey: string | null;
}

/** Folders and files that the program makes itself: an owner has no reason to name another one after them. */
const ownFolders = /^(?:inbox|sent|drafts|trash|templates|archives|junk|unsent messages)$/i;

const maxDepth = 16;

/** Never throws. */
export function readConflictCopies(
  fs: ReadableFileSystem,
  profile: string,
  servers: readonly IncomingServer[],
  serverMail: ReadonlyMap<string, ServerMail>,
): ConflictCopy[] {
  const seen = new Set<string>();
  const inMail = servers.flatMap((server) => {
    const at = serverMail.get(server.key)?.directory;
    if (at === undefined || !at.isFolder || seen.has(at.path)) return [];
    seen.add(at.path);
    return inMailFolder(fs, at.path, server, 0);
  });
  return [...inFolder(fs, profile, null, isOfProfile), ...inMail];
}

/** What counts as a second version, by name, original name and the other names in the folder. */
type Judge = (
  name: string,
  found: NonNullable<ReturnType<typeof conflictName>>,
  names: ReadonlySet<string>,
) => boolean;

const isOfProfile: Judge = (_, { original, isCertain }, names) => isCertain || names.has(original);

const isFolderOfMail =
  (isImap: boolean): Judge =>
  (name, { original, isCertain, isTyped }, names) => {
    // IMAP folders are known by their indexes; elsewhere an index without a store is passed over.
    const isShown = isStoreName(name) || (isImap && name.endsWith('.msf') && !names.has(name.slice(0, -4)));
    const stem = original.replace(/\.msf$/, '');
    const isOwn = isTyped && names.has(original) && (ownFolders.test(stem) || isServiceName(stem));
    return isShown && (isCertain || isOwn);
  };

function inMailFolder(
  fs: ReadableFileSystem,
  folder: string,
  server: IncomingServer,
  depth: number,
): ConflictCopy[] {
  if (depth > maxDepth) return [];
  const below = listFolder(fs, folder)
    .filter(({ kind, name }) => kind === 'folder' && name.endsWith('.sbd'))
    .flatMap(({ name }) => inMailFolder(fs, path.join(folder, name), server, depth + 1));
  return [...inFolder(fs, folder, server.key, isFolderOfMail(server.type === 'imap')), ...below];
}

function inFolder(
  fs: ReadableFileSystem,
  folder: string,
  serverKey: string | null,
  counts: Judge,
): ConflictCopy[] {
  const entries = listFolder(fs, folder);
  const names = new Set(entries.map(({ name }) => name));
  return entries.flatMap(({ name, kind }) => {
    const found = kind === 'file' ? conflictName(name) : null;
    if (found === null || !counts(name, found, names)) return [];
    const file = path.join(folder, name);
    const own = statOf(fs, file);
    const original = path.join(folder, found.original);
    const instead = statOf(fs, original);
    return own === null ? [] : [{ file, original, maker: found.maker, ...own, instead, serverKey }];
  });
}

function statOf(fs: ReadableFileSystem, file: string): { bytes: number; mtimeNs: bigint } | null {
  const found = findFile(fs, file);
  return found.state === 'found' ? sizeAndTime(found.stat) : null;
}

const sizeAndTime = ({ size, mtimeNs }: FileStat): { bytes: number; mtimeNs: bigint } => ({
  bytes: size,
  mtimeNs,
});
