/**
 * The file-system port over Node's synchronous calls; also over memfs, which has the same calls.
 * Belongs here: the translation only. Loops, retries and order of writes are the business of those who call.
 */

import nodeFs, { type BigIntStats, type Dirent } from 'node:fs';
import type {
  FileKind,
  FileStat,
  FolderEntry,
  ReadableFileSystem,
  WritableFileSystem,
} from './file-system.ts';
import type { NativeFiles } from './native-files.ts';
import { codeOf, systemError } from './system-error.ts';

/** The part of `node:fs` that is used. */
export type FsModule = Pick<
  typeof nodeFs,
  | 'lstatSync'
  | 'statSync'
  | 'fstatSync'
  | 'openSync'
  | 'readSync'
  | 'writeSync'
  | 'fsyncSync'
  | 'closeSync'
  | 'readdirSync'
  | 'readlinkSync'
  | 'realpathSync'
  | 'renameSync'
  | 'linkSync'
  | 'unlinkSync'
  | 'mkdirSync'
  | 'rmdirSync'
  | 'chmodSync'
  | 'chownSync'
  | 'lutimesSync'
  | 'constants'
>;

/** Nothing can be there under a name that is too long, or that holds a NUL. */
const notThere = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);
const notThereBehindLink = new Set([...notThere, 'ELOOP']);
/** Some file systems, and Windows, cannot sync a folder; nobody can sync what he may not open. There is nothing better to do. */
const cannotSync = new Set(['EINVAL', 'ENOTSUP', 'EACCES']);
const cannotSyncOnWindows = new Set([...cannotSync, 'EPERM', 'EISDIR', 'EBADF']);

/** @param native nanosecond times and extended attributes, where the system's own calls can be had. */
export function createFileSystem(
  fsModule: FsModule = nodeFs,
  native: NativeFiles | null = null,
  platform: NodeJS.Platform = process.platform,
): WritableFileSystem {
  const { constants } = fsModule;
  const syncErrors = platform === 'win32' ? cannotSyncOnWindows : cannotSync;
  return {
    ...createReadableFileSystem(fsModule),
    createFile: (path, mode) =>
      fsModule.openSync(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, mode),
    openToAppend: (path) => fsModule.openSync(path, constants.O_WRONLY | constants.O_APPEND),
    write: (handle, bytes) => fsModule.writeSync(handle, bytes),
    sync: (handle) => fsModule.fsyncSync(handle),
    close: (handle) => fsModule.closeSync(handle),
    syncFolder(path) {
      try {
        syncPath(fsModule, path);
      } catch (error) {
        if (!syncErrors.has(String(codeOf(error)))) throw error;
      }
    },
    rename: (from, to) => fsModule.renameSync(from, to),
    link: (from, to) => fsModule.linkSync(from, to),
    unlink: (path) => fsModule.unlinkSync(path),
    makeFolder: (path, mode) => void fsModule.mkdirSync(path, { mode }),
    removeFolder: (path) => fsModule.rmdirSync(path),
    setMode: (path, mode) => fsModule.chmodSync(path, mode),
    setOwner: (path, uid, gid) => fsModule.chownSync(path, uid, gid),
    setTimes(path, times) {
      if (native === null) fsModule.lutimesSync(path, seconds(times.atimeNs), seconds(times.mtimeNs));
      else native.setTimes(path, times);
    },
    extendedAttributes: (path) => native?.extendedAttributes(path) ?? new Map(),
    setExtendedAttribute: (path, name, value) => native?.setExtendedAttribute(path, name, value),
    keepsNanoseconds: native !== null,
  };
}

function createReadableFileSystem(fsModule: FsModule): ReadableFileSystem {
  return {
    lstat: (path) => statOrNull(() => fsModule.lstatSync(path, { bigint: true }), notThere),
    stat: (path) => statOrNull(() => fsModule.statSync(path, { bigint: true }), notThereBehindLink),
    readFile: (path, options = {}) => readPart(fsModule, path, options),
    readFolder: (path) =>
      fsModule.readdirSync(path, { withFileTypes: true }).map(folderEntry).sort(byNameBytewise),
    readLink: (path) => fsModule.readlinkSync(path),
    realPath(path) {
      try {
        return fsModule.realpathSync(path);
      } catch {
        return null;
      }
    },
  };
}

/** Does not hang on a pipe (O_NONBLOCK) and does not follow a link (O_NOFOLLOW). */
function readPart(
  fsModule: FsModule,
  path: string,
  options: { offset?: number; limit?: number },
): Uint8Array {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOFOLLOW = 0 } = fsModule.constants;
  const handle = fsModule.openSync(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
  try {
    const stat = fsModule.fstatSync(handle, { bigint: true });
    if (!stat.isFile()) throw systemError(stat.isDirectory() ? 'EISDIR' : 'EINVAL', path);
    const offset = options.offset ?? 0;
    const rest = Math.max(Number(stat.size) - offset, 0);
    const bytes = new Uint8Array(Math.min(rest, options.limit ?? rest));
    let length = 0;
    while (length < bytes.length) {
      const read = fsModule.readSync(handle, bytes, length, bytes.length - length, offset + length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    fsModule.closeSync(handle);
  }
}

function syncPath(fsModule: FsModule, path: string): void {
  const handle = fsModule.openSync(path, fsModule.constants.O_RDONLY);
  try {
    fsModule.fsyncSync(handle);
  } finally {
    fsModule.closeSync(handle);
  }
}

function statOrNull(take: () => BigIntStats, absent: ReadonlySet<string>): FileStat | null {
  try {
    return fileStat(take());
  } catch (error) {
    if (absent.has(String(codeOf(error)))) return null;
    throw error;
  }
}

function fileStat(stats: BigIntStats): FileStat {
  return {
    kind: kindOf(stats),
    size: Number(stats.size),
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
    device: stats.dev,
    inode: stats.ino,
    links: Number(stats.nlink),
    atimeNs: stats.atimeNs,
    mtimeNs: stats.mtimeNs,
    ctimeNs: stats.ctimeNs,
  };
}

function folderEntry(entry: Dirent): FolderEntry {
  return { name: entry.name, kind: kindOf(entry) };
}

function kindOf(item: Pick<BigIntStats, 'isFile' | 'isDirectory' | 'isSymbolicLink'>): FileKind {
  if (item.isFile()) return 'file';
  if (item.isDirectory()) return 'folder';
  return item.isSymbolicLink() ? 'link' : 'other';
}

function byNameBytewise(a: FolderEntry, b: FolderEntry): number {
  return Buffer.compare(Buffer.from(a.name), Buffer.from(b.name));
}

/** Node cuts to whole microseconds; half of one more keeps rounding from losing another. */
function seconds(nanoseconds: bigint): number {
  return (Number(nanoseconds / 1000n) + 0.5) / 1e6;
}
