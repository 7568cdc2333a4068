/**
 * The file system as mailmend needs it: a port, so that tests can hand in memfs, a plan can be tried on an
 * overlay before anything is written, and a fault-injecting one can cut the power at any operation.
 * Synchronous on purpose: an operation either happened or it did not.
 * Belongs here: the types only. The real one is node-file-system.ts.
 */

export type FileKind = 'file' | 'folder' | 'link' | 'other';

export interface FileStat {
  kind: FileKind;
  /** Bytes. */
  size: number;
  /** Permission bits only (0o7777). */
  mode: number;
  uid: number;
  gid: number;
  device: bigint;
  inode: bigint;
  links: number;
  /** Nanoseconds since 1970. */
  atimeNs: bigint;
  mtimeNs: bigint;
  ctimeNs: bigint;
}

export interface FolderEntry {
  name: string;
  kind: FileKind;
}

/** Never writes, never follows the last link of a path unless it says so. */
export interface ReadableFileSystem {
  /** Null when nothing is there. @throws the system's error for anything else (EACCES, EIO …). */
  lstat(path: string): FileStat | null;
  /** As lstat, but follows links; null also for a dangling link or a loop of links. */
  stat(path: string): FileStat | null;
  /** At most `limit` bytes from `offset`, to the end of the file without `limit`. */
  readFile(path: string, options?: { offset?: number; limit?: number }): Uint8Array;
  /** Sorted by name, bytewise. */
  readFolder(path: string): FolderEntry[];
  readLink(path: string): string;
  /** Null when it cannot be resolved. */
  realPath(path: string): string | null;
}

/** An open file being written. */
export type Handle = number;

export interface WritableFileSystem extends ReadableFileSystem {
  /** Creates a file that must not exist yet (O_EXCL). */
  createFile(path: string, mode: number): Handle;
  /** Opens an existing file for appending. */
  openToAppend(path: string): Handle;
  /** May write less than it is given: the caller loops. */
  write(handle: Handle, bytes: Uint8Array): number;
  sync(handle: Handle): void;
  close(handle: Handle): void;
  syncFolder(path: string): void;
  rename(from: string, to: string): void;
  link(from: string, to: string): void;
  unlink(path: string): void;
  makeFolder(path: string, mode: number): void;
  removeFolder(path: string): void;
  setMode(path: string, mode: number): void;
  setOwner(path: string, uid: number, gid: number): void;
  /** Does not follow links; keeps nanoseconds where the system can, see `keepsNanoseconds`. */
  setTimes(path: string, times: { atimeNs: bigint; mtimeNs: bigint }): void;
  /** Extended attributes by name; empty where the system has none. */
  extendedAttributes(path: string): Map<string, Uint8Array>;
  setExtendedAttribute(path: string, name: string, value: Uint8Array): void;
  readonly keepsNanoseconds: boolean;
}
