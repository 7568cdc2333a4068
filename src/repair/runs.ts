/**
 * The runs of a profile for people: when, why, how large, in what state; and deleting what one keeps.
 * This is the only place where mailmend deletes what was the owner's (design.md 6.2).
 */

import path from 'node:path';
import { MailmendError } from './error.ts';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { journalName } from './journal.ts';
import { present } from './metadata.ts';
import { type DamagedRun, type Run, type RunState, readDamagedRuns, readRuns, record } from './run.ts';

export interface RunSummary {
  id: string;
  /** ISO 8601. Of a damaged one: when its folder was last written. */
  when: string;
  /** The reasons of its operations, each once. Of a damaged one: what is wrong, and where that which it keeps lies. */
  why: string[];
  /** What its folder holds; a hard link counts in full. */
  bytes: number;
  state: RunState | 'damaged';
}

export interface KeptFile {
  path: string;
  bytes: number;
}

/** The oldest first. @throws the system's error. */
export function listRuns(fs: ReadableFileSystem, profile: string, runs: string | null): RunSummary[] {
  const whole = readRuns(fs, profile, runs).map((run) => ({
    id: run.id,
    when: run.opened.when,
    why: [...new Set(run.opened.plan.operations.map(({ why }) => why))],
    bytes: bytesIn(fs, run.folder),
    state: run.state,
  }));
  const damaged = readDamagedRuns(fs, profile, runs).map((run) => ({
    id: run.id,
    when: new Date(Number(present(fs, run.folder).mtimeNs / 1_000_000n)).toISOString(),
    why: [damageOf(run)],
    bytes: bytesIn(fs, run.folder),
    state: 'damaged' as const,
  }));
  return [...whole, ...damaged].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const damageOf = ({ folder }: DamagedRun): string =>
  `its journal cannot be read; the files that it kept are in ${folder}`;

/** @param next another run that can be taken back. */
export function damagedError(run: DamagedRun, next: string | null = null): MailmendError {
  const message = `Run ${run.id} cannot be taken back: ${damageOf(run)}. Nothing was changed.`;
  const say = 'An earlier run can still be taken back.';
  const steps = next === null ? [] : [{ say, command: `mailmend undo --run ${next}` }];
  return new MailmendError('UNDO_CONFLICT', 3, message, steps);
}

/** What `purge` would delete, without the journal. @throws the system's error. */
export function listKept(
  fs: ReadableFileSystem,
  profile: string,
  runs: string | null,
  id: string,
): KeptFile[] {
  return keptFiles(fs, purgeable(fs, profile, runs, id).folder);
}

/**
 * Deletes what a run keeps, then its folder; it cannot be taken back any more. After a cut, calling it again goes on.
 * @throws MailmendError NO_SUCH_RUN, EARLIER_RUN_CUT_OFF for a run that is not finished; the system's error.
 */
export function purge(fs: WritableFileSystem, profile: string, runs: string | null, id: string): KeptFile[] {
  const run = purgeable(fs, profile, runs, id);
  const kept = keptFiles(fs, run.folder);
  // First of all: half a run must never be taken back.
  record(fs, run, { type: 'purged' });
  for (const { name, kind } of fs.readFolder(run.folder))
    if (name !== journalName) remove(fs, path.join(run.folder, name), kind === 'folder');
  fs.syncFolder(run.folder);
  remove(fs, run.folder, true);
  fs.syncFolder(path.dirname(run.folder));
  return kept;
}

function purgeable(fs: ReadableFileSystem, profile: string, runs: string | null, id: string): Run {
  const run = readRuns(fs, profile, runs).find((candidate) => candidate.id === id);
  const damaged = readDamagedRuns(fs, profile, runs).find((candidate) => candidate.id === id);
  if (run === undefined && damaged !== undefined) throw damagedError(damaged);
  if (run === undefined) throw new MailmendError('NO_SUCH_RUN', 2, `There is no run ${id}.`);
  if (run.state !== 'open' && run.state !== 'undoing') return run;
  throw new MailmendError('EARLIER_RUN_CUT_OFF', 5, `Run ${id} was cut off; what it keeps is still needed.`, [
    { say: 'Take it back first.', command: 'mailmend undo' },
  ]);
}

function bytesIn(fs: ReadableFileSystem, folder: string): number {
  return keptFiles(fs, folder).reduce((sum, { bytes }) => sum + bytes, 0);
}

function keptFiles(fs: ReadableFileSystem, folder: string): KeptFile[] {
  return fs.readFolder(folder).flatMap(({ name, kind }) => {
    const item = path.join(folder, name);
    if (kind === 'folder') return keptFiles(fs, item);
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
