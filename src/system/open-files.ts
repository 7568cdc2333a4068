/**
 * Which other programs have files of a profile open for writing, or locked, at this moment (formats.md D21;
 * providers.md D23). Linux tells it in /proc, of this user's processes; of others only the locks. Elsewhere nothing is
 * known. The mail programs themselves are left out, and so is who only reads: that hinders nobody there.
 * Reads only; no file of the profile is opened, no process is spoken to.
 */

import { posix } from 'node:path';
import type { WrittenFile } from '../profile/written-files.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type Proc, systemProc } from './proc.ts';
import { deviceNumbers, parseProcLocks } from './proc-locks.ts';
import { isMailProgram, whoHolds } from './processes.ts';

export interface OpenFile {
  pid: number;
  /** Of the program. Its command line may hold secrets, and is not told. Not yet fit for a terminal. */
  name: string;
  /** As in the list that was asked for. */
  path: string;
  how: 'locked' | 'writing';
}

/** A process may have hundreds of handles; a computer with more than this in all is asked only in part. */
const maxHandles = 20_000;

/** By process and path. Never throws. @param files folders among them are passed over. */
export function openFiles(
  fs: ReadableFileSystem,
  files: readonly WrittenFile[],
  proc: Proc = systemProc,
): OpenFile[] {
  const plain = files.filter(({ stat }) => stat.kind === 'file');
  const found = new Map<string, OpenFile>();
  for (const { pid, path, how } of [...handlesOn(fs, plain, proc), ...locksOn(plain, proc)]) {
    const key = `${pid} ${path}`;
    if (pid === process.pid || found.get(key)?.how === 'locked' || isMailProgram(pid, proc)) continue;
    found.set(key, { pid, name: whoHolds(pid, proc)?.name ?? 'another program', path, how });
  }
  return [...found.values()].sort(
    (a, b) => a.pid - b.pid || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
}

type Use = Omit<OpenFile, 'name'>;

function* handlesOn(fs: ReadableFileSystem, files: readonly WrittenFile[], proc: Proc): Generator<Use> {
  const paths = realPaths(fs, files);
  let left = maxHandles;
  for (const name of paths.size === 0 ? [] : proc.names('')) {
    if (!/^\d+$/.test(name)) continue;
    for (const handle of proc.names(`${name}/fd`)) {
      if (left === 0) return;
      left -= 1;
      const target = proc.link(`${name}/fd/${handle}`);
      // Beside an SQLite database lie the files of its open transactions, which say the same of it.
      const path = target === null ? undefined : paths.get(target.replace(/-(?:wal|shm|journal)$/, ''));
      if (path === undefined) continue;
      const how = useOf(proc.text(`${name}/fdinfo/${handle}`) ?? '');
      if (how !== null) yield { pid: Number(name), path, how };
    }
  }
}

/** The files by what /proc calls them. A file that is itself a link is known by its locks only. */
function realPaths(fs: ReadableFileSystem, files: readonly WrittenFile[]): Map<string, string> {
  const folders = new Map<string, string | null>();
  const paths = new Map<string, string>();
  for (const { path } of files) {
    const folder = posix.dirname(path);
    if (!folders.has(folder)) folders.set(folder, fs.realPath(folder));
    const real = folders.get(folder) ?? null;
    if (real !== null) paths.set(posix.join(real, posix.basename(path)), path);
  }
  return paths;
}

/** Of proc_pid_fdinfo(5): the access mode is in the two lowest bits of `flags`; `lock:` lines are those of /proc/locks. */
function useOf(info: string): OpenFile['how'] | null {
  const locks = info.replace(/^lock:\t/gm, '');
  if (parseProcLocks(locks).some(({ kind }) => isFcntl(kind))) return 'locked';
  const flags = Number.parseInt(/^flags:\s*([0-7]+)$/m.exec(info)?.[1] ?? '0', 8);
  return (flags & 3) === 0 ? null : 'writing';
}

function* locksOn(files: readonly WrittenFile[], proc: Proc): Generator<Use> {
  const locks = parseProcLocks(proc.text('locks') ?? '').filter(({ kind }) => isFcntl(kind));
  if (locks.length === 0) return;
  const paths = new Map(
    files.map(({ path, stat }) => {
      const { major, minor } = deviceNumbers(stat.device);
      return [`${major}:${minor}:${stat.inode}`, path];
    }),
  );
  for (const { pid, major, minor, inode } of locks) {
    const path = paths.get(`${major}:${minor}:${inode}`);
    if (path !== undefined && pid !== null) yield { pid, path, how: 'locked' };
  }
}

/** The kinds that mail programs and SQLite take, and so are shut out by. */
const isFcntl = (kind: string): boolean => kind === 'POSIX' || kind === 'OFDLCK';
