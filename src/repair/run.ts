/**
 * A run as its journal tells it: what was planned, how far it came, and what state it is in.
 * Belongs here: reading runs and moving them on, one record at a time.
 */

import path from 'node:path';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import { appendRecord, type JournalRecord, type OpenRecord, readRecords } from './journal.ts';
import { type Relocation, relocated, withProfile, withRunFolder } from './relocate.ts';
import { homeOf, runsOf } from './run-folder.ts';
import { type Whose, whoseRun } from './run-owner.ts';
import type { FolderAfter } from './step.ts';
import type { Kept } from './undo-plan.ts';

/**
 * `open`: being applied, or cut off while it was. `undoing`: being taken back, or cut off while it was.
 * `purged`: what it kept is gone, or going.
 */
export type RunState = 'open' | 'applied' | 'rolled-back' | 'undoing' | 'undone' | 'purged';

export interface Run {
  id: string;
  folder: string;
  /** Its places are those of today. */
  opened: OpenRecord;
  /** Where the profile lay when the run was made. */
  madeAt: string;
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
    madeAt: opened.plan.profile.path,
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
  return allRuns(fs, profile, runs)
    .filter(({ whose }) => whose !== 'another')
    .map(({ run }) => run)
    .sort(byId);
}

/**
 * Runs that lie where those of this profile do, and are of another one: of a copy's original, or of a profile that lay
 * here before. They stop nothing, and are not taken back here.
 */
export function readForeignRuns(fs: ReadableFileSystem, profile: string, runs: string | null): Run[] {
  const own = runsOf(profile, runs);
  return allRuns(fs, profile, runs)
    .filter(({ run, whose }) => whose === 'another' && path.dirname(run.folder) === own)
    .map(({ run }) => run);
}

/** Without a complete journal, but not empty; the oldest first. A run that was cut off before it began keeps nothing. */
export function readDamagedRuns(fs: ReadableFileSystem, profile: string, runs: string | null): DamagedRun[] {
  return foldersIn(fs, runsOf(profile, runs))
    .filter((folder) => keepsSomething(fs, folder) && readJournal(fs, folder) === null)
    .map((folder) => ({ id: path.basename(folder), folder }));
}

/** Whatever is in it: ask first whether it is that of a run, or of a damaged one. Null when there is none of that name. */
export function runFolder(
  fs: ReadableFileSystem,
  profile: string,
  runs: string | null,
  id: string,
): string | null {
  const folder = foldersIn(fs, runsOf(profile, runs)).find((one) => path.basename(one) === id);
  return folder ?? null;
}

/** Also those under another name: the profile may have been renamed. */
function allRuns(fs: ReadableFileSystem, profile: string, runs: string | null): { run: Run; whose: Whose }[] {
  return foldersIn(fs, homeOf(profile, runs))
    .flatMap((folder) => foldersIn(fs, folder))
    .flatMap((folder) => readRun(fs, profile, folder) ?? []);
}

function foldersIn(fs: ReadableFileSystem, folder: string): string[] {
  if (fs.stat(folder)?.kind !== 'folder') return [];
  const folders = fs.readFolder(folder).filter(({ kind }) => kind === 'folder');
  return folders.map(({ name }) => path.join(folder, name));
}

const byId = (a: Run, b: Run): number => (a.id < b.id ? -1 : 1);

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

function readRun(fs: ReadableFileSystem, profile: string, folder: string): { run: Run; whose: Whose } | null {
  const journal = readJournal(fs, folder);
  if (journal === null) return null;
  const { first, rest } = journal;
  const inFolder = withRunFolder(first, folder);
  const toHere = withProfile(fs, first, profile);
  const moved: Relocation = (then) => (inFolder(then) === then ? toHere(then) : inFolder(then));
  const [opened, here] = [relocated(first, inFolder), relocated(first, moved)];
  const run = runOf(folder, opened, rest, inFolder);
  const whose = whoseRun(fs, profile, opened, here, isOver(run));
  if (whose !== 'moved') return { run, whose };
  return { run: { ...runOf(folder, here, rest, moved), madeAt: run.madeAt }, whose };
}

function readJournal(
  fs: ReadableFileSystem,
  folder: string,
): { first: OpenRecord; rest: JournalRecord[] } | null {
  const [first, ...rest] = readRecords(fs, folder) ?? [];
  return first?.type === 'open' ? { first, rest } : null;
}

function runOf(folder: string, opened: OpenRecord, rest: readonly JournalRecord[], at: Relocation): Run {
  const run = runFrom(folder, opened);
  for (const entry of rest) moveOn(run, relocated(entry, at));
  return run;
}

const isOver = ({ state }: Run): boolean => ['rolled-back', 'undone', 'purged'].includes(state);

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
