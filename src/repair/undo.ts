/**
 * Takes a run of a profile back: the last one, or any; also one that was cut off (design.md 6.3 to 6.5).
 * Belongs here: which run, whether it may be, and who is asked about conflicts. The doing is take-back.ts.
 */

import path from 'node:path';
import type { Decision, KeyConflict } from './edit.ts';
import { MailmendError } from './error.ts';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { type Lock, whileLocked } from './lock.ts';
import { cutOffError, isCutOff } from './recovery.ts';
import type { Sleep } from './rename.ts';
import { type DamagedRun, type Run, readDamagedRuns, readRuns } from './run.ts';
import { isUnsettled, settleHome } from './run-folder.ts';
import { damagedError } from './runs.ts';
import type { Step } from './step.ts';
import { causeInWords, codeOf, nothingChanged } from './system-error.ts';
import { takeBack } from './take-back.ts';
import { type Kept, planUndo, type UndoPlan } from './undo-plan.ts';
import { shownValue } from './visible.ts';

export interface UndoOptions {
  /** Absolute path of the profile. */
  profile: string;
  /** The folder of `--runs`; null: `.mailmend` beside the profile. */
  runs: string | null;
  lock: Lock;
  /** Asked about each key that mailmend and the program have both changed. Without it a conflict is refused. */
  decide?: (conflict: KeyConflict) => Promise<Decision>;
  /** Windows only: waits for whoever holds a file. */
  sleep?: Sleep;
}

export interface UndoResult {
  run: string;
  kept: Kept[];
}

/**
 * @param wanted id of a run; null: the one that was cut off, else the last that is still in force.
 * @throws MailmendError NO_SUCH_RUN (2), UNDO_CONFLICT (3), EARLIER_RUN_CUT_OFF (5) when another run must go first, or
 * when this one could not be finished.
 */
export function undo(
  fs: WritableFileSystem,
  wanted: string | null,
  options: UndoOptions,
): Promise<UndoResult> {
  const { sleep } = options;
  return whileLocked(options.lock, async () => {
    const { run, plan } = await choosePlan(fs, wanted, options).catch((error: unknown) => {
      throw nothingChanged(error);
    });
    try {
      await takeBack(fs, run, plan, { sleep, evenWithoutJournal: false });
    } catch (error) {
      if (codeOf(error) === null) throw error;
      throw cutOffError(run, `Taking back was cut short: ${causeInWords(error)}`, error);
    }
    const kept = new Map(run.kept.map((item) => [item.path, item]));
    return { run: run.id, kept: [...kept.values()] };
  });
}

/** Finishes what a cut left before there was a run to take back; locks only if there is such a thing. @throws as undo. */
export async function settle(fs: WritableFileSystem, profile: string, lock: Lock): Promise<void> {
  if (!isUnsettled(fs, profile)) return;
  await whileLocked(lock, async () => settleHome(fs, profile));
}

async function choosePlan(
  fs: WritableFileSystem,
  wanted: string | null,
  { profile, runs, decide }: UndoOptions,
): Promise<{ run: Run; plan: UndoPlan }> {
  if (runs === null) settleHome(fs, profile);
  const run = chooseRun(fs, profile, runs, wanted);
  refuseIfElsewhere(fs, run, profile);
  return { run, plan: await decidedPlan(fs, run, decide) };
}

/** What undo would do, for people to see first. Reads only. @throws as undo. */
export function previewUndo(
  fs: ReadableFileSystem,
  wanted: string | null,
  { profile, runs }: Pick<UndoOptions, 'profile' | 'runs'>,
): { run: Run; plan: UndoPlan } {
  const run = chooseRun(fs, profile, runs, wanted);
  return { run, plan: planUndo(fs, run) };
}

