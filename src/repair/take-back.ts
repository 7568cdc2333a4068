/**
 * Takes a run back on the disk: after an error in the middle of an apply, after a cut, or because the owner asks.
 * Journaled like the apply, so that taking back can be cut off, too, and is finished by doing it again.
 * Belongs here: the doing and its order. What is done for each step is undo-plan.ts.
 */

import path from 'node:path';
import { breathe } from './breathe.ts';
import type { ReadableFileSystem, WritableFileSystem } from './file-system.ts';
import type { JournalRecord } from './journal.ts';
import { giveBack, present } from './metadata.ts';
import { makeFile, type NewFile } from './new-file.ts';
import { renameDurably, type Sleep } from './rename.ts';
import { type Run, record } from './run.ts';
import { type FolderAfter, pathAfter } from './step.ts';
import type { UndoAction, UndoPlan } from './undo-plan.ts';

export interface TakeBackOptions {
  sleep: Sleep | undefined;
  /** On a full disk the journal cannot grow, and yet the profile must be as before: go on without. */
  evenWithoutJournal: boolean;
  /** Stops between two steps. */
  signal?: AbortSignal | undefined;
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** @throws the system's error, MailmendError INTERRUPTED; the run can then be taken back again. */
export async function takeBack(
  fs: WritableFileSystem,
  run: Run,
  plan: UndoPlan,
  { sleep, evenWithoutJournal, signal, onProgress }: TakeBackOptions,
): Promise<void> {
  const note = (entry: JournalRecord): void => {
    try {
      record(fs, run, entry);
    } catch (error) {
      if (!evenWithoutJournal) throw error;
    }
  };
  const restoreTimes = run.restoreTimes ?? untouchedFolders(fs, run);
  // First, since it gives a full disk room for the journal; and last, since a folder on its way has its own then.
  removeStaged(fs, run);
  note({ type: 'undo', restoreTimes, kept: plan.kept });
  for (const [index, action] of plan.actions.entries()) {
    await breathe(signal);
    note({ type: 'take-back', step: action.step });
    await act(fs, action, sleep);
    onProgress?.({ done: index + 1, total: plan.actions.length });
  }
  removeStaged(fs, run);
  restoreFolderTimes(fs, run, restoreTimes);
  note({ type: run.foldersAfter === null ? 'rolled-back' : 'undone' });
}

/** Durable when it returns. */
async function act(fs: WritableFileSystem, action: UndoAction, sleep: Sleep | undefined): Promise<void> {
  switch (action.act) {
    case 'rename':
      return renameDurably(fs, action.from, action.to, sleep);
    case 'put-back':
      giveBack(fs, action.place.image, action.before);
      return renameDurably(fs, action.place.image, action.to, sleep);
    case 'put-copy-back': {
      const { image, staged } = action.place;
      const mtimeNs = action.before.mtimeNs === null ? null : BigInt(action.before.mtimeNs);
      const file = {
        ...action.before,
        path: staged,
        content: { real: image },
        exact: true,
        mtimeNs,
        like: image,
      };
      return replace(fs, file, action.to, sleep);
    }
    case 'rewrite': {
      const { staged, path: target } = action.place;
      const { mode, uid, gid } = present(fs, target);
      const { bytes, sha256 } = action;
      const content = { bytes };
      const file = {
        path: staged,
        content,
        sha256,
        mode,
        uid,
        gid,
        exact: true,
        mtimeNs: null,
        like: target,
      };
      return replace(fs, file, target, sleep);
    }
    case 'unlink':
      fs.unlink(action.path);
      return fs.syncFolder(path.dirname(action.path));
    case 'remove-folder':
      fs.removeFolder(action.path);
      return fs.syncFolder(path.dirname(action.path));
    case 'set-mode':
      fs.setMode(action.path, action.mode);
      return fs.syncFolder(action.path);
  }
}

async function replace(
  fs: WritableFileSystem,
  file: NewFile,
  target: string,
  sleep: Sleep | undefined,
): Promise<void> {
  removeIfThere(fs, file.path);
  await makeFile(fs, file, undefined);
  return renameDurably(fs, file.path, target, sleep);
}

/** What was written for the run and never came to its place. */
function removeStaged(fs: WritableFileSystem, run: Run): void {
  for (const step of run.opened.steps) if (step.step === 'place') removeIfThere(fs, step.staged);
}

/** Durable when it returns. @throws the system's error. */
export function removeIfThere(fs: WritableFileSystem, file: string): void {
  if (fs.lstat(file) === null) return;
  fs.unlink(file);
  fs.syncFolder(path.dirname(file));
}

/** Times of the folders that the run changes, as they are now; a folder may lie elsewhere by now. */
export function foldersNow(fs: ReadableFileSystem, { opened: { folders, steps } }: Run): FolderAfter[] {
  return folders.map(({ path: before }) => ({
    path: before,
    mtimeNs: String(fs.stat(pathAfter(steps, before))?.mtimeNs),
  }));
}

/** After a cut, and in the middle of a run, all of them: only mailmend wrote. */
function untouchedFolders(fs: WritableFileSystem, run: Run): string[] {
  const left = run.foldersAfter ?? foldersNow(fs, run);
  const now = new Map(foldersNow(fs, run).map((folder) => [folder.path, folder.mtimeNs]));
  return left.filter(({ path: folder, mtimeNs }) => now.get(folder) === mtimeNs).map((folder) => folder.path);
}

function restoreFolderTimes(fs: WritableFileSystem, run: Run, restoreTimes: readonly string[]): void {
  for (const before of run.opened.folders) {
    if (!restoreTimes.includes(before.path)) continue;
    // stat: a profile may be reached by a link, and it is the folder behind it that has changed.
    const folder = fs.realPath(before.path);
    if (folder === null) continue;
    fs.setTimes(folder, { atimeNs: BigInt(before.atimeNs), mtimeNs: BigInt(before.mtimeNs) });
    fs.syncFolder(folder);
  }
}
