/**
 * Files and folders of a profile that the program has to write and may not: without their owner's permission to write, or
 * of another user than the profile (formats.md 10.1 R11, R12). Told by what their permissions say, so that it is the
 * same for the owner and for an administrator who looks.
 */

import path from 'node:path';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { type WrittenFile, writtenFiles } from './written-files.ts';

export interface Unwritable {
  /** Absolute; where a link led to it, the link. */
  path: string;
  kind: 'file' | 'folder';
  mode: number;
  why: 'read-only' | 'other-owner';
  uid: number;
  /** It lies in the profile, and no link leads there: mailmend may change it. Not so the profile's folder itself. */
  isOwn: boolean;
}

/** Numbers of the user and the group whose the profile's folder is. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface WriteAccess {
  owner: Owner;
  /** All that the program has to write, the profile's folder first. */
  written: WrittenFile[];
  unwritable: Unwritable[];
}

/** Null where the profile's folder does not tell whose it is. Never throws. @param mailFolders absolute. */
export function readWriteAccess(
  fs: ReadableFileSystem,
  profile: string,
  mailFolders: readonly string[],
): WriteAccess | null {
  const written = writtenFiles(fs, profile, mailFolders);
  const owner = written[0]?.path === profile ? written[0].stat : undefined;
  if (owner === undefined) return null;
  return { owner, written, unwritable: written.flatMap((file) => unwritableAt(fs, file, owner, profile)) };
}

function unwritableAt(
  fs: ReadableFileSystem,
  { path: at, stat }: WrittenFile,
  owner: Owner,
  profile: string,
): Unwritable[] {
  const { mode, uid } = stat;
  const kind = stat.kind === 'folder' ? 'folder' : 'file';
  const why = uid === owner.uid ? 'read-only' : 'other-owner';
  const isWritable = uid === owner.uid ? isAllowed(stat, 6) : isWritableBy(owner, stat);
  return isWritable ? [] : [{ path: at, kind, mode, why, uid, isOwn: isOwn(fs, profile, at) }];
}

function isOwn(fs: ReadableFileSystem, profile: string, at: string): boolean {
  const real = fs.realPath(profile);
  const way = path.relative(profile, at);
  return real !== null && way !== '' && !way.startsWith('..') && fs.realPath(at) === path.join(real, way);
}

const isWritableBy = ({ gid }: Owner, stat: FileStat): boolean => isAllowed(stat, stat.gid === gid ? 3 : 0);

/** Into a folder one writes by going into it. @param shift 6 for the owner's bits, 3 for the group's, 0 for all others'. */
function isAllowed({ kind, mode }: FileStat, shift: number): boolean {
  const needed = kind === 'folder' ? 0o3 : 0o2;
  return ((mode >> shift) & needed) === needed;
}
