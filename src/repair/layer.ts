/**
 * Changes to a tree, kept in memory above the real one: changed bytes, new folders, absent paths, and aliases (what
 * lies here is, on the disk, still over there). Reading shows the tree as if they had been made; nothing is written.
 * Belongs here: the bookkeeping. Which operation changes what is effect.ts.
 *
 * Times of what was not there before are 0: a plan has no clock.
 */

import path from 'node:path';
import type { FileStat, FolderEntry, ReadableFileSystem } from './file-system.ts';
import { isBelow } from './inside.ts';
import { systemError } from './system-error.ts';

/** Mode and owner that differ from those on the disk. */
export interface Shown {
  mode: number;
  uid: number;
  gid: number;
}

/** `like`: the path on the disk whose extended attributes it has. */
type Entry =
  | { is: 'absent' }
  | { is: 'real'; path: string; shown: Shown | null; like: string | null }
  | { is: 'bytes'; bytes: Uint8Array; shown: Shown; like: string | null }
  | { is: 'folder'; shown: Shown };

/** Where the bytes of a file come from: memory, or a path on the disk as it is now. */
export type Content = { bytes: Uint8Array } | { real: string };

export class Layer implements ReadableFileSystem {
  readonly #fs: ReadableFileSystem;
  readonly #entries = new Map<string, Entry>();

  constructor(fs: ReadableFileSystem) {
    this.#fs = fs;
  }

  /** The path on the disk that decides what is shown at `path`; null where a change in memory does. */
  underlying(path: string): string | null {
    const entry = this.#at(path);
    return entry.is === 'real' ? entry.path : null;
  }

  /** Where on the disk that which is shown at `path` lies now; null for what exists in memory only, or not at all. */
  origin(path: string): string | null {
    const underlying = this.underlying(path);
    return underlying !== null && this.#fs.lstat(underlying) !== null ? underlying : null;
  }

  /** Where on the disk the extended attributes of what is shown at `path` are to be read; null: it has none. */
  likeness(path: string): string | null {
    const entry = this.#at(path);
    return 'like' in entry ? entry.like : null;
  }

  /** Puts a file at a path; what was there is no longer seen. */
  place(path: string, content: Content, shown: Shown, like: string | null): void {
    const entry: Entry =
      'bytes' in content
        ? { is: 'bytes', bytes: content.bytes, shown, like }
        : { is: 'real', path: content.real, shown, like };
    this.#entries.set(path, entry);
  }

  /** With everything below it. What was at `to` is no longer seen. */
  rename(from: string, to: string): void {
    const moved = this.#at(from);
    for (const [key, entry] of this.#below(from)) {
      this.#entries.delete(key);
      this.#entries.set(to + key.slice(from.length), entry);
    }
    this.#entries.set(from, { is: 'absent' });
    this.#entries.set(to, moved);
  }

  remove(path: string): void {
    for (const [key] of this.#below(path)) this.#entries.delete(key);
    this.#entries.set(path, { is: 'absent' });
  }

  makeFolder(path: string, shown: Shown): void {
    this.#entries.set(path, { is: 'folder', shown });
  }

  /** Another mode or owner for what is there. */
  show(path: string, shown: Shown): void {
    const entry = this.#at(path);
    if (entry.is !== 'absent') this.#entries.set(path, { ...entry, shown });
  }

  lstat(path: string): FileStat | null {
    const entry = this.#at(path);
    switch (entry.is) {
      case 'absent':
        return null;
      case 'real': {
        const stat = this.#fs.lstat(entry.path);
        return stat === null ? null : { ...stat, ...entry.shown };
      }
      case 'bytes':
        return { ...unsaved, kind: 'file', size: entry.bytes.length, ...entry.shown };
      case 'folder':
        return { ...unsaved, kind: 'folder', ...entry.shown };
    }
  }

  stat(path: string): FileStat | null {
    const entry = this.#at(path);
    const stat = this.lstat(path);
    return stat?.kind === 'link' && entry.is === 'real' ? this.#fs.stat(entry.path) : stat;
  }

  readFile(path: string, options: { offset?: number; limit?: number } = {}): Uint8Array {
    const entry = this.#at(path);
    if (entry.is === 'real') return this.#fs.readFile(entry.path, options);
    if (entry.is !== 'bytes') throw systemError(entry.is === 'folder' ? 'EISDIR' : 'ENOENT', path);
    const { offset = 0, limit = entry.bytes.length } = options;
    return entry.bytes.slice(offset, offset + limit);
  }

  readFolder(folder: string): FolderEntry[] {
    const entry = this.#at(folder);
    if (entry.is === 'absent') throw systemError('ENOENT', folder);
    if (entry.is === 'bytes') throw systemError('ENOTDIR', folder);
    const found = new Map<string, FolderEntry>();
    if (entry.is === 'real') for (const item of this.#fs.readFolder(entry.path)) found.set(item.name, item);
    for (const [key] of this.#below(folder)) {
      if (path.dirname(key) !== folder) continue;
      const name = path.basename(key);
      const stat = this.lstat(key);
      if (stat === null) found.delete(name);
      else found.set(name, { name, kind: stat.kind });
    }
    return [...found.values()].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  }

  readLink(path: string): string {
    const entry = this.#at(path);
    if (entry.is !== 'real') throw systemError(entry.is === 'absent' ? 'ENOENT' : 'EINVAL', path);
    return this.#fs.readLink(entry.path);
  }

  realPath(path: string): string | null {
    const entry = this.#at(path);
    if (entry.is === 'real' && entry.path === path) return this.#fs.realPath(path);
    return this.lstat(path) === null ? null : path;
  }

  /** The nearest entry at or above a path decides; without one it is what the disk has there. */
  #at(wanted: string): Entry {
    for (let above = wanted; ; above = path.dirname(above)) {
      const entry = this.#entries.get(above);
      if (entry !== undefined)
        return above === wanted ? entry : entryBelow(entry, wanted.slice(above.length));
      if (path.dirname(above) === above) return real(wanted);
    }
  }

  #below(folder: string): [string, Entry][] {
    return [...this.#entries].filter(([key]) => isBelow(folder, key));
  }
}

/** What lies below an entry that has none of its own: the rest of a moved folder, or nothing. */
function entryBelow(entry: Entry, rest: string): Entry {
  return entry.is === 'real' ? real(entry.path + rest) : { is: 'absent' };
}

function real(path: string): Entry {
  return { is: 'real', path, shown: null, like: path };
}

const unsaved = {
  size: 0,
  device: 0n,
  inode: 0n,
  links: 1,
  atimeNs: 0n,
  mtimeNs: 0n,
  ctimeNs: 0n,
};
