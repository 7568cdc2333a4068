/**
 * Keeping the mail program out while a profile is read as a whole, without leaving a trace in it: its own lock is taken
 * where the lock file is there already, as programs leave it. Where there is none, none is made: the lock is asked before
 * and after.
 */

import { exitCode, MailmendError } from '../repair/error.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { FileLocks, HeldLock } from './file-locks.ts';
import { profileInUse } from './lock-refusals.ts';
import { type LockState, lockFile, lockState } from './lock-state.ts';
import { type Proc, systemProc } from './proc.ts';

export interface ReadingLock {
  /** False: the program can start meanwhile. */
  held: boolean;
  /** Whether it could be asked before. */
  known: boolean;
  /** @throws MailmendError PROFILE_IN_USE (3) when a program has it now. */
  stillFree(): void;
  release(): void;
}

export interface ReadingLockRequest {
  fs: ReadableFileSystem;
  locks: FileLocks | null;
  profilePath: string;
  platform: NodeJS.Platform;
  proc?: Proc;
  /** To run again once the program has quit. */
  command: string;
}

/** @throws MailmendError PROFILE_IN_USE (3). */
export function lockForReading(request: ReadingLockRequest): ReadingLock {
  const { fs, locks, profilePath, platform, proc = systemProc, command } = request;
  const ask = (): LockState => lockState(fs, locks, profilePath, platform, proc);
  const refuse = (by: LockState): void => {
    if (by.state === 'held') throw profileInUse(by, { platform, proc, command });
  };
  const before = ask();
  refuse(before);
  const path = lockFile(fs.realPath(profilePath) ?? profilePath, platform);
  const lock = take(fs, locks, path);
  // Somebody was faster.
  if (lock === 'taken') {
    refuse(ask());
    throw new MailmendError('PROFILE_IN_USE', exitCode.refused, 'Another program has this profile open.', [
      { say: 'Wait until it has finished, then run the same command again.', command },
    ]);
  }
  return {
    held: lock !== null,
    known: before.state !== 'unknown',
    stillFree() {
      if (lock === null) refuse(ask());
    },
    release: () => lock?.release(),
  };
}

/** Null: it cannot be taken, as without the right to write to the file. */
function take(fs: ReadableFileSystem, locks: FileLocks | null, path: string): HeldLock | 'taken' | null {
  try {
    if (locks === null || fs.lstat(path)?.kind !== 'file') return null;
    return locks.take(path) ?? 'taken';
  } catch {
    return null;
  }
}
