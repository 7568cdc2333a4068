/**
 * A run as its journal tells it: what was planned, how far it came, and what state it is in.
 * Belongs here: reading runs and moving them on, one record at a time.
 */

import path from 'node:path';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { appendRecord, type JournalRecord, type OpenRecord, readRecords } from './journal.ts';
import { runsOf } from './run-folder.ts';
import type { FolderAfter, Step } from './step.ts';
import type { Kept } from './undo-plan.ts';

/**
 * `open`: being applied, or cut off while it was. `undoing`: being taken back, or cut off while it was.
 * `purged`: what it kept is gone, or going.
 */
export type RunState = 'open' | 'applied' | 'rolled-back' | 'undoing' | 'undone' | 'purged';

export interface Run {
  id: string;
  folder: string;
  opened: OpenRecord;
  state: RunState;
  /** Steps below this number were begun; of the last one nobody knows whether it happened. */
  begun: number;
  /** Steps from this number on are taken back; of the one at it nobody knows. */
  takenBackFrom: number;
  /** Inode of what step number n renamed. */
  inodes: Map<number, string>;
  /** Times of the folders after the last step; null until then. */
  foldersAfter: FolderAfter[] | null;
  /** Folders that get their times back; null until the run is being taken back. */
  restoreTimes: string[] | null;
  /** What taking back has left, and where it is. */
  kept: Kept[];
}

export function runFrom(folder: string, opened: OpenRecord): Run {
  return {
    id: opened.run,
    folder,
    opened,
    state: 'open',
    begun: 0,
    takenBackFrom: Number.POSITIVE_INFINITY,
    inodes: new Map(),
    foldersAfter: null,
    restoreTimes: null,
    kept: [],
  };
}

/** Writes the record, then moves the run on. @throws the system's error; the run is then as before. */
export function record(fs: WritableFileSystem, run: Run, entry: JournalRecord): void {
  appendRecord(fs, run.folder, entry);
  moveOn(run, entry);
}

/** A folder that keeps something of the owner's, and whose journal does not say what. */
export interface DamagedRun {
  /** The name of its folder. */
  id: string;
  folder: string;
}

/** The runs of a profile, the oldest first. Folders without a complete journal are not among them. */
export function readRuns(fs: ReadableFileSystem, profile: string, runs: string | null): Run[] {
  const inode = String(fs.stat(profile)?.inode);
  return runFolders(fs, profile, runs)
    .flatMap((folder) => readRun(fs, folder) ?? [])
    .filter(({ opened: { plan } }) => plan.profile.path === profile || plan.profile.inode === inode);
}

/** Without a complete journal, but not empty; the oldest first. A run that was cut off before it began keeps nothing. */
export function readDamagedRuns(fs: ReadableFileSystem, profile: string, runs: string | null): DamagedRun[] {
  return runFolders(fs, profile, runs)
    .filter((folder) => keepsSomething(fs, folder) && readRun(fs, folder) === null)
    .map((folder) => ({ id: path.basename(folder), folder }));
}

function runFolders(fs: ReadableFileSystem, profile: string, runs: string | null): string[] {
  const home = runsOf(profile, runs);
  if (fs.stat(home)?.kind !== 'folder') return [];
  const folders = fs.readFolder(home).filter(({ kind }) => kind === 'folder');
  return folders.map(({ name }) => path.join(home, name));
}

/** What is moved aside lies in a folder of its own, which stays behind when it goes back. */
function keepsSomething(fs: ReadableFileSystem, folder: string): boolean {
  const inFolder = (name: string): string[] => {
    const at = path.join(folder, name);
    return fs.lstat(at)?.kind === 'folder'
      ? fs.readFolder(at).map((entry) => path.join(name, entry.name))
      : [];
  };
  return inFolder('before').length > 0 || inFolder('aside').flatMap(inFolder).length > 0;
}

function readRun(fs: ReadableFileSystem, folder: string): Run | null {
  const [opened, ...rest] = readRecords(fs, folder) ?? [];
  if (opened?.type !== 'open') return null;
  const run = runFrom(folder, {
    ...opened,
    steps: opened.steps.map((step) => stepIn(folder, opened.folder, step)),
  });
  for (const entry of rest) moveOn(run, entry);
  return run;
}

/** Where the run keeps things now: somebody may have moved its folder, or renamed the profile and it. */
function stepIn(folder: string, then: string, step: Step): Step {
  const now = (file: string): string => (isInside(then, file) ? folder + file.slice(then.length) : file);
  switch (step.step) {
    case 'place':
      return { ...step, staged: now(step.staged), image: now(step.image) };
    case 'rename':
      return { ...step, to: now(step.to) };
    default:
      return step;
  }
}

function moveOn(run: Run, entry: JournalRecord): void {
  switch (entry.type) {
    case 'open':
      return;
    case 'begin':
      run.begun = entry.step + 1;
      if (entry.inode !== null) run.inodes.set(entry.step, entry.inode);
      return;
    case 'applied':
      run.state = 'applied';
      run.foldersAfter = entry.folders;
      return;
    case 'undo':
      run.state = 'undoing';
      run.restoreTimes ??= entry.restoreTimes;
      run.kept.push(...entry.kept);
      return;
    case 'take-back':
      run.takenBackFrom = entry.step;
      return;
    case 'rolled-back':
    case 'undone':
    case 'purged':
      run.state = entry.type;
  }
}
