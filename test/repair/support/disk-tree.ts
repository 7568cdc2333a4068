/**
 * Trees on a disk in memory: laid out from a description, copied from the real disk with inodes and nanoseconds, and
 * compared in everything that undo must bring back. mailmend's own folder is left out.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../../../src/repair/file-system.ts';
import { type Disk, type Inode, newInode, rootInode } from './disk.ts';
import type { Tree } from './memory.ts';

/** Whose mail it is; mailmend itself runs as root in most of the tests, so that every owner must be given. */
export const owner = { uid: 1000, gid: 1000 };

const day = 86_400_000_000_000n;
const longAgo = 1_600_000_000_000_000_123n;

/** Parents before children. Every item has a time of its own, long ago. */
export function plant(disk: Disk, tree: Tree): void {
  for (const [index, [item, what]] of Object.entries(tree).entries()) {
    const time = longAgo + day * BigInt(index);
    const times = { atimeNs: time + 1n, mtimeNs: time };
    if (what === null) put(disk, item, { kind: 'folder', mode: 0o755, ...times });
    else if (typeof what === 'string') put(disk, item, { bytes: new TextEncoder().encode(what), ...times });
    else if ('link' in what) put(disk, item, { kind: 'link', target: what.link, mode: 0o777, ...times });
    else if ('text' in what)
      put(disk, item, { bytes: new TextEncoder().encode(what.text), mode: what.mode, ...times });
    else put(disk, item, { kind: 'folder', mode: what.mode, ...times });
  }
}

/** With the numbers of the inodes: a plan rests on that of the profile. */
export function copyTree(from: ReadableFileSystem, folder: string, disk: Disk): void {
  const stat = from.lstat(folder);
  if (stat === null) throw new Error(`no ${folder}`);
  const above = path.dirname(folder);
  if (walk(disk, above) === null) copyFolder(from, above, disk);
  const { kind, mode, atimeNs, mtimeNs } = stat;
  if (kind === 'other') return;
  const times = { atimeNs, mtimeNs };
  const number = Number(stat.inode);
  if (kind === 'file') put(disk, folder, { kind, mode, ...times, bytes: from.readFile(folder) }, number);
  else if (kind === 'link')
    put(disk, folder, { kind, mode, ...times, target: from.readLink(folder) }, number);
  else {
    put(disk, folder, { kind, mode, ...times }, number);
    for (const { name } of from.readFolder(folder)) copyTree(from, path.join(folder, name), disk);
    disk.apply({ change: 'facts', inode: number, facts: times });
  }
}

function copyFolder(from: ReadableFileSystem, folder: string, disk: Disk): void {
  if (walk(disk, path.dirname(folder)) === null) copyFolder(from, path.dirname(folder), disk);
  put(disk, folder, { kind: 'folder', mode: 0o755, mtimeNs: longAgo }, Number(from.lstat(folder)?.inode));
}

/** The folder above keeps its time. @param number null: any that is free. */
export function put(disk: Disk, item: string, facts: Partial<Inode>, number: number | null = null): void {
  const folder = walk(disk, path.dirname(item));
  if (folder === null) throw new Error(`no folder for ${item}`);
  const { device, mtimeNs } = disk.at(folder);
  const inode = number ?? disk.newNumber();
  if (!disk.inodes.has(inode))
    disk.apply({ change: 'inode', inode, fresh: newInode({ device, ...owner, ...facts }) });
  disk.apply({ change: 'name', inode: folder, name: path.basename(item), leadsTo: inode, mtimeNs });
}

function walk(disk: Disk, item: string): number | null {
  let here: number | null = rootInode;
  for (const part of item.split('/').filter((name) => name !== ''))
    here = here === null ? null : (disk.at(here).names.get(part) ?? null);
  return here;
}

/** Everything below a folder, with it. */
export type Seen = ReadonlyMap<string, { number: number; inode: Inode; links: number }>;

export function see(disk: Disk, folder: string): Seen {
  const seen = new Map<string, { number: number; inode: Inode; links: number }>();
  const add = (item: string, number: number): void => {
    const inode = disk.at(number);
    const links = inode.kind === 'folder' ? 1 : (disk.references.get(number) ?? 0);
    seen.set(item, { number, inode, links });
    for (const [name, child] of inode.names) if (name !== '.mailmend') add(`${item}/${name}`, child);
  };
  const number = walk(disk, folder);
  if (number !== null) add(folder, number);
  return seen;
}

/** One line for each path that is not the same in everything; `inodes`: also the same file, not one like it. */
export function differences(before: Seen, now: Seen, inodes: boolean): string[] {
  const told: string[] = [];
  for (const item of new Set([...before.keys(), ...now.keys()])) {
    const [was, is] = [before.get(item), now.get(item)];
    if (was === undefined || is === undefined) told.push(`${item} is ${was === undefined ? 'new' : 'gone'}`);
    else if (was.links !== is.links) told.push(`${item} has ${is.links} names, not ${was.links}`);
    else if (inodes && was.number !== is.number) told.push(`${item} is another inode`);
    else if (was.inode !== is.inode && factsOf(was.inode) !== factsOf(is.inode))
      told.push(`${item} was ${factsOf(was.inode)} and is ${factsOf(is.inode)}`);
  }
  return told;
}

/** Not the time of reading: whoever looks changes it. */
export function factsOf(inode: Inode): string {
  const { kind, mode, uid, gid, mtimeNs, bytes, target, attributes } = inode;
  const held = kind === 'link' ? target : Buffer.from(bytes).toString('latin1');
  const more = [...attributes].map(([name, value]) => `${name}=${Buffer.from(value).toString('hex')}`).sort();
  return `${kind} ${mode.toString(8)} ${uid}:${gid} mtime ${mtimeNs} ${more.join(' ')} ${JSON.stringify(held)}`;
}
