/**
 * `undo`: the runs of a profile, taking one back, and deleting what one keeps.
 */

import { readRuns } from '../repair/run.ts';
import { purge, type RunSummary, listRuns as summarise } from '../repair/runs.ts';
import { previewUndo, settle, undo } from '../repair/undo.ts';
import { lockState } from '../system/lock-state.ts';
import { commandLine } from './command-line.ts';
import type { Run, UndoDocument } from './documents/undo.ts';
import { readSelected } from './gather-facts.ts';
import { lockFor } from './locks.ts';
import { patience } from './patience.ts';
import { refuseForeignRun } from './plan-scope.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface RunsRequest {
  /** Of `--runs`; null: `.mailmend` beside the profile. */
  runs: string | null;
}

export function listRuns(world: World, selected: SelectedProfile, { runs }: RunsRequest): UndoDocument {
  return document(world, selected, runs, {});
}

/**
 * A cut in the first moments of the very first run leaves a folder beside the profile, and no run: this takes care of it.
 * @throws MailmendError PROFILE_IN_USE …, where there is such a folder.
 */
export async function settleRuns(
  world: World,
  selected: SelectedProfile,
  { runs }: RunsRequest,
): Promise<void> {
  if (runs !== null) return;
  const command = commandLine(['mailmend', 'undo', selected.path], world.platform);
  const { path } = selected;
  const profile = { path, device: '', inode: '' };
  await settle(world.fs, path, lockFor(world, { profile, operations: [] }, command));
}

/** @throws MailmendError NO_SUCH_RUN, UNDO_CONFLICT, PROFILE_IN_USE … */
export async function undoRun(
  world: World,
  selected: SelectedProfile,
  { runs, run }: RunsRequest & { run: string | null; signal: AbortSignal },
): Promise<UndoDocument> {
  await settleRuns(world, selected, { runs });
  const { run: chosen } = previewUndo(world.fs, run, { profile: selected.path, runs });
  refuseForeignRun(world, selected, chosen);
  const command = commandLine(['mailmend', 'undo', selected.path], world.platform);
  const result = await undo(world.fs, chosen.id, {
    profile: selected.path,
    runs,
    lock: lockFor(world, chosen.opened.plan, command),
    ...patience(world),
  });
  return document(world, selected, runs, { undone: result.run, kept: result.kept });
}

/** @throws MailmendError NO_SUCH_RUN, EARLIER_RUN_CUT_OFF. */
export function purgeRun(
  world: World,
  selected: SelectedProfile,
  { runs, run }: RunsRequest & { run: string },
): UndoDocument {
  purge(world.fs, selected.path, runs, run);
  return document(world, selected, runs, { purged: run });
}

function document(
  world: World,
  selected: SelectedProfile,
  runs: string | null,
  outcome: { undone?: string; purged?: string; kept?: UndoDocument['kept'] },
): UndoDocument {
  const profile = readSelected(world, selected);
  const lock = lockState(world.fs, world.locks, profile.path, world.platform);
  const steps = new Map(
    readRuns(world.fs, selected.path, runs).map((one) => [one.id, one.opened.plan.operations]),
  );
  return {
    schema: 'mailmend/undo@1',
    complete: true,
    profile: profileHeader(world, profile, lock, runs),
    runs: summarise(world.fs, selected.path, runs)
      .reverse()
      .map((one) => describe(one, [...new Set((steps.get(one.id) ?? []).map(({ path }) => path))])),
    undone: outcome.undone ?? null,
    purged: outcome.purged ?? null,
    kept: outcome.kept ?? [],
  };
}

function describe({ id, when, why, bytes, state }: RunSummary, paths: string[]): Run {
  const states: Record<RunSummary['state'], Run['state']> = {
    open: 'cut-off',
    undoing: 'cut-off',
    applied: 'done',
    'rolled-back': 'rolled-back',
    undone: 'undone',
    purged: 'purged',
    damaged: 'damaged',
  };
  return { id, when, why: why.join('; '), bytes, state: states[state], paths };
}
