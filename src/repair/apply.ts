/**
 * Carries a plan out: journal first, then new content where it waits, then step by step, then verify. Whatever fails on
 * the way, and whoever interrupts it, the tree is as before (design.md 3: exit 4 and 130).
 * Belongs here: the order, and what an error means. Single steps are carry-out.ts, taking back is take-back.ts.
 */

import path from 'node:path';
import { breathe } from './breathe.ts';
import { carryOut, stage } from './carry-out.ts';
import { MailmendError } from './error.ts';
import type { WritableFileSystem } from './file-system.ts';
import { discardJournal, openJournal } from './journal.ts';
import { type Lock, whileLocked } from './lock.ts';
import { present } from './metadata.ts';
import type { Plan } from './operation.ts';
import { checkPreconditions } from './plan.ts';
import { type Prepared, prepare } from './prepare.ts';
import { cutOffError, isCutOff } from './recovery.ts';
import type { Sleep } from './rename.ts';
import { type Run, readRuns, record, runFrom } from './run.ts';
import { makeRunFolder, runsOf, settleHome } from './run-folder.ts';
import { newRunId } from './run-id.ts';
import type { Step } from './step.ts';
import { causeInWords, nothingChanged } from './system-error.ts';
import { foldersNow, removeIfThere, takeBack } from './take-back.ts';
import { planUndo } from './undo-plan.ts';

export interface Progress {
  done: number;
  total: number;
  step: Step;
}

export interface ApplyOptions {
  /** The folder of `--runs`; null: `.mailmend` beside the profile. */
  runs: string | null;
  lock: Lock;
  now: () => Date;
  /** Looks at the written profile while the lock is held. @returns why the run must not stay, or null. */
  verify?: () => Promise<string | null>;
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
  /** Windows only: waits for whoever holds a file. */
  sleep?: Sleep;
}

export interface ApplyResult {
  /** Null when there was nothing to do and never had been. */
  run: string | null;
  /** False: everything was already as the plan wants it. */
  applied: boolean;
}

/**
 * @throws MailmendError: exit 3 refused, nothing changed; exit 4 failed and rolled back; exit 5 an earlier run was cut
 * off, or this one could not be rolled back; exit 130 interrupted and rolled back.
 */
export function apply(fs: WritableFileSystem, plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  return whileLocked(options.lock, () => applyLocked(fs, plan, options).catch(rethrow));
}

async function applyLocked(fs: WritableFileSystem, plan: Plan, options: ApplyOptions): Promise<ApplyResult> {
  const earlier = readRuns(fs, plan.profile.path, options.runs);
  const cutOff = earlier.find(isCutOff);
  if (cutOff !== undefined) throw cutOffError(cutOff);
  try {
    checkPreconditions(fs, plan);
  } catch (error) {
    const same = earlier.findLast(({ state }) => state === 'applied');
    if (same?.opened.plan.id !== plan.id || !planUndo(fs, same).untouched) throw error;
    return { run: same.id, applied: false };
  }
  const id = newRunId(options.now(), plan.id, earlier.at(-1)?.id ?? null);
  const prepared = prepare(fs, plan, path.join(runsOf(plan.profile.path, options.runs), id));
  if (prepared.steps.length === 0) return { run: null, applied: false };
  const run = begin(fs, plan, prepared, id, options);
  try {
    await carryOutAll(fs, run, prepared, options);
  } catch (error) {
    await rollBack(fs, run, error, options.sleep);
    throw error;
  }
  return { run: id, applied: true };
}

/** @throws MailmendError WRITE_FAILED: nothing has been changed. */
function begin(
  fs: WritableFileSystem,
  plan: Plan,
  prepared: Prepared,
  id: string,
  options: ApplyOptions,
): Run {
  const { steps, folders } = prepared;
  const when = options.now().toISOString();
  const folder = path.join(runsOf(plan.profile.path, options.runs), id);
  const run = runFrom(folder, {
    type: 'open',
    schema: 'mailmend/journal@1',
    run: id,
    folder,
    when,
    plan,
    steps,
    folders,
  });
  try {
    makeRunFolder(fs, plan.profile.path, options.runs, id);
    openJournal(fs, folder, run.opened);
    return run;
  } catch (error) {
    const left = abandon(fs, plan.profile.path, folder, options.runs);
    if (left !== null) throw notAllBack(run, error, left);
    throw error;
  }
}

/**
 * The folder that `.mailmend` lies in has its times again, and nothing looks cut off.
 * @returns why the disk does not let it, and undo has to do it later; null when all is as before.
 */
function abandon(
  fs: WritableFileSystem,
  profile: string,
  folder: string,
  runs: string | null,
): { error: unknown } | null {
  const refused = [() => discardJournal(fs, folder), () => runs === null && settleHome(fs, profile)].flatMap(
    (work) => {
      try {
        work();
        return [];
      } catch (error) {
        return [{ error }];
      }
    },
  );
  return refused[0] ?? null;
}

async function carryOutAll(
  fs: WritableFileSystem,
  run: Run,
  prepared: Prepared,
  { verify, signal, onProgress, sleep }: ApplyOptions,
): Promise<void> {
  const { steps, files } = prepared;
  await stage(fs, run.folder, steps, files, signal);
  for (const [index, step] of steps.entries()) {
    await breathe(signal);
    const inode = step.step === 'rename' ? String(present(fs, step.from).inode) : null;
    record(fs, run, { type: 'begin', step: index, inode });
    await carryOut(fs, step, sleep);
    onProgress?.({ done: index + 1, total: steps.length, step });
  }
  const refusal = (await verify?.()) ?? null;
  if (refusal !== null) throw new MailmendError('WRITE_FAILED', 4, `The repair was taken back: ${refusal}`);
  await breathe(signal);
  record(fs, run, { type: 'applied', folders: foldersNow(fs, run) });
}

/** @throws MailmendError EARLIER_RUN_CUT_OFF when the tree could not be made as before. */
async function rollBack(
  fs: WritableFileSystem,
  run: Run,
  why: unknown,
  sleep: Sleep | undefined,
): Promise<void> {
  try {
    const plan = planUndo(fs, run);
    await takeBack(fs, run, plan, { sleep, evenWithoutJournal: true });
    // No room to write down that all is as before: then there was no run.
    if (isCutOff(run)) discardRun(fs, run);
  } catch (error) {
    throw notAllBack(run, why, { error });
  }
}

/** Copies that were kept of what is in its place again go first: without a journal they would look like a damaged run. */
function discardRun(fs: WritableFileSystem, run: Run): void {
  for (const step of run.opened.steps) if (step.step === 'place') removeIfThere(fs, step.image);
  discardJournal(fs, run.folder);
}

function notAllBack(run: Run, why: unknown, { error }: { error: unknown }): MailmendError {
  return cutOffError(
    run,
    `${causeInWords(why)}, and then ${causeInWords(error)}: not everything is back yet`,
    error,
  );
}

/** Whatever ends here has changed nothing, or is rolled back. @throws always. */
function rethrow(error: unknown): never {
  if (error instanceof MailmendError && error.code === 'INTERRUPTED')
    throw new MailmendError('INTERRUPTED', 130, 'Interrupted; everything is as before.', [], error);
  throw nothingChanged(error);
}
