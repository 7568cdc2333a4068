/**
 * Reading the folder of the runs, and saying so where it may not be read: after a call with sudo it can be root's.
 */

import { MailmendError } from '../repair/error.ts';
import { homeOf, runsOf } from '../repair/run-folder.ts';
import { codeOf } from '../repair/system-error.ts';
import { notYours } from './runs-place.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

/** @throws MailmendError RUNS_PLACE_UNSAFE (3). */
export function readableRuns<Result>(
  world: World,
  { path }: Pick<SelectedProfile, 'path'>,
  runs: string | null,
  read: () => Result,
): Result {
  try {
    return read();
  } catch (error) {
    if (error instanceof MailmendError || !isForbidden(error)) throw error;
    for (const folder of [homeOf(path, runs), runsOf(path, runs)]) {
      const stat = statOf(world, folder);
      if (stat !== null && stat.uid !== world.uid) throw notYours(world, folder, stat);
    }
    throw error;
  }
}

export const isForbidden = (error: unknown): boolean => ['EACCES', 'EPERM'].includes(codeOf(error) ?? '');

function statOf(world: World, folder: string): { uid: number } | null {
  try {
    return world.fs.stat(folder);
  } catch {
    return null;
  }
}
