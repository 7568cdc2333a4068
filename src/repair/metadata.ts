/**
 * Owner, permissions, extended attributes and times of a new file or folder, so that it is as the one it replaces.
 * Belongs here: giving them. Content is new-file.ts.
 */

import type { FileStat, ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import type { FileBefore } from './step.ts';
import { codeOf, systemError } from './system-error.ts';

/** Set by the system itself; nobody else may. */
const systemsOwn = ['security.', 'trusted.', 'com.apple.'];

/** A disk that is full or failing could keep it at another time; giving up would lose it. */
const notForGood = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EBUSY']);

/** What root makes in somebody's folder must stay theirs. Without root: as the system made it. @throws the system's error. */
export function giveToOwnerOf(fs: WritableFileSystem, made: string, folder: string): void {
  const owner = present(fs, folder);
  if (present(fs, made).uid === 0) giveTo(fs, made, owner);
}

/** @throws the system's error (EPERM: only root may give a file away). */
export function giveTo(fs: WritableFileSystem, made: string, owner: { uid: number; gid: number }): void {
  const now = present(fs, made);
  if (now.uid !== owner.uid || now.gid !== owner.gid) fs.setOwner(made, owner.uid, owner.gid);
}

/**
 * Attributes that `made` has already, as new files of a labelled system do, are left alone.
 * @param exact one that cannot be set is an error; a disk that fails always is. @throws the system's error.
 */
export function copyAttributes(fs: WritableFileSystem, from: string, made: string, exact: boolean): void {
  const there = fs.extendedAttributes(made);
  for (const [name, value] of fs.extendedAttributes(from)) {
    const now = there.get(name);
    if (now !== undefined && Buffer.compare(now, value) === 0) continue;
    try {
      fs.setExtendedAttribute(made, name, value);
    } catch (error) {
      const needed = exact && !systemsOwn.some((prefix) => name.startsWith(prefix));
      if (needed || notForGood.has(String(codeOf(error)))) throw error;
    }
  }
}

/** What was kept as a copy gets owner, mode and time of the original; a hard link has them already. @throws the system's error. */
export function giveBack(fs: WritableFileSystem, kept: string, before: FileBefore): void {
  const now = present(fs, kept);
  giveTo(fs, kept, before);
  if (now.mode !== before.mode) fs.setMode(kept, before.mode);
  if (before.mtimeNs !== null && before.mtimeNs !== String(now.mtimeNs))
    fs.setTimes(kept, { atimeNs: now.atimeNs, mtimeNs: BigInt(before.mtimeNs) });
  fs.syncFolder(kept);
}

/** @throws ENOENT when it went in the meantime. */
export function present(fs: ReadableFileSystem, path: string): FileStat {
  const stat = fs.lstat(path);
  if (stat === null) throw systemError('ENOENT', path);
  return stat;
}
