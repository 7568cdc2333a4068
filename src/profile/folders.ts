/**
 * The mail folders of a server directory, found by their files (formats.md 5.2, 5.6). Stores are not opened.
 * Belongs here: the walk. Counting messages is the business of the stores' and the indexes' own readers.
 */

import path from 'node:path';
import type { FolderEntry, ReadableFileSystem } from '../repair/file-system.ts';
import { folderNameOf, isServiceName, isStoreName } from './store-names.ts';

export interface MailFolder {
  /** Names joined by `/`, as the program shows them: `Inbox/Invoices`. */
  path: string;
  /** Absolute path of the mbox file, or of the maildir folder. For IMAP folders without a store: of the index. */
  file: string;
  storage: 'mbox' | 'maildir';
  /** Of the store, not of its index. */
  bytes: number;
  hasIndex: boolean;
}

export interface MailDirectory {
  path: string;
  exists: boolean;
  folders: MailFolder[];
  /** Sum over the stores. */
  bytes: number;
  hasSubfolders: boolean;
  /** A store that is not empty, or a maildir with a message. */
  holdsMessages: boolean;
  /** Something lies in it that is neither a store nor a file that the program keeps beside stores. */
  holdsOthers: boolean;
  /** Something could not be listed. */
  incomplete: boolean;
}

const maxDepth = 32;
const maxFolders = 50_000;

/** @param isImap IMAP folders are also known by their index alone. */
export function readMailDirectory(fs: ReadableFileSystem, directory: string, isImap: boolean): MailDirectory {
  const exists = isFolder(fs, directory);
  const result: MailDirectory = {
    path: directory,
    exists: exists !== false,
    folders: [],
    bytes: 0,
    hasSubfolders: false,
    holdsMessages: false,
    holdsOthers: false,
    incomplete: false,
  };
  if (exists === null) result.incomplete = true;
  if (exists === true) walk(fs, directory, '', 0, isImap, result);
  result.bytes = result.folders.reduce((sum, folder) => sum + folder.bytes, 0);
  result.holdsMessages = result.bytes > 0;
  return result;
}

/** Null: the system does not let it be looked at, so there is something. */
function isFolder(fs: ReadableFileSystem, at: string): boolean | null {
  try {
    return fs.stat(at)?.kind === 'folder';
  } catch {
    return null;
  }
}

function walk(
  fs: ReadableFileSystem,
  directory: string,
  parent: string,
  depth: number,
  isImap: boolean,
  result: MailDirectory,
): void {
  let entries: FolderEntry[];
  try {
    entries = fs.readFolder(directory);
  } catch {
    result.incomplete = true;
    return;
  }
  const names = new Set(entries.map((entry) => entry.name));
  for (const entry of entries) {
    if (depth > maxDepth || result.folders.length >= maxFolders) {
      result.incomplete = true;
      return;
    }
    const at = path.join(directory, entry.name);
    if (entry.kind === 'folder' && entry.name.endsWith('.sbd')) {
      result.hasSubfolders = true;
      walk(fs, at, join(parent, folderNameOf(entry.name.slice(0, -4))), depth + 1, isImap, result);
    } else if (isStoreName(entry.name)) {
      const folder = storeAt(fs, at, entry, join(parent, folderNameOf(entry.name)), names);
      if (folder === 'unreadable') result.incomplete = true;
      else if (folder !== null) result.folders.push(folder);
      if (folder === null || folder === 'unreadable' || folder.storage !== 'mbox') result.holdsOthers = true;
    } else if (!isServiceName(entry.name)) {
      result.holdsOthers = true;
    } else if (isImap && entry.name.endsWith('.msf') && !names.has(entry.name.slice(0, -4))) {
      const name = folderNameOf(entry.name.slice(0, -4));
      result.folders.push({ path: join(parent, name), file: at, storage: 'mbox', bytes: 0, hasIndex: true });
    }
  }
}

const join = (parent: string, name: string): string => (parent === '' ? name : `${parent}/${name}`);

function storeAt(
  fs: ReadableFileSystem,
  at: string,
  entry: FolderEntry,
  name: string,
  siblings: ReadonlySet<string>,
): MailFolder | 'unreadable' | null {
  const hasIndex = siblings.has(`${entry.name}.msf`);
  try {
    const stat = entry.kind === 'link' ? fs.stat(at) : fs.lstat(at);
    if (stat?.kind === 'file') return { path: name, file: at, storage: 'mbox', bytes: stat.size, hasIndex };
    if (stat?.kind !== 'folder') return null;
    const current = path.join(at, 'cur');
    if (fs.stat(current)?.kind !== 'folder') return null;
    return { path: name, file: at, storage: 'maildir', bytes: sizeOfFiles(fs, current), hasIndex };
  } catch {
    return 'unreadable';
  }
}

function sizeOfFiles(fs: ReadableFileSystem, directory: string): number {
  try {
    return fs
      .readFolder(directory)
      .reduce((sum, entry) => sum + (fs.lstat(path.join(directory, entry.name))?.size ?? 0), 0);
  } catch {
    return 0;
  }
}
