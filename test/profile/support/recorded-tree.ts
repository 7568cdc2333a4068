/**
 * Trees of Linux, macOS and Windows in memory, behind the real file-system port. A Windows path lives in memfs as
 * `/C:/…` and comes back out with backslashes, so that code sees the paths of the system that the tree was recorded on.
 */

import { memfs } from 'memfs';
import { rulesFor } from '../../../src/profile/path-rules.ts';
import type { Platform } from '../../../src/profile/places.ts';
import type { ReadableFileSystem } from '../../../src/repair/file-system.ts';
import { createFileSystem, type FsModule } from '../../../src/repair/node-file-system.ts';
import { systemError } from '../../../src/repair/system-error.ts';

/** Content of a file, null for a folder, a link, or a file with its time (milliseconds). By absolute path. */
export type Recorded = Record<
  string,
  string | Uint8Array | null | { link: string } | { text: string; modified: number }
>;

export interface RecordedOptions {
  /** Folders and files that the system does not let be read. */
  locked?: readonly string[];
}

export function recordedTree(
  platform: Platform,
  tree: Recorded,
  options: RecordedOptions = {},
): ReadableFileSystem {
  const { fs: memory } = memfs();
  const inside = (path: string): string => (platform === 'win32' ? `/${path.replaceAll('\\', '/')}` : path);
  const outside = (path: string): string =>
    platform === 'win32' ? path.slice(1).replaceAll('/', '\\') : path;
  const { dirname } = rulesFor(platform);
  for (const [path, item] of Object.entries(tree)) {
    memory.mkdirSync(inside(dirname(path)), { recursive: true });
    if (item === null) memory.mkdirSync(inside(path), { recursive: true });
    else if (typeof item === 'string' || item instanceof Uint8Array) memory.writeFileSync(inside(path), item);
    else if ('link' in item) memory.symlinkSync(inside(item.link), inside(path));
    else {
      memory.writeFileSync(inside(path), item.text);
      memory.utimesSync(inside(path), item.modified / 1000, item.modified / 1000);
    }
  }
  const port = createFileSystem(memory as unknown as FsModule, null, 'linux');
  const locked = new Set(options.locked ?? []);
  const allow = (path: string): string => {
    if (locked.has(path)) throw systemError('EACCES', path);
    return inside(path);
  };
  return {
    lstat: (path) => port.lstat(inside(path)),
    stat: (path) => port.stat(inside(path)),
    readFile: (path, part) => port.readFile(allow(path), part),
    readFolder: (path) => port.readFolder(allow(path)),
    readLink: (path) => outside(port.readLink(inside(path))),
    realPath(path) {
      const real = port.realPath(inside(path));
      return real === null ? null : outside(real);
    },
  };
}
