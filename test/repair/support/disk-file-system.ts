/**
 * The file-system port over a disk in memory, as Linux answers: permissions, links, several disks, the umask. What it
 * changes can be noted, operation by operation.
 */

import path from 'node:path';
import type { FileStat, WritableFileSystem } from '../../../src/repair/file-system.ts';
import { systemError } from '../../../src/repair/system-error.ts';
import { type Change, type Disk, type Inode, newInode, rootInode } from './disk.ts';

/** One call that changes the disk, or makes sure of what was changed. */
export interface Noted {
  name: string;
  said: string;
  changes: Change[];
  /** Inode that is safe from now on. */
  syncs: number | null;
}

export interface DiskOptions {
  /** Of the process; 0 may do everything. */
  uid?: number;
  note?: (operation: Noted) => void;
}

const umask = 0o022;
const mostLinks = 40;
const [mayRead, mayWrite, mayEnter] = [4, 2, 1];

export function diskFileSystem(disk: Disk, { uid = 0, note }: DiskOptions = {}): WritableFileSystem {
  const handles = new Map<number, number>();
  let nextHandle = 3;

  const now = (): bigint => {
    disk.clock += 1_000_000n;
    return disk.clock;
  };
  const carryOut = (name: string, said: string, changes: Change[], syncs: number | null = null): void => {
    for (const change of changes) disk.apply(change);
    note?.({ name, said: `${name} ${said}`, changes, syncs });
  };
  const allowed = (inode: Inode, wish: number): boolean =>
    uid === 0 || ((inode.mode >> (inode.uid === uid ? 6 : 0)) & wish) === wish;
  const require = (item: string, inode: Inode, wish: number): void => {
    if (!allowed(inode, wish)) throw systemError('EACCES', item);
  };

  /** Number of the inode at a path; null when nothing is there. */
  const find = (item: string, follow: boolean, links = 0): number | null => {
    let here = rootInode;
    const parts = item.split('/').filter((part) => part !== '');
    for (const [index, part] of parts.entries()) {
      const folder = disk.at(here);
      if (folder.kind !== 'folder') throw systemError('ENOTDIR', item);
      require(item, folder, mayEnter);
      const next = folder.names.get(part);
      if (next === undefined) {
        if (index < parts.length - 1) throw systemError('ENOENT', item);
        return null;
      }
      const inode = disk.at(next);
      if (inode.kind === 'link' && (follow || index < parts.length - 1)) {
        if (links >= mostLinks) throw systemError('ELOOP', item);
        const behind = path.resolve('/', ...parts.slice(0, index), inode.target, ...parts.slice(index + 1));
        return find(behind, follow, links + 1);
      }
      here = next;
    }
    return here;
  };
  const get = (item: string, follow: boolean): number => {
    const inode = find(item, follow);
    if (inode === null) throw systemError('ENOENT', item);
    return inode;
  };
  const statOf = (item: string, follow: boolean): FileStat | null => {
    try {
      const number = find(item, follow);
      return number === null ? null : fileStat(disk, number);
    } catch (error) {
      const { code } = error as { code: string };
      if (code === 'ENOENT' || code === 'ENOTDIR' || (follow && code === 'ELOOP')) return null;
      throw error;
    }
  };
  const realPath = (item: string): string => {
    let real = '/';
    for (const part of item.split('/').filter((name) => name !== '')) {
      const next = path.join(real, part);
      const inode = disk.at(get(next, false));
      real = inode.kind === 'link' ? realPath(path.resolve(real, inode.target)) : next;
    }
    return real;
  };
  /** The folder in which a name is about to change, and what the name leads to now. */
  const place = (item: string): { folder: number; name: string; now: number | null } => {
    const folder = get(path.dirname(item), true);
    if (disk.at(folder).kind !== 'folder') throw systemError('ENOTDIR', item);
    require(item, disk.at(folder), mayWrite | mayEnter);
    const name = path.basename(item);
    return { folder, name, now: disk.at(folder).names.get(name) ?? null };
  };
  const named = (folder: number, name: string, leadsTo: number | null): Change => ({
    change: 'name',
    inode: folder,
    name,
    leadsTo,
    mtimeNs: now(),
  });
  const make = (operation: string, item: string, kind: 'file' | 'folder', mode: number): number => {
    const { folder, name, now: there } = place(item);
    if (there !== null) throw systemError('EEXIST', item);
    const inode = disk.newNumber();
    const { device } = disk.at(folder);
    const time = now();
    const fresh = newInode({
      kind,
      device,
      mode: mode & ~umask,
      uid,
      gid: uid,
      atimeNs: time,
      mtimeNs: time,
    });
    carryOut(operation, item, [{ change: 'inode', inode, fresh }, named(folder, name, inode)]);
    return inode;
  };
  const open = (inode: number): number => {
    handles.set(nextHandle, inode);
    return nextHandle++;
  };
  const opened = (handle: number): number => {
    const inode = handles.get(handle);
    if (inode === undefined) throw systemError('EBADF', String(handle));
    return inode;
  };
  const setFacts = (name: string, said: string, inode: number, facts: Partial<Inode>): void => {
    if (uid !== 0 && disk.at(inode).uid !== uid) throw systemError('EPERM', said);
    carryOut(name, said, [{ change: 'facts', inode, facts }]);
  };

  return {
    lstat: (item) => statOf(item, false),
    stat: (item) => statOf(item, true),
    readFile(item, { offset = 0, limit = Number.POSITIVE_INFINITY } = {}) {
      const inode = disk.at(get(item, false));
      if (inode.kind === 'link') throw systemError('ELOOP', item);
      if (inode.kind === 'folder') throw systemError('EISDIR', item);
      require(item, inode, mayRead);
      return inode.bytes.slice(offset, Math.min(offset + limit, inode.bytes.length));
    },
    readFolder(item) {
      const inode = disk.at(get(item, true));
      if (inode.kind !== 'folder') throw systemError('ENOTDIR', item);
      require(item, inode, mayRead);
      return [...inode.names]
        .map(([name, number]) => ({ name, kind: disk.at(number).kind }))
        .sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
    },
    readLink(item) {
      const inode = disk.at(get(item, false));
      if (inode.kind !== 'link') throw systemError('EINVAL', item);
      return inode.target;
    },
    realPath(item) {
      try {
        return realPath(item);
      } catch {
        return null;
      }
    },
    createFile: (item, mode) => open(make('createFile', item, 'file', mode)),
    openToAppend(item) {
      const inode = get(item, true);
      require(item, disk.at(inode), mayWrite);
      carryOut('openToAppend', item, []);
      return open(inode);
    },
    write(handle, bytes) {
      const inode = opened(handle);
      const offset = disk.at(inode).bytes.length;
      const change: Change = { change: 'content', inode, offset, bytes: bytes.slice(), mtimeNs: now() };
      carryOut('write', `${bytes.length} bytes`, [change]);
      return bytes.length;
    },
    sync: (handle) => carryOut('sync', '', [], opened(handle)),
    close(handle) {
      opened(handle);
      handles.delete(handle);
      carryOut('close', '', []);
    },
    syncFolder(item) {
      const inode = get(item, true);
      // As the real port: what may not be opened cannot be synced, and that is no error.
      carryOut('syncFolder', item, [], allowed(disk.at(inode), mayRead) ? inode : null);
    },
    rename(from, to) {
      const source = place(from);
      const target = place(to);
      if (source.now === null) throw systemError('ENOENT', from);
      const moved = disk.at(source.now);
      if (disk.at(target.folder).device !== moved.device) throw systemError('EXDEV', to);
      if (moved.kind === 'folder') {
        if (to.startsWith(`${from}/`)) throw systemError('EINVAL', to);
        // Its `..` changes.
        if (source.folder !== target.folder) require(from, moved, mayWrite);
      }
      if (target.now === source.now) return carryOut('rename', `${from} ${to}`, []);
      if (target.now !== null) requireReplaceable(disk.at(target.now), moved, to);
      carryOut('rename', `${from} ${to}`, [
        named(source.folder, source.name, null),
        named(target.folder, target.name, source.now),
      ]);
    },
    link(from, to) {
      const inode = get(from, false);
      const { folder, name, now: there } = place(to);
      if (there !== null) throw systemError('EEXIST', to);
      if (!disk.hardLinks || disk.at(inode).kind === 'folder') throw systemError('EPERM', to);
      if (disk.at(folder).device !== disk.at(inode).device) throw systemError('EXDEV', to);
      carryOut('link', `${from} ${to}`, [named(folder, name, inode)]);
    },
    unlink(item) {
      const { folder, name, now: there } = place(item);
      if (there === null) throw systemError('ENOENT', item);
      if (disk.at(there).kind === 'folder') throw systemError('EISDIR', item);
      carryOut('unlink', item, [named(folder, name, null)]);
    },
    makeFolder: (item, mode) => void make('makeFolder', item, 'folder', mode),
    removeFolder(item) {
      const { folder, name, now: there } = place(item);
      if (there === null) throw systemError('ENOENT', item);
      if (disk.at(there).kind !== 'folder') throw systemError('ENOTDIR', item);
      if (disk.at(there).names.size > 0) throw systemError('ENOTEMPTY', item);
      carryOut('removeFolder', item, [named(folder, name, null)]);
    },
    setMode: (item, mode) => setFacts('setMode', item, get(item, true), { mode }),
    setOwner(item, owner, gid) {
      if (uid !== 0 && owner !== uid) throw systemError('EPERM', item);
      setFacts('setOwner', item, get(item, true), { uid: owner, gid });
    },
    setTimes: (item, times) => setFacts('setTimes', item, get(item, false), { ...times }),
    extendedAttributes: (item) => new Map(disk.at(get(item, false)).attributes),
    setExtendedAttribute(item, name, value) {
      const inode = get(item, false);
      const attributes = new Map(disk.at(inode).attributes).set(name, value);
      setFacts('setExtendedAttribute', item, inode, { attributes });
    },
    keepsNanoseconds: true,
  };
}

function requireReplaceable(there: Inode, by: Inode, item: string): void {
  if (there.kind === 'folder' && by.kind !== 'folder') throw systemError('EISDIR', item);
  if (there.kind !== 'folder' && by.kind === 'folder') throw systemError('ENOTDIR', item);
  if (there.names.size > 0) throw systemError('ENOTEMPTY', item);
}

function fileStat(disk: Disk, number: number): FileStat {
  const { kind, device, mode, uid, gid, atimeNs, mtimeNs, bytes } = disk.at(number);
  return {
    kind,
    size: bytes.length,
    mode,
    uid,
    gid,
    device,
    inode: BigInt(number),
    links: disk.references.get(number) ?? 0,
    atimeNs,
    mtimeNs,
    ctimeNs: 0n,
  };
}
