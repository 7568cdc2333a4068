/**
 * Inboxes of local folders and POP accounts that are empty or gone although the program's own notes count messages in
 * them (formats.md 10.5 M5), and what lies beside them that may still hold the mail (5.4, postbox.md F2).
 * Where the index can be read, it decides: it is written with the store. Else folderCache.json, which is older.
 */

import path from 'node:path';
import { type CachedFolder, parseFolderCache } from '../formats/folder-cache.ts';
import { readMessageCount } from '../formats/msf-messages.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { findFile, listFolder, readFileBytes } from './file-bytes.ts';
import type { ServerMail } from './profile.ts';
import type { IncomingServer } from './servers.ts';

export interface EmptiedInbox {
  serverKey: string;
  /** Absolute path of the mbox file. */
  file: string;
  isGone: boolean;
  messages: number;
  /** Of the store when it was last known; null: not known. */
  bytes: number | null;
  /** The file that counts them, absolute. */
  countedBy: string;
  /** Files that may hold the mail, the largest first. */
  remains: { file: string; bytes: number }[];
}

const maxIndexBytes = 64 * 1024 * 1024;
const maxCacheBytes = 16 * 1024 * 1024;

/** Never throws. @param servers those that an account uses. */
export function readEmptiedInboxes(
  fs: ReadableFileSystem,
  profile: string,
  servers: readonly IncomingServer[],
  serverMail: ReadonlyMap<string, ServerMail>,
): EmptiedInbox[] {
  let cache: CachedFolder[] | null = null;
  const seen = new Set<string>();
  return servers.flatMap((server) => {
    const directory = serverMail.get(server.key)?.directory;
    const isLocal = (server.type === 'none' || server.type === 'pop3') && server.storage === 'mbox';
    if (!isLocal || directory === undefined || !directory.isFolder || seen.has(directory.path)) return [];
    seen.add(directory.path);
    const file = path.join(directory.path, 'Inbox');
    const store = findFile(fs, file);
    const isEmpty = store.state === 'found' && store.stat.size === 0;
    if (!isEmpty && store.state !== 'missing') return [];
    cache ??= readCache(fs, profile);
    const counted = countOf(fs, profile, file, cache);
    if (counted === null) return [];
    const remains = remainsOf(fs, directory.path);
    return [{ serverKey: server.key, file, isGone: store.state === 'missing', ...counted, remains }];
  });
}

function readCache(fs: ReadableFileSystem, profile: string): CachedFolder[] {
  const read = readFileBytes(fs, path.join(profile, 'folderCache.json'), maxCacheBytes);
  return read.state === 'read' ? parseFolderCache(read.bytes) : [];
}

function countOf(
  fs: ReadableFileSystem,
  profile: string,
  file: string,
  cache: readonly CachedFolder[],
): Pick<EmptiedInbox, 'messages' | 'bytes' | 'countedBy'> | null {
  const cached = cache.find(({ index }) => isIndexOf(index, file, profile));
  const read = readFileBytes(fs, `${file}.msf`, maxIndexBytes);
  const inIndex = read.state === 'read' ? readMessageCount(read.bytes) : null;
  const bytes = cached?.bytes || null;
  if (inIndex !== null) return inIndex === 0 ? null : { messages: inIndex, bytes, countedBy: `${file}.msf` };
  return cached?.messages
    ? { messages: cached.messages, bytes, countedBy: path.join(profile, 'folderCache.json') }
    : null;
}

/** The profile may have been elsewhere, or on another system: below it the places are the same. */
function isIndexOf(index: string, file: string, profile: string): boolean {
  const relative = path.relative(profile, file).replaceAll('\\', '/');
  return relative.startsWith('..') ? index === `${file}.msf` : index.endsWith(`/${relative}.msf`);
}

const ofInbox = /^(?:#PB#)?inbox(?![a-z])|^nstmp/i;

/** Also `.compact-temp`, where a compaction that broke off leaves the store. */
function remainsOf(fs: ReadableFileSystem, directory: string): EmptiedInbox['remains'] {
  const compaction = path.join(directory, '.compact-temp');
  return [directory, compaction]
    .flatMap((folder) =>
      listFolder(fs, folder)
        .filter(({ name }) => ofInbox.test(name) && !name.toLowerCase().endsWith('.msf'))
        .map(({ name }) => path.join(folder, name)),
    )
    .flatMap((file) => {
      const found = findFile(fs, file);
      return found.state === 'found' && found.stat.size > 0 ? [{ file, bytes: found.stat.size }] : [];
    })
    .sort((a, b) => b.bytes - a.bytes);
}
