/**
 * Holding a profile's lock while mailmend writes (design.md 6.6): the program's own lock, so that a program which is
 * started meanwhile says "already running" instead of opening a profile in the middle of a repair.
 * Whether somebody else has it: lock-state.ts.
 */

import { MailmendError } from '../repair/error.ts';
import type { WritableFileSystem } from '../repair/file-system.ts';
import { causeInWords } from '../repair/system-error.ts';
import type { FileLocks } from './file-locks.ts';
import { cannotLock, profileInUse, withoutKoffi } from './lock-refusals.ts';
import { type LockState, lockFile, lockState } from './lock-state.ts';
import { makeLockFile, takeLockFileAway } from './own-lock-file.ts';
import { type Proc, systemProc } from './proc.ts';

export interface ProfileLock {
  /** The lock file. */
  path: string;
  /** The profile had no lock file of a program's: `release` takes it away again, and after a cut the next lock does. */
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
    const made = makeLockFile(fs, folder, path);
    const held = locks.take(path);
    // Somebody was faster. A lock file just created is theirs now.
    if (held === null) throw inUse(state());
    return {
      path,
      created: made !== null,
      release() {
        if (made !== null) takeLockFileAway(fs, folder, path, made);
        held.release();
      },
    };
  } catch (error) {
    if (error instanceof MailmendError) throw error;
    throw cannotLock(causeInWords(error), command, error);
  }
}
