/**
 * Holding a profile's lock while mailmend writes (design.md 6.6): the program's own lock, so that a program which is
 * started meanwhile says "already running" instead of opening a profile in the middle of a repair.
 * Whether somebody else has it: lock-state.ts.
 */

import { MailmendError } from '../repair/error.ts';
import type { FileStat, WritableFileSystem } from '../repair/file-system.ts';
import { causeInWords } from '../repair/system-error.ts';
import type { FileLocks } from './file-locks.ts';
import { cannotLock, profileInUse, withoutKoffi } from './lock-refusals.ts';
import { type LockState, lockFile, lockState } from './lock-state.ts';
import { type Proc, systemProc } from './proc.ts';

export interface ProfileLock {
  /** The lock file. */
  path: string;
  /**
   * The profile had no lock file: `release` takes it away again. Worth a line in the journal, so that undo
   * after a cut can do it.
   */
  created: boolean;
  /** Gives the lock back. Never throws; twice does no harm. */
  release(): void;
}

export interface LockRequest {
  fs: WritableFileSystem;
  /** Of systemLocks(). */
  locks: FileLocks | null;
  profilePath: string;
  platform?: NodeJS.Platform;
  proc?: Proc;
  /** The command to run again once the program has quit. */
  command?: string;
}

/**
 * Locks the profile for writing, without waiting. The profile's folder keeps its times.
 * @throws MailmendError with exit 3: PROFILE_IN_USE, or LOCK_UNAVAILABLE when that cannot be made sure of.
 */
export function acquireProfileLock(request: LockRequest): ProfileLock {
  const { fs, locks, profilePath, platform = process.platform, proc = systemProc, command } = request;
  const state = () => lockState(fs, locks, profilePath, platform, proc);
  const inUse = (by: LockState) => profileInUse(by, { platform, proc, command });
  if (locks === null) throw withoutKoffi();
  const before = state();
  if (before.state === 'held') throw inUse(before);
  if (before.state === 'unknown') throw cannotLock(before.how, command);

  const folder = fs.realPath(profilePath) ?? profilePath;
  const path = lockFile(folder, platform);
  try {
    const created = createIfAbsent(fs, folder, path);
    const held = locks.take(path);
    // Somebody was faster. A lock file just created is theirs now.
    if (held === null) throw inUse(state());
    return {
      path,
      created: created !== null,
      release() {
        if (created !== null) takeAway(fs, folder, path, created);
        held.release();
      },
    };
  } catch (error) {
    if (error instanceof MailmendError) throw error;
    throw cannotLock(causeInWords(error), command, error);
  }
}

/** The new lock file, empty as the programs make it; null when there is one already. */
function createIfAbsent(fs: WritableFileSystem, folder: string, path: string): FileStat | null {
  if (fs.lstat(path) !== null) return null;
  return keepingTimes(fs, folder, () => {
    fs.close(fs.createFile(path, 0o644));
    return fs.lstat(path);
  });
}

/** While the lock is still held. What cannot be taken away stays: empty, and without meaning to any program. */
function takeAway(fs: WritableFileSystem, folder: string, path: string, created: FileStat): void {
  try {
    const now = fs.lstat(path);
    if (now?.inode !== created.inode || now.device !== created.device || now.size !== 0) return;
    keepingTimes(fs, folder, () => fs.unlink(path));
  } catch {
    // The lock itself must be given back in any case.
  }
}

function keepingTimes<T>(fs: WritableFileSystem, folder: string, change: () => T): T {
  const before = fs.lstat(folder);
  const result = change();
  if (before !== null) fs.setTimes(folder, before);
  return result;
}
