/**
 * Whether a mail program has a profile open, as the program's own lock says (formats.md 1.4, design.md 6.6), never
 * as the presence of a file says. Asking creates and touches nothing: the lock file is opened for reading
 * (for writing on Windows, where that is the question), not read, and closed.
 */

import { posix, win32 } from 'node:path';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { codeOf } from '../repair/system-error.ts';
import type { FileLocks } from './file-locks.ts';
import { type Proc, systemProc } from './proc.ts';
import { findHolder, parseProcLocks } from './proc-locks.ts';
import { holderOfDeleted } from './processes.ts';

export interface LockState {
  /** `unknown`: it could not be asked. */
  state: 'free' | 'held' | 'unknown';
  /** Of the process that holds it; null also when the system does not tell. This process's own if it is mailmend. */
  pid: number | null;
  /** How this is known, or why not: one clause in plain words. */
  how: string;
}

/** `.parentlock`, or `parent.lock` on Windows. */
export function lockFile(profilePath: string, platform: NodeJS.Platform): string {
  return platform === 'win32'
    ? win32.join(profilePath, 'parent.lock')
    : posix.join(profilePath, '.parentlock');
}

/**
 * @param locks null where the system's locks cannot be asked: then /proc/locks answers on Linux, nothing elsewhere.
 * @param proc asked on Linux only.
 */
export function lockState(
  fs: ReadableFileSystem,
  locks: FileLocks | null,
  profilePath: string,
  platform: NodeJS.Platform = process.platform,
  proc: Proc = systemProc,
): LockState {
  const path = lockFile(fs.realPath(profilePath) ?? profilePath, platform);
  const linux = platform === 'linux' ? proc : null;
  let state: LockState;
  try {
    state = stateOfFile(fs.lstat(path), path, locks, linux);
  } catch (error) {
    return unknown(`its lock file cannot be looked at (${reasonOf(error)})`);
  }
  return (state.state === 'free' && linux !== null && deletedUnder(path, linux)) || state;
}

function stateOfFile(
  stat: FileStat | null,
  path: string,
  locks: FileLocks | null,
  proc: Proc | null,
): LockState {
  if (stat === null) return { state: 'free', pid: null, how: 'it has no lock file' };
  if (stat.kind !== 'file') return unknown(`its lock file is not a file (${stat.kind})`);
  if (locks === null) {
    return proc === null ? unknown('koffi, which asks the lock, is not here') : byProcLocks(stat, proc);
  }
  try {
    return answer(locks.holder(path), 'its lock was asked');
  } catch (error) {
    // Without permission to open the file /proc/locks still knows; it knows nothing of other machines, though.
    const listed = proc === null ? null : byProcLocks(stat, proc);
    const settled = listed?.state === 'held' || codeOf(error) === 'EACCES';
    return listed !== null && settled ? listed : unknown(`its lock cannot be asked (${reasonOf(error)})`);
  }
}

function byProcLocks(stat: FileStat, proc: Proc): LockState {
  const text = proc.text('locks');
  if (text === null) return unknown('/proc/locks cannot be read');
  const holder = findHolder(parseProcLocks(text), stat);
  if (holder === 'same-inode')
    return unknown('/proc/locks names a file like its lock file on another device');
  return answer(holder, '/proc/locks was read');
}

/** People are told to delete lock files; a program that runs on keeps its lock, on a file without a name. */
function deletedUnder(path: string, proc: Proc): LockState | null {
  const holder = holderOfDeleted(path, proc);
  if (holder === null) return null;
  return {
    state: 'held',
    pid: holder.pid,
    how: 'its lock file was deleted, but the program still has it open',
  };
}

const answer = (holder: { pid: number | null } | null, how: string): LockState =>
  holder === null ? { state: 'free', pid: null, how } : { state: 'held', pid: holder.pid, how };

const unknown = (how: string): LockState => ({ state: 'unknown', pid: null, how });

const reasonOf = (error: unknown): string => codeOf(error) ?? String(error);
