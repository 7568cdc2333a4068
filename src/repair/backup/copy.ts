/**
 * One file, folder or link into the backup. A file is written under the name `part`, synced, read back and compared with
 * the original byte by byte, and only then gets its name: what has a name in a backup is whole.
 * No reflinks and no hard links: a copy that shares its place on the disk with the original is lost with it.
 * Belongs here: one item. Which ones, and how often, is make.ts.
 */

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { FileStat, WritableFileSystem } from '../file-system.ts';
import { copyAttributes, giveTo, present } from '../metadata.ts';
import { writeAll } from '../new-file.ts';
import { codeOf } from '../system-error.ts';
import {
  CannotCopy,
  compare,
  ofOriginal,
  piecesOfOriginal,
  type Reading,
  statOfOriginal,
} from './compare.ts';
import { names } from './layout.ts';
import { type Item, signature } from './source.ts';

/** What the port has no call for. */
export interface CopyTools {
  symlink(target: string, at: string): void;
  /** Makes the system read the file from the disk again instead of from its memory, where it can. Never throws. */
  forgetCached(file: string): void;
}

export interface Workshop extends Reading {
  fs: WritableFileSystem;
  tools: CopyTools;
  /** The backup. */
  folder: string;
  /** What its disk does not keep; filled while copying. */
  notKept: Set<string>;
}

/** Where a copy gets its name. */
export interface Place {
  to: string;
  /** What is there, ours, is set aside as the copy comes: not before there is one. */
  occupied: boolean;
}

export interface CopiedFile {
  sha256: string;
  stat: FileStat;
}

const attempts = 3;

/** @returns what the original was. @throws CannotCopy; the system's error for the backup. */
export async function copyFile(shop: Workshop, { from }: Item, place: Place): Promise<CopiedFile> {
  let why = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const before = statOfOriginal(shop.fs, from);
    const read = await writePart(shop, from, before);
    const compared = await compare(shop, from, partOf(shop), before.size);
    const unchanged = signature(statOfOriginal(shop.fs, from)) === signature(before);
    if (unchanged && compared === read) {
      putInPlace(shop, place);
      return { sha256: read, stat: before };
    }
    why = unchanged
      ? 'its copy was not the same when it was read again: the disk of the backup, or this one, is failing'
      : 'it changed each time it was copied';
  }
  throw new CannotCopy(why);
}

/** @returns sha256 of what was read. */
async function writePart(shop: Workshop, from: string, stat: FileStat): Promise<string> {
  const { fs } = shop;
  const part = clearPart(shop);
  const hash = createHash('sha256');
  const handle = fs.createFile(part, 0o600);
  try {
    for await (const piece of piecesOfOriginal(shop, from, stat.size)) {
      hash.update(piece);
      write(shop, handle, piece);
    }
    giveMetadata(shop, part, from, stat);
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
  shop.tools.forgetCached(part);
  return hash.digest('hex');
}

function write(shop: Workshop, handle: number, piece: Uint8Array): void {
  try {
    writeAll(shop.fs, handle, piece, partOf(shop));
  } catch (error) {
    if (codeOf(error) !== 'EFBIG') throw error;
    throw new CannotCopy(
      'it is too large for the disk of the backup; FAT disks hold files of up to 4 GB',
      false,
      error,
    );
  }
}

/** @returns the target; `onlyNoted` when the disk of the backup cannot hold links. @throws CannotCopy. */
export function copyLink(
  shop: Workshop,
  { from }: Item,
  place: Place,
): { target: string; onlyNoted: boolean; stat: FileStat } {
  const target = targetOf(shop, from);
  const stat = statOfOriginal(shop.fs, from);
  const part = clearPart(shop);
  try {
    shop.tools.symlink(target, part);
  } catch (error) {
    if (!noLinks.has(String(codeOf(error)))) throw error;
    shop.notKept.add('links');
    if (place.occupied) setAside(shop, place.to);
    return { target, onlyNoted: true, stat };
  }
  keeping(shop, 'times of links', () => shop.fs.setTimes(part, stat));
  putInPlace(shop, place);
  return { target, onlyNoted: false, stat };
}

/** @throws CannotCopy. */
export function targetOf(shop: Workshop, from: string): string {
  const target = ofOriginal(() => shop.fs.readLink(from));
  if (target.includes('\ufffd')) throw new CannotCopy('it leads to a name that is not in UTF-8');
  return target;
}

const noLinks = new Set(['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL', 'UNKNOWN']);

/** Writable for now; permissions and times come when it is full. @throws CannotCopy. */
export function makeFolder(shop: Workshop, { to, occupied }: Place): void {
  if (occupied) setAside(shop, to);
  named(() => shop.fs.makeFolder(to, 0o700));
}

/** Owner, attributes, permissions and times of the original, as far as the disk keeps them. */
export function giveMetadata(shop: Workshop, made: string, from: string, stat: FileStat): void {
  const { fs } = shop;
  keeping(shop, 'owner and group', () => giveTo(fs, made, stat));
  keeping(shop, 'extended attributes', () => copyAttributes(fs, from, made, true));
  keeping(shop, 'permissions', () => fs.setMode(made, stat.mode));
  keeping(shop, 'times', () => fs.setTimes(made, stat));
  const now = present(fs, made);
  if (now.mode !== stat.mode) shop.notKept.add('permissions');
  if (now.mtimeNs !== stat.mtimeNs) shop.notKept.add('times to the nanosecond');
}

/** What a disk cannot keep is told, and no reason to have no backup. */
export function keeping(shop: Workshop, what: string, give: () => void): void {
  try {
    give();
  } catch (error) {
    if (codeOf(error) === null) throw error;
    shop.notKept.add(what);
  }
}

/** Out of the way, never deleted: it may be the only whole copy of what has changed since. */
export function setAside(shop: Workshop, at: string): void {
  const { fs, folder } = shop;
  const top = path.join(folder, names.setAside);
  let number = 1;
  while (fs.lstat(path.join(top, String(number), path.relative(folder, at))) !== null) number++;
  const to = path.join(top, String(number), path.relative(folder, at));
  makeFolders(fs, path.dirname(to));
  fs.rename(at, to);
  fs.syncFolder(path.dirname(to));
}

function makeFolders(fs: WritableFileSystem, folder: string): void {
  if (fs.lstat(folder) !== null) return;
  makeFolders(fs, path.dirname(folder));
  fs.makeFolder(folder, 0o700);
}

export const partOf = ({ folder }: Pick<Workshop, 'folder'>): string => path.join(folder, names.part);

/** Of an attempt before. */
export function clearPart(shop: Pick<Workshop, 'fs' | 'folder'>): string {
  const part = partOf(shop);
  if (shop.fs.lstat(part) !== null) shop.fs.unlink(part);
  return part;
}

function putInPlace(shop: Workshop, { to, occupied }: Place): void {
  if (occupied) setAside(shop, to);
  named(() => shop.fs.rename(partOf(shop), to));
}

const badName = new Set(['ENAMETOOLONG', 'EINVAL', 'EILSEQ']);

/** @throws CannotCopy when the disk of the backup cannot have such a name. */
function named(make: () => void): void {
  try {
    make();
  } catch (error) {
    if (!badName.has(String(codeOf(error)))) throw error;
    throw new CannotCopy('its name is too long, or not allowed, on the disk of the backup', false, error);
  }
}
