/**
 * Runs of a profile that do not lie beside it: they stayed behind when the profile alone was moved, as far as that was one
 * of the places where profiles are looked for, or were kept in the folder that mailmend offers.
 */

import { rulesFor } from '../profile/path-rules.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import { readRuns } from '../repair/run.ts';
import { homeOf } from '../repair/run-folder.ts';
import { offeredFolder } from './runs-place.ts';
import { rootsFor } from './select.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

/** Folders for `--runs`. */
export function findLeftBehind(world: World, { path }: SelectedProfile): string[] {
  const { dirname, join } = rulesFor(world.platform);
  const roots = rootsFor(world, world.given?.roots ?? []).map((root) => root.path);
  const parents = [...roots, ...roots.map((root) => join(root, 'Profiles')), dirname(dirname(path))];
  const homes = [...parents.map((parent) => join(parent, '.mailmend')), offeredFolder(world)].filter(
    (home) => home !== homeOf(path, null),
  );
  return [...new Set(homes)].filter((home) => {
    try {
      return readRuns(world.fs, path, home).some(({ state }) =>
        ['open', 'undoing', 'applied'].includes(state),
      );
    } catch {
      return false;
    }
  });
}

/** Only where no run lies beside the profile. @throws MailmendError NO_SUCH_RUN (2) that says where they are. */
export function refuseLeftBehind(world: World, selected: SelectedProfile, runs: string | null): void {
  if (runs !== null || hasRuns(world, selected)) return;
  const [home] = findLeftBehind(world, selected);
  if (home === undefined) return;
  const message = `No run lies beside this profile: its runs are in ${home}. Nothing was changed.`;
  throw new MailmendError('NO_SUCH_RUN', 2, message, [
    nextStep('To take the last of them back:', 'undo', selected.path, '--runs', home),
  ]);
}

function hasRuns(world: World, { path }: SelectedProfile): boolean {
  try {
    return readRuns(world.fs, path, null).length > 0;
  } catch {
    return true;
  }
}
