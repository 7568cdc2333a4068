/**
 * The head of every document about a profile: which one, whose, in use, and which moment its files show.
 */

import type { Profile } from '../profile/profile.ts';
import { openRun } from '../repair/recovery.ts';
import type { LockState } from '../system/lock-state.ts';
import type { ProfileHeader } from './documents/profile-header.ts';
import { isForbidden } from './readable-runs.ts';
import type { World } from './world.ts';

export function profileHeader(
  world: World,
  profile: Profile,
  lock: LockState,
  runs: string | null = null,
): ProfileHeader {
  return {
    path: profile.path,
    name: profile.name,
    program: profile.program,
    version: profile.version,
    inUse: lock.state === 'held',
    pid: lock.pid,
    savedAt: profile.prefsText === null ? null : toIso(profile.prefsText.mtimeNs),
    unfinishedRun: unfinishedRun(world, profile.path, runs),
  };
}

/** A folder of runs that is not this user's is told by what needs it; it must not stop the looking. */
function unfinishedRun(world: World, profile: string, runs: string | null): string | null {
  try {
    return openRun(world.fs, profile, runs)?.id ?? null;
  } catch (error) {
    if (isForbidden(error)) return null;
    throw error;
  }
}

const toIso = (ns: bigint): string => new Date(Number(ns / 1_000_000n)).toISOString();
