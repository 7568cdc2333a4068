/**
 * Files beside the preferences that name folders by their addresses: the filters of each server and the saved searches
 * (formats.md 5.7). They dangle when a server gets another host, user or type.
 */

import path from 'node:path';
import { type FilterTarget, filterTargets } from '../formats/filter-rules.ts';
import { latin1Text, utf8Of } from '../formats/latin1.ts';
import { type SavedSearch, savedSearches } from '../formats/virtual-folders.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { readFileBytes } from './file-bytes.ts';

export interface FilterFile {
  /** Absolute. */
  path: string;
  /** The folder that it lies in: that of one server or more, or of none. */
  directory: string;
  bytes: Uint8Array;
  targets: FilterTarget[];
}

export interface SavedSearchFile {
  /** Absolute. */
  path: string;
  bytes: Uint8Array;
  searches: SavedSearch[];
}

const maxBytes = 16 * 1024 * 1024;

/** Those with a target only. What cannot be read is passed over. @param directories absolute, each once. */
export function readFilterFiles(fs: ReadableFileSystem, directories: Iterable<string>): FilterFile[] {
  return [...directories].flatMap((directory) => {
    const at = path.join(directory, 'msgFilterRules.dat');
    const file = readFileBytes(fs, at, maxBytes);
    const targets = file.state === 'read' ? filterTargets(file.bytes) : [];
    return file.state === 'read' && targets.length > 0
      ? [{ path: at, directory, bytes: file.bytes, targets }]
      : [];
  });
}

/** The line `*host user` of a popstate.dat: whose mail was fetched into the folder. */
export interface PopUser {
  host: string;
  user: string;
}

/** By folder. It stands in the first lines of a file that can be large. */
export function readPopUsers(fs: ReadableFileSystem, directories: Iterable<string>): Map<string, PopUser> {
  const users = new Map<string, PopUser>();
  for (const directory of directories) {
    const file = readFileBytes(fs, path.join(directory, 'popstate.dat'), maxBytes);
    if (file.state !== 'read') continue;
    const start = latin1Text(file.bytes.subarray(0, 4096));
    const [, host, user] = /^\*(\S+) (\S+)[ \t]*\r?$/m.exec(start) ?? [];
    if (host !== undefined && user !== undefined) users.set(directory, { host, user: utf8Of(user) });
  }
  return users;
}

/** Null: there are none. */
export function readSavedSearches(fs: ReadableFileSystem, profile: string): SavedSearchFile | null {
  const at = path.join(profile, 'virtualFolders.dat');
  const file = readFileBytes(fs, at, maxBytes);
  const searches = file.state === 'read' ? savedSearches(file.bytes) : [];
  return file.state === 'read' && searches.length > 0 ? { path: at, bytes: file.bytes, searches } : null;
}