function chooseRun(fs: ReadableFileSystem, profile: string, runs: string | null, wanted: string | null): Run {
  const all = readRuns(fs, profile, runs);
  const cutOff = all.find(isCutOff);
  const last = cutOff ?? all.findLast(({ state }) => state === 'applied');
  const chosen = wanted === null ? last : all.find(({ id }) => id === wanted);
  if (chosen === undefined || wanted === null)
    refuseIfDamaged(readDamagedRuns(fs, profile, runs), chosen ?? null, wanted);
  if (chosen === undefined)
    throw noSuchRun(wanted === null ? 'There is no run to take back.' : `There is no run ${wanted}.`);
  if (cutOff !== undefined && chosen !== cutOff) throw cutOffError(cutOff);
  if (chosen !== cutOff && chosen.state !== 'applied')
    throw noSuchRun(`Run ${chosen.id} is ${stateInWords[chosen.state]}.`);
  const later = all.filter(({ id, state }) => id > chosen.id && state === 'applied');
  for (const run of later) refuseIfShared(chosen, run);
  return chosen;
}

/** The last one is meant when none is named, and it may be the one that cannot be read. One that was cut off goes first. */
function refuseIfDamaged(damaged: readonly DamagedRun[], chosen: Run | null, wanted: string | null): void {
  const meant =
    wanted === null
      ? damaged.findLast(({ id }) => chosen === null || (!isCutOff(chosen) && id > chosen.id))
      : damaged.find(({ id }) => id === wanted);
  if (meant !== undefined) throw damagedError(meant, chosen?.id);
}

/** A run knows its files by their paths of then. */
function refuseIfElsewhere(fs: ReadableFileSystem, run: Run, profile: string): void {
  const { path: then } = run.opened.plan.profile;
  if (then === profile || fs.stat(then)?.inode === fs.stat(profile)?.inode) return;
  const message = `Run ${run.id} was made when the profile was at ${then}; it can be taken back there. Nothing was changed.`;
  throw new MailmendError('UNDO_CONFLICT', 3, message);
}

const stateInWords: Record<Run['state'], string> = {
  open: 'cut off',
  applied: 'in force',
  'rolled-back': 'already rolled back',
  undoing: 'being taken back',
  undone: 'already taken back',
  purged: 'deleted: what it kept is gone',
};

function refuseIfShared(chosen: Run, later: Run): void {
  const laterPaths = touchedBy(later);
  const shared = touchedBy(chosen).find((own) =>
    laterPaths.some((other) => isInside(own, other) || isInside(other, own)),
  );
  if (shared === undefined) return;
  const message = `Run ${later.id} is later and changed ${shared}, too. Take that one back first. Nothing was changed.`;
  throw new MailmendError('UNDO_CONFLICT', 3, message, [
    { say: 'Take the later run back first.', command: `mailmend undo --run ${later.id}` },
  ]);
}

/** Paths that a run changed, without those in its own folder. */
function touchedBy(run: Run): string[] {
  const paths = run.opened.steps.flatMap((step: Step) =>
    step.step === 'rename' ? [step.from, step.to] : [step.path],
  );
  return paths.filter((touched) => !isInside(path.dirname(run.folder), touched));
}

async function decidedPlan(
  fs: WritableFileSystem,
  run: Run,
  decide: UndoOptions['decide'],
): Promise<UndoPlan> {
  const open = planUndo(fs, run);
  // A key that the run changed twice is one conflict: that of the last change, which comes first.
  const conflicts = new Map([...open.conflicts].reverse().map((conflict) => [nameOf(conflict), conflict]));
  if (conflicts.size === 0) return open;
  if (decide === undefined) throw conflictError([...conflicts.values()]);
  const takeBacks = new Set<string>();
  for (const [name, conflict] of conflicts) if ((await decide(conflict)) === 'take-back') takeBacks.add(name);
  return planUndo(fs, run, (conflict) => (takeBacks.has(nameOf(conflict)) ? 'take-back' : 'keep'));
}

function nameOf({ path: file, key }: KeyConflict): string {
  return `${file}\0${key}`;
}

function conflictError(conflicts: readonly KeyConflict[]): MailmendError {
  const list = conflicts.map(
    ({ path: file, key, before, ours, theirs }) =>
      `${file}: ${key} was ${shownValue(key, before)}, mailmend made it ${shownValue(key, ours)}, now it is ${shownValue(key, theirs)}`,
  );
  const message = `Changed again since the repair, so nothing was taken back: ${list.join('; ')}.`;
  return new MailmendError('UNDO_CONFLICT', 3, message);
}

function noSuchRun(message: string): MailmendError {
  return new MailmendError('NO_SUCH_RUN', 2, message, [
    { say: 'See the runs there are.', command: 'mailmend undo --list' },
  ]);
}
