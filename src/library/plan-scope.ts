/**
 * Where a plan or a journal may reach: the profile, and the folder of the registry that lists it. Both are files that
 * somebody else may have made (design.md 6.11).
 */

import { rulesFor } from '../profile/path-rules.ts';
import { MailmendError } from '../repair/error.ts';
import type { Plan } from '../repair/operation.ts';
import type { Run } from '../repair/run.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

/** @throws MailmendError PLAN_INVALID (3) when the plan declares any other folder. */
export function refuseForeignFolders(world: World, selected: SelectedProfile, plan: Plan): void {
  const own = ownFolders(world, selected);
  const foreign = plan.folders.find((folder) => !own.includes(realPath(world, folder)));
  if (foreign !== undefined) throw reachesOut(foreign, selected);
}

/** The same for what the journal of a run names: every path that taking it back writes. @throws MailmendError PLAN_INVALID (3). */
export function refuseForeignRun(world: World, selected: SelectedProfile, run: Run): void {
  const allowed = [...ownFolders(world, selected), realPath(world, run.folder)];
  const paths = run.opened.steps.flatMap((step) => {
    if (step.step === 'rename') return [step.from, step.to];
    return step.step === 'place' ? [step.path, step.staged, step.image] : [step.path];
  });
  paths.push(...run.opened.folders.map(({ path }) => path));
  const foreign = paths.find((path) => !allowed.some((folder) => lies(world, path, folder)));
  if (foreign !== undefined) throw reachesOut(foreign, selected);
}

function ownFolders(world: World, { path, root }: SelectedProfile): string[] {
  return [path, ...(root === null ? [] : [root.path])].map((folder) => realPath(world, folder));
}

/** The parent is resolved, since the thing itself may be gone. */
function lies(world: World, path: string, folder: string): boolean {
  const { basename, dirname, isAbsolute, join, relative, sep } = rulesFor(world.platform);
  if (!isAbsolute(path)) return false;
  const way = relative(folder, join(realPath(world, dirname(path)), basename(path)));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

const realPath = (world: World, path: string): string => world.fs.realPath(path) ?? path;

function reachesOut(path: string, { path: profile }: SelectedProfile): MailmendError {
  return new MailmendError(
    'PLAN_INVALID',
    3,
    `It would change ${path}, which belongs neither to the profile ${profile} nor to the folder that lists it. Nothing was changed.`,
  );
}
