/**
 * `undo`: the runs of a profile, and taking one back. Deleting what one keeps is purge.ts.
 */

import { conflictValues, type Decision, type KeyConflict } from '../repair/conflict.ts';
import { whileLocked } from '../repair/lock.ts';
import { type Run as EngineRun, readRuns } from '../repair/run.ts';
import { type RunSummary, listRuns as summarise } from '../repair/runs.ts';
import { previewUndo, settle, type UndoProgress, undo } from '../repair/undo.ts';
import { lockFile, lockState } from '../system/lock-state.ts';
import { hasOwnLockFile } from '../system/own-lock-file.ts';
import { nextCommand } from './command-line.ts';
import type { Conflict, Run, UndoDocument } from './documents/undo.ts';
import { readSelected } from './gather-facts.ts';
import { findLeftBehind, refuseLeftBehind } from './left-behind.ts';
import { lockFor } from './locks.ts';
import { patience } from './patience.ts';
import { refuseForeignRun } from './plan-scope.ts';
import { profileHeader } from './profile-header.ts';
import { readableRuns } from './readable-runs.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface RunsRequest {
  /** Of `--runs`; null: `.mailmend` beside the profile. */
  runs: string | null;
}

export interface UndoRequest extends RunsRequest {
  run: string | null;
  signal: AbortSignal;
  onProgress?: (progress: UndoProgress) => void;
  /** For what both the repair and somebody else have changed; without it such a run is refused. */
  decide?: (conflict: Conflict) => Decision;
  /** The words of the same command. */
  again?: readonly string[];
}

/** @throws MailmendError RUNS_PLACE_UNSAFE where they cannot be read. */
export function listRuns(world: World, selected: SelectedProfile, { runs }: RunsRequest): UndoDocument {
  return undoDocument(world, selected, runs, {});
}

/**
 * What taking a run back would meet; nothing is written.
 * @throws MailmendError as undoRun, but for the lock.
 */
export function previewRun(
  world: World,
  selected: SelectedProfile,
  { runs, run }: RunsRequest & { run: string | null },
): UndoDocument {
  const { plan, run: chosen } = choose(world, selected, { runs, run });
  refuseForeignRun(world, selected, chosen);
  return undoDocument(world, selected, runs, { conflicts: plan.conflicts.map(shown), kept: plan.kept });
}

/**
 * A cut in the first moments of a run leaves a lock file in the profile, of the very first run a folder beside it, and no
 * run: this takes care of them.
 * @throws MailmendError PROFILE_IN_USE …, where there is one of them.
 */
export async function settleRuns(
  world: World,
  selected: SelectedProfile,
  { runs }: RunsRequest,
): Promise<void> {
  const { path } = selected;
  const profile = { path, device: '', inode: '' };
  const lock = lockFor(world, { profile, operations: [] }, nextCommand(world, 'undo', path, '--apply'));
  if (runs === null) await settle(world.fs, path, lock);
  const folder = world.fs.realPath(path) ?? path;
  // Locking and releasing takes it away.
  if (hasOwnLockFile(world.fs, folder, lockFile(folder, world.platform)))
    await whileLocked(lock, async () => undefined);
}

/** @throws MailmendError NO_SUCH_RUN, UNDO_CONFLICT, PROFILE_IN_USE, INTERRUPTED … */
export async function undoRun(
  world: World,
  selected: SelectedProfile,
  request: UndoRequest,
): Promise<UndoDocument> {
  const { runs, run, signal, onProgress, decide } = request;
  await settleRuns(world, selected, { runs });
  const { run: chosen } = choose(world, selected, { runs, run });
  refuseForeignRun(world, selected, chosen);
  const again = request.again ?? ['undo', selected.path, '--run', chosen.id, '--apply'];
  const result = await undo(world.fs, chosen.id, {
    profile: selected.path,
    runs,
    lock: lockFor(world, chosen.opened.plan, nextCommand(world, ...again)),
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(decide === undefined ? {} : { decide: async (conflict) => decide(shown(conflict)) }),
    ...patience(world),
  });
  return undoDocument(world, selected, runs, { undone: result.run, kept: result.kept });
}

/** @throws MailmendError of previewUndo; told where the runs are when the profile alone was moved. */
function choose(
  world: World,
  selected: SelectedProfile,
  { runs, run }: RunsRequest & { run: string | null },
): ReturnType<typeof previewUndo> {
  refuseLeftBehind(world, selected, runs);
  return readableRuns(world, selected, runs, () =>
    previewUndo(world.fs, run, { profile: selected.path, runs }),
  );
}

function shown(conflict: KeyConflict): Conflict {
  const { path, key } = conflict;
  return { path, key, ...conflictValues(conflict) };
}

export function undoDocument(
  world: World,
  selected: SelectedProfile,
  runs: string | null,
  outcome: Partial<Omit<UndoDocument, 'schema' | 'complete' | 'profile' | 'runs'>>,
): UndoDocument {
  const profile = readSelected(world, selected);
  const lock = lockState(world.fs, world.locks, profile.path, world.platform);
  const { summaries, own } = readableRuns(world, selected, runs, () => ({
    summaries: summarise(world.fs, selected.path, runs),
    own: readRuns(world.fs, selected.path, runs),
  }));
  return {
    schema: 'mailmend/undo@1',
    complete: true,
    profile: profileHeader(world, profile, lock, runs),
    runs: summaries.reverse().map((one) => describe(one, own)),
    leftBehind: runs === null && own.length === 0 ? findLeftBehind(world, selected) : [],
    conflicts: [],
    undone: null,
    purged: null,
    deleted: [],
    toDelete: [],
    goes: [],
    needed: [],
    kept: [],
    ...outcome,
  };
}

const states: Record<RunSummary['state'], Run['state']> = {
  open: 'cut-off',
  undoing: 'cut-off',
  applied: 'done',
  'rolled-back': 'rolled-back',
  undone: 'undone',
  purged: 'purged',
  damaged: 'damaged',
  elsewhere: 'elsewhere',
};

function describe({ id, when, why, bytes, state, madeAt }: RunSummary, own: readonly EngineRun[]): Run {
  const operations = own.find((run) => run.id === id)?.opened.plan.operations ?? [];
  const paths = [...new Set(operations.map(({ path }) => path))];
  return { id, when, why: why.join('; '), bytes, state: states[state], paths, madeAt };
}
