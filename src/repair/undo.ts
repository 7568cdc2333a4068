/**
 * Takes a run of a profile back: the last one, or any; also one that was cut off (design.md 6.3 to 6.5).
 * Belongs here: which run, whether it may be, and who is asked about conflicts. The doing is take-back.ts.
 */

import path from 'node:path';
import { conflictInWords, conflictName, type Decision, type KeyConflict } from './conflict.ts';
import { MailmendError, nextStep } from './error.ts';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { type Lock, whileLocked } from './lock.ts';
import { cutOffError, isCutOff } from './recovery.ts';
import type { Sleep } from './rename.ts';
import { type DamagedRun, type Run, readDamagedRuns, readForeignRuns, readRuns } from './run.ts';
import { isUnsettled, settleHome } from './run-folder.ts';
import { damagedError } from './runs.ts';
import type { Step } from './step.ts';
import { causeInWords, codeOf, nothingChanged } from './system-error.ts';
import { takeBack } from './take-back.ts';
import { type Kept, planUndo, type UndoPlan } from './undo-plan.ts';

export interface UndoOptions {
  /** Absolute path of the profile. */
  profile: string;
  /** The folder of `--runs`; null: `.mailmend` beside the profile. */
  runs: string | null;
  lock: Lock;
  /** Asked about each key that mailmend and the program have both changed. Without it a conflict is refused. */
  decide?: (conflict: KeyConflict) => Promise<Decision>;
  /** Stops between two steps; calling undo again goes on. */
  signal?: AbortSignal;
  onProgress?: (progress: UndoProgress) => void;
  /** Windows only: waits for whoever holds a file. */
  sleep?: Sleep;
}

export interface UndoProgress {
  done: number;
  total: number;
}

export interface UndoResult {
  run: string;
  kept: Kept[];
}

/**
 * @param wanted id of a run; null: the one that was cut off, else the last that is still in force.
 * @throws MailmendError NO_SUCH_RUN (2), UNDO_CONFLICT (3), EARLIER_RUN_CUT_OFF (5) when another run must go first, or
 * when this one could not be finished, INTERRUPTED (130).
 */
export function undo(
  fs: WritableFileSystem,
  wanted: string | null,
  options: UndoOptions,
): Promise<UndoResult> {
  const { sleep, signal, onProgress } = options;
  return whileLocked(options.lock, async () => {
    const { run, plan } = await choosePlan(fs, wanted, options).catch((error: unknown) => {
      throw nothingChanged(error);
    });
    // Later than this it is begun, and then told as one that goes on.
    if (signal?.aborted) throw new MailmendError('INTERRUPTED', 130, 'Interrupted. Nothing was changed.');
    try {
      await takeBack(fs, run, plan, { sleep, evenWithoutJournal: false, signal, onProgress });
    } catch (error) {
      if (error instanceof MailmendError && error.code === 'INTERRUPTED') throw interruptedError(run, error);
      if (codeOf(error) === null) throw error;
      throw cutOffError(run, `Taking back was cut short: ${causeInWords(error)}`, error);
    }
    const kept = new Map(run.kept.map((item) => [item.path, item]));
    return { run: run.id, kept: [...kept.values()] };
  });
}

function interruptedError(run: Run, cause: unknown): MailmendError {
  const message = `Interrupted: run ${run.id} is taken back in part. Nothing is lost; undo again finishes it.`;
  const next = [
    nextStep('Do this before the mail program is started.', 'undo', run.opened.plan.profile.path),
  ];
  return new MailmendError('INTERRUPTED', 130, message, next, cause);
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
  return { run, plan: await decidedPlan(fs, run, decide) };
}

/** What undo would do, for people to see first. Reads only. @throws as undo. */
export function previewUndo(
  fs: ReadableFileSystem,
  wanted: string | null,
  { profile, runs }: Pick<UndoOptions, 'profile' | 'runs'>,
): { run: Run; plan: UndoPlan } {
  const run = chooseRun(fs, profile, runs, wanted);
  const plan = planUndo(fs, run);
  return { run, plan: { ...plan, conflicts: [...conflictsOf(plan).values()] } };
}

function chooseRun(fs: ReadableFileSystem, profile: string, runs: string | null, wanted: string | null): Run {
  const all = readRuns(fs, profile, runs);
  const cutOff = all.find(isCutOff);
  const last = cutOff ?? all.findLast(({ state }) => state === 'applied');
  const chosen = wanted === null ? last : all.find(({ id }) => id === wanted);
  if (chosen === undefined || wanted === null)
    refuseIfDamaged(readDamagedRuns(fs, profile, runs), chosen ?? null, profile, wanted);
  if (chosen === undefined) {
    const foreign = readForeignRuns(fs, profile, runs);
    const meant = foreign.findLast(({ id }) => wanted === null || id === wanted);
    if (meant !== undefined) throw elsewhereError(fs, meant, profile);
    const said = wanted === null ? 'There is no run to take back.' : `There is no run ${wanted}.`;
    throw noSuchRun(said, profile);
  }
  if (cutOff !== undefined && chosen !== cutOff) throw cutOffError(cutOff);
  if (chosen !== cutOff && chosen.state !== 'applied')
    throw noSuchRun(`Run ${chosen.id} is ${stateInWords[chosen.state]}.`, profile);
  refuseIfShared(
    chosen,
    all.filter(({ id, state }) => id > chosen.id && state === 'applied'),
    profile,
  );
  return chosen;
}

