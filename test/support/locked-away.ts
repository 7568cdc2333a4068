/**
 * A world in which the system does not let some files and folders be looked at, also for root, who may look at all:
 * nothing of them can be read, and what lies below a folder cannot even be asked for.
 */

import type { World } from '../../src/library/world.ts';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { systemError } from '../../src/repair/system-error.ts';

/** @param paths absolute. */
export function lockedAway(world: World, ...paths: readonly string[]): World {
  const { fs } = world;
  const isBelow = (path: string): boolean => paths.some((locked) => path.startsWith(`${locked}/`));
  const known = (path: string): string => {
    if (isBelow(path)) throw systemError('EACCES', path);
    return path;
  };
  const open = (path: string): string => {
    if (paths.includes(path)) throw systemError('EACCES', path);
    return known(path);
  };
  const closed: WritableFileSystem = {
    ...fs,
    lstat: (path) => fs.lstat(known(path)),
    stat: (path) => fs.stat(known(path)),
    readFile: (path, part) => fs.readFile(open(path), part),
    readFolder: (path) => fs.readFolder(open(path)),
    readLink: (path) => fs.readLink(known(path)),
    realPath: (path) => (isBelow(path) ? null : fs.realPath(path)),
  };
  return { ...world, fs: closed };
}
