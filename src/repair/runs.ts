/**
 * The runs of a profile for people: when, why, how large, in what state; and deleting what one keeps.
 * This is the only place where mailmend deletes what was the owner's (design.md 6.2).
 */

import path from 'node:path';
import { MailmendError, nextStep } from './error.ts';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { journalName } from './journal.ts';
import { present } from './metadata.ts';
import {
  type DamagedRun,
  type Run,
  type RunState,
  readDamagedRuns,
  readForeignRuns,
  readRuns,
  record,
  runFolder,
} from './run.ts';

export interface RunSummary {
  id: string;
  /** ISO 8601. Of a damaged one: when its folder was last written. */
  when: string;
  /** The reasons of its operations, each once. Of a damaged one: what is wrong, and where that which it keeps lies. */
  why: string[];
  /** What its folder holds; a hard link counts in full. */
  bytes: number;
  /** `elsewhere`: of another profile, which lay here then or is the original of this copy. */
  state: RunState | 'damaged' | 'elsewhere';
  /** Where the profile lay then; null where nobody can tell. */
  madeAt: string | null;
}

export interface KeptFile {
  path: string;
  bytes: number;
  /** What it is, in words. */
  what: string;
}

/** The oldest first. @throws the system's error. */
export function listRuns(fs: ReadableFileSystem, profile: string, runs: string | null): RunSummary[] {
  const summary = (run: Run, state: RunSummary['state']): RunSummary => ({
    id: run.id,
    when: run.opened.when,
    why: [...new Set(run.opened.plan.operations.map(({ why }) => why))],
    bytes: bytesIn(fs, run.folder),
    state,
    madeAt: run.madeAt,
  });
  const whole = readRuns(fs, profile, runs).map((run) => summary(run, run.state));
  const foreign = readForeignRuns(fs, profile, runs).map((run) => summary(run, 'elsewhere'));
  const damaged = readDamagedRuns(fs, profile, runs).map((run) => ({
    id: run.id,
    when: new Date(Number(present(fs, run.folder).mtimeNs / 1_000_000n)).toISOString(),
    why: [damageOf(run)],
    bytes: bytesIn(fs, run.folder),
    state: 'damaged' as const,
    madeAt: null,
  }));
  return [...whole, ...foreign, ...damaged].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const damageOf = ({ folder }: DamagedRun): string =>
  `its journal cannot be read; the files that it kept are in ${folder}`;

/** @param next another run that can be taken back. */
export function damagedError(run: DamagedRun, profile: string, next: string | null = null): MailmendError {
  const message = `Run ${run.id} cannot be taken back: ${damageOf(run)}. Nothing was changed.`;
  const steps =
    next === null
      ? []
      : [nextStep('An earlier run can still be taken back.', 'undo', profile, '--run', next)];
  return new MailmendError('UNDO_CONFLICT', 3, message, steps);
}

export interface Purgeable {
  /** Null: a folder that is left of one, with nothing in it. */
  run: Run | null;
  /** What would be deleted, without the journal. */
  files: KeptFile[];
}

/** What `purge` would delete. @throws as purge. */
export function previewPurge(
  fs: ReadableFileSystem,
  profile: string,
  runs: string | null,
  id: string,
): Purgeable {
  const { run, folder } = purgeable(fs, profile, runs, id);
  return { run, files: keptFiles(fs, run, folder) };
}

/**
 * Deletes what a run keeps, then its folder; it cannot be taken back any more. After a cut, calling it again goes on.
 * Whether the run is still needed is for the caller to know.
 * @throws MailmendError NO_SUCH_RUN, EARLIER_RUN_CUT_OFF for a run that is not finished, UNDO_CONFLICT for one that is
 * damaged or of another profile; the system's error.
 */
export function purge(fs: WritableFileSystem, profile: string, runs: string | null, id: string): KeptFile[] {
  const { run, folder } = purgeable(fs, profile, runs, id);
  const kept = keptFiles(fs, run, folder);
  // First of all: half a run must never be taken back.
  if (run !== null) record(fs, run, { type: 'purged' });
  for (const { name, kind } of fs.readFolder(folder))
    if (name !== journalName) remove(fs, path.join(folder, name), kind === 'folder');
  fs.syncFolder(folder);
  remove(fs, folder, true);
  fs.syncFolder(path.dirname(folder));
  return kept;
}

function purgeable(
  fs: ReadableFileSystem,
  profile: string,
  runs: string | null,
  id: string,
): { run: Run | null; folder: string } {
  const withId = <Item extends { id: string }>(items: Item[]): Item | undefined =>
    items.find((item) => item.id === id);
  const run = withId(readRuns(fs, profile, runs));
  if (run !== undefined) return { run: requireFinished(run), folder: run.folder };
  const damaged = withId(readDamagedRuns(fs, profile, runs));
  if (damaged !== undefined) throw damagedError(damaged, profile);
  const foreign = withId(readForeignRuns(fs, profile, runs));
  if (foreign !== undefined) {
    const message = `Run ${id} is of another profile, which lay at ${foreign.madeAt}: it is not deleted from here. It lies in ${foreign.folder}. Nothing was changed.`;
    throw new MailmendError('UNDO_CONFLICT', 3, message);
  }
  const empty = runFolder(fs, profile, runs, id);
  if (empty !== null) return { run: null, folder: empty };
  throw new MailmendError('NO_SUCH_RUN', 2, `There is no run ${id}.`, [
    nextStep('See the runs there are.', 'undo', profile, '--list'),
  ]);
}

function requireFinished(run: Run): Run {
  if (run.state !== 'open' && run.state !== 'undoing') return run;
  throw new MailmendError(
    'EARLIER_RUN_CUT_OFF',
    5,
    `Run ${run.id} was cut off; what it keeps is still needed.`,
    [nextStep('Take it back first.', 'undo', run.opened.plan.profile.path)],
  );
}

function bytesIn(fs: ReadableFileSystem, folder: string): number {
  return filesBelow(fs, folder).reduce((sum, { bytes }) => sum + bytes, 0);
}

function keptFiles(fs: ReadableFileSystem, run: Run | null, folder: string): KeptFile[] {
  const what = (file: string): string => (run === null ? 'left over from a run' : whatIs(run, file));
  return filesBelow(fs, folder).map((file) => ({ ...file, what: what(file.path) }));
}

/** In the words of the person whose file it was. */
function whatIs({ opened: { steps }, folder }: Run, file: string): string {
  for (const [index, step] of steps.entries()) {
    if (step.step === 'rename' && isInside(step.to, file))
      return `moved aside from ${step.from}${file.slice(step.to.length)}`;
    if (step.step !== 'place') continue;
    if (step.image === file) return `${step.path} as it was before`;
    const own = [step.staged, path.join(folder, 'undone', String(index))];
    if (own.includes(file)) return `written by mailmend for ${step.path}`;
  }
  return 'not from mailmend: somebody put it there';
}

function filesBelow(fs: ReadableFileSystem, folder: string): { path: string; bytes: number }[] {
  return fs.readFolder(folder).flatMap(({ name, kind }) => {
    const item = path.join(folder, name);
    if (kind === 'folder') return filesBelow(fs, item);
    return name === journalName ? [] : [{ path: item, bytes: present(fs, item).size }];
  });
}

function remove(fs: WritableFileSystem, item: string, isFolder: boolean): void {
  if (!isFolder) {
    fs.unlink(item);
    return;
  }
  // A folder that was moved aside may be read-only.
  fs.setMode(item, 0o700);
  for (const { name, kind } of fs.readFolder(item)) remove(fs, path.join(item, name), kind === 'folder');
  fs.removeFolder(item);
}
