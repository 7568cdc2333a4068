/**
 * Small trees in memory, behind the real port: files, folders, links, modes, and times long ago, so that every touch
 * shows.
 */

import type nodeFs from 'node:fs';
import type { PathLike } from 'node:fs';
import { memfs } from 'memfs';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import { createFileSystem, type FsModule } from '../../../src/repair/node-file-system.ts';

/** Text of a file, null for a folder, `{ link }`, or text with a mode. By absolute path, parents before children. */
export type TreeItem = string | null | { link: string } | { text: string; mode: number } | { mode: number };
export type Tree = Record<string, TreeItem>;

type MemoryModule = FsModule & Pick<typeof nodeFs, 'symlinkSync'>;

export interface Memory {
  fs: WritableFileSystem;
  module: MemoryModule;
}

export function createMemory(tree: Tree): Memory {
  const module = asPosix(memfs().fs as unknown as MemoryModule);
  const fs = createFileSystem(module, null, 'linux');
  layOut(fs, tree);
  return { fs, module };
}

/**
 * What memfs does unlike a real system: a file that is renamed over keeps its number of names, two names of one file
 * become one when one is renamed over the other, and a new mode or owner changes the time of the content.
 */
function asPosix(module: MemoryModule): MemoryModule {
  const renameSync: FsModule['renameSync'] = (from, to) => {
    const [source, target] = [from, to].map((path) => module.lstatSync(path, { throwIfNoEntry: false }));
    if (target?.isFile()) {
      if (source?.ino === target.ino) return;
      module.unlinkSync(to);
    }
    module.renameSync(from, to);
  };
  const keepingTimes = (path: PathLike, change: () => void) => {
    const { atimeMs, mtimeMs } = module.lstatSync(path);
    change();
    module.lutimesSync(path, atimeMs / 1000, mtimeMs / 1000);
  };
  const chmodSync: FsModule['chmodSync'] = (path, mode) =>
    keepingTimes(path, () => module.chmodSync(path, mode));
  const chownSync: FsModule['chownSync'] = (path, uid, gid) =>
    keepingTimes(path, () => module.chownSync(path, uid, gid));
  return Object.assign(Object.create(module), { renameSync, chmodSync, chownSync }) as MemoryModule;
}

/** Writes a tree with the port itself; folders get their times last, since their entries change them. */
export function layOut(fs: WritableFileSystem, tree: Tree): void {
  for (const [path, item] of Object.entries(tree)) {
    if (item === null) fs.makeFolder(path, 0o755);
    else if (typeof item === 'string') writeFile(fs, path, item);
    else if ('link' in item) throw new Error('links are made by the test itself');
    else if ('text' in item) writeFile(fs, path, item.text, item.mode);
    else {
      fs.makeFolder(path, 0o755);
      fs.setMode(path, item.mode);
    }
  }
  let time = 1_600_000_000_000_000_000n;
  for (const path of Object.keys(tree).reverse()) {
    fs.setTimes(path, { atimeNs: time, mtimeNs: time });
    time += 86_400_000_000_000n;
  }
}

export function writeFile(
  fs: WritableFileSystem,
  path: string,
  text: string | Uint8Array,
  mode = 0o600,
): void {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  if (fs.lstat(path) !== null) fs.unlink(path);
  const handle = fs.createFile(path, mode);
  if (bytes.length > 0) fs.write(handle, bytes);
  fs.close(handle);
  fs.setMode(path, mode);
}

/** As a program that writes in place does: same inode, other bytes. */
export function appendTo(fs: WritableFileSystem, path: string, text: string): void {
  const handle = fs.openToAppend(path);
  fs.write(handle, new TextEncoder().encode(text));
  fs.close(handle);
}

export function readText(fs: WritableFileSystem, path: string): string {
  return new TextDecoder().decode(fs.readFile(path));
}