/** The last one is meant when none is named, and it may be the one that cannot be read. One that was cut off goes first. */
function refuseIfDamaged(
  damaged: readonly DamagedRun[],
  chosen: Run | null,
  profile: string,
  wanted: string | null,
): void {
  const meant =
    wanted === null
      ? damaged.findLast(({ id }) => chosen === null || (!isCutOff(chosen) && id > chosen.id))
      : damaged.find(({ id }) => id === wanted);
  if (meant !== undefined) throw damagedError(meant, profile, chosen?.id);
}

/** Of another profile: the original of a copy, or one that lay here before. It is named where it is still there. */
function elsewhereError(fs: ReadableFileSystem, run: Run, profile: string): MailmendError {
  const { madeAt } = run;
  const original = String(fs.stat(madeAt)?.inode) === run.opened.plan.profile.inode;
  const which = original ? `the profile at ${madeAt}` : `another profile, which lay at ${madeAt} then`;
  const message = `Run ${run.id} changed ${which}, not this one. Nothing was changed here. What that run keeps lies in ${run.folder}.`;
  const next = original
    ? nextStep('To take it back there:', 'undo', madeAt, '--run', run.id)
    : nextStep('The runs are listed by:', 'undo', profile, '--list');
  return new MailmendError('UNDO_CONFLICT', 3, message, [next]);
}

const stateInWords: Record<Run['state'], string> = {
  open: 'cut off',
  applied: 'in force',
  'rolled-back': 'already rolled back',
  undoing: 'being taken back',
  undone: 'already taken back',
  purged: 'deleted: what it kept is gone',
};

/** Later runs rest on what earlier ones wrote: all that touched the same file are named, the newest first. */
function refuseIfShared(chosen: Run, later: readonly Run[], profile: string): void {
  const own = touchedBy(chosen);
  const sharing = later
    .map((run) => ({ run, shared: sharedPath(own, touchedBy(run)) }))
    .filter(({ shared }) => shared !== null)
    .reverse();
  if (sharing.length === 0) return;
  const list = sharing.map(({ run, shared }) => `run ${run.id} (${shared})`).join(', ');
  const message = `What run ${chosen.id} changed was changed again by mailmend since, in ${list}. Nothing was changed now.`;
  throw new MailmendError('UNDO_CONFLICT', 3, message, [
    ...sharing.map(({ run }, index) =>
      nextStep(index === 0 ? 'Take that back first:' : 'Then:', 'undo', profile, '--run', run.id),
    ),
    nextStep('And then this one:', 'undo', profile, '--run', chosen.id),
  ]);
}

function sharedPath(own: readonly string[], others: readonly string[]): string | null {
  return own.find((path) => others.some((other) => isInside(path, other) || isInside(other, path))) ?? null;
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
  const conflicts = conflictsOf(open);
  if (conflicts.size === 0) return open;
  if (decide === undefined) throw conflictError(run, [...conflicts.values()]);
  const takeBacks = new Set<string>();
  for (const [name, conflict] of conflicts) if ((await decide(conflict)) === 'take-back') takeBacks.add(name);
  return planUndo(fs, run, (conflict) => (takeBacks.has(conflictName(conflict)) ? 'take-back' : 'keep'));
}

/** A key that the run changed twice is one conflict: that of the last change, which comes first. */
function conflictsOf({ conflicts }: UndoPlan): Map<string, KeyConflict> {
  return new Map([...conflicts].reverse().map((conflict) => [conflictName(conflict), conflict]));
}

function conflictError(run: Run, conflicts: readonly KeyConflict[]): MailmendError {
  const list = conflicts.map(conflictInWords);
  const message = `Changed again since the repair, so nothing was taken back: ${list.join('; ')}.`;
  const undo = ['undo', run.opened.plan.profile.path, '--run', run.id, '--apply', '--conflicts'];
  return new MailmendError('UNDO_CONFLICT', 3, message, [
    nextStep('To leave these as they are now, and take the rest back:', ...undo, 'keep'),
    nextStep('To put back what was before the repair:', ...undo, 'take-back'),
  ]);
}

function noSuchRun(message: string, profile: string): MailmendError {
  return new MailmendError('NO_SUCH_RUN', 2, message, [
    nextStep('See the runs there are.', 'undo', profile, '--list'),
  ]);
}
