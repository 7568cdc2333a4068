/**
 * How a run is taken back: for each step, the last first, what the disk says about it decides. Still as the run left it:
 * exactly back. Not happened, or back already: nothing. Changed since: single keys of settings, or the old file beside
 * the new one; never over it (design.md 6.5).
 * Belongs here: deciding. Reads only; carried out by take-back.ts.
 */

import path from 'node:path';
import { type Decision, type EditOperation, type KeyConflict, takenBack } from './edit.ts';
import type { FileStat, ReadableFileSystem } from './file-system.ts';
import { sha256, sha256OfFile } from './hash.ts';
import { Layer } from './layer.ts';
import type { Run } from './run.ts';
import type { FileBefore, MakeFolderStep, PlaceStep, RenameStep, SetModeStep, Step } from './step.ts';

/** What stays although the run is taken back, and where the state of before is to be found. */
export interface Kept {
  path: string;
  why: string;
}

export type UndoAction = { step: number } & (
  | { act: 'rename'; from: string; to: string }
  /** The file of before. */
  | { act: 'put-back'; place: PlaceStep; before: FileBefore; to: string }
  /** The same, kept on another disk. */
  | { act: 'put-copy-back'; place: PlaceStep; before: FileBefore; to: string }
  | { act: 'rewrite'; place: PlaceStep; bytes: Uint8Array; sha256: string }
  /** A file that mailmend wrote itself, or a second name of one that is in its place. */
  | { act: 'unlink'; path: string }
  | { act: 'remove-folder'; path: string }
  | { act: 'set-mode'; path: string; mode: number }
);

export interface UndoPlan {
  actions: UndoAction[];
  conflicts: KeyConflict[];
  kept: Kept[];
  /** Every step is as the run left it. */
  untouched: boolean;
}

export type Decide = (conflict: KeyConflict) => Decision | null;

interface Undoing extends UndoPlan {
  run: Run;
  decide: Decide;
  /** The tree as it will be after the actions so far. */
  view: Layer;
}

/** @throws the system's error when something cannot be read. */
export function planUndo(fs: ReadableFileSystem, run: Run, decide: Decide): UndoPlan {
  const view = new Layer(fs);
  const undoing: Undoing = { actions: [], conflicts: [], kept: [], untouched: true, run, decide, view };
  const doubtful = Math.min(run.begun, run.takenBackFrom + 1);
  for (const [index, step] of [...run.opened.steps.slice(0, doubtful).entries()].reverse()) {
    const asLeft = takeBackStep(undoing, step, index);
    undoing.untouched &&= asLeft;
  }
  const { actions, conflicts, kept, untouched } = undoing;
  return { actions, conflicts, kept, untouched };
}

/** @returns whether the step was as the run left it. */
function takeBackStep(undoing: Undoing, step: Step, index: number): boolean {
  switch (step.step) {
    case 'place':
      return takeBackPlace(undoing, step, index);
    case 'rename':
      return takeBackRename(undoing, step, index);
    case 'make-folder':
      return takeBackFolder(undoing, step, index);
    case 'set-mode':
      return takeBackMode(undoing, step, index);
  }
}

function takeBackPlace(undoing: Undoing, step: PlaceStep, index: number): boolean {
  const { view } = undoing;
  const now = view.lstat(step.path);
  const sum = now?.kind === 'file' ? sha256OfFile(view, step.path) : null;
  if (sum === step.after.sha256) {
    if (step.before === null) takeAway(undoing, step, index);
    else restore(undoing, step, index, step.before);
    return true;
  }
  if (now === null) {
    if (step.before !== null) restore(undoing, step, index, step.before);
  } else if (sum !== null && sum === step.before?.sha256) dropImage(undoing, step, index);
  else takeBackChanged(undoing, step, index, now);
  return false;
}

/** Into the run's folder; what is on another disk is mailmend's own writing, known by its sum, and goes. */
function takeAway({ actions, run, view }: Undoing, step: PlaceStep, index: number): void {
  if (view.stat(path.dirname(step.path))?.device === view.stat(run.folder)?.device) {
    actions.push({
      step: index,
      act: 'rename',
      from: step.path,
      to: path.join(run.folder, 'undone', String(index)),
    });
  } else {
    actions.push({ step: index, act: 'unlink', path: step.path });
  }
  view.remove(step.path);
}

function restore(undoing: Undoing, step: PlaceStep, index: number, before: FileBefore): void {
  const { kept, view } = undoing;
  if (view.lstat(step.image) === null)
    kept.push({ path: step.path, why: 'what it was before is no longer in the folder of the run' });
  else if (view.stat(path.dirname(step.path))?.kind !== 'folder')
    kept.push({ path: step.image, why: `${step.path} was this; the folder it lay in is gone` });
  else putImage(undoing, step, index, before, step.path);
}

function putImage(
  { actions, view }: Undoing,
  step: PlaceStep,
  index: number,
  before: FileBefore,
  to: string,
): void {
  const sameDisk = view.stat(path.dirname(to))?.device === view.lstat(step.image)?.device;
  actions.push({ step: index, act: sameDisk ? 'put-back' : 'put-copy-back', place: step, before, to });
  view.rename(step.image, to);
}

/** The step did not happen, or is back: a second name of the file in its place is one too many. */
function dropImage({ actions, view }: Undoing, step: PlaceStep, index: number): void {
  const image = view.lstat(step.image);
  const inPlace = view.lstat(step.path);
  const sameFile = image !== null && image.inode === inPlace?.inode && image.device === inPlace.device;
  if (sameFile) actions.push({ step: index, act: 'unlink', path: step.image });
}

function takeBackChanged(undoing: Undoing, step: PlaceStep, index: number, now: FileStat): void {
  const { run, view, kept } = undoing;
  const operation = run.opened.plan.operations[step.operation];
  if (now.kind === 'file' && (operation?.op === 'edit-prefs' || operation?.op === 'edit-ini')) {
    takeBackKeys(undoing, step, index, operation);
    return;
  }
  if (step.before === null) {
    kept.push({ path: step.path, why: 'the repair made it, and it has changed since' });
    return;
  }
  if (view.lstat(step.image) === null) {
    // Beside already, when taking back was cut off after that.
    const told = run.kept.some((item) => item.path === besideName(run, step.path));
    if (!told) restore(undoing, step, index, step.before);
    return;
  }
  const beside = besideOf(undoing, step.path);
  const why = `${step.path} has changed since the repair; this is how it was before`;
  kept.push({ path: beside ?? step.image, why });
  if (beside !== null) putImage(undoing, step, index, step.before, beside);
}

function takeBackKeys(
  { view, actions, conflicts, decide }: Undoing,
  step: PlaceStep,
  index: number,
  operation: EditOperation,
): void {
  const result = takenBack(operation, view.readFile(step.path), decide);
  conflicts.push(...result.conflicts);
  if (result.bytes === null) return;
  const { bytes } = result;
  actions.push({ step: index, act: 'rewrite', place: step, bytes, sha256: sha256(bytes) });
  view.place(step.path, { bytes }, step.after, null);
}

function takeBackRename(undoing: Undoing, step: RenameStep, index: number): boolean {
  const { view, run, kept, actions } = undoing;
  const from = view.lstat(step.from);
  if (from !== null && String(from.inode) === run.inodes.get(index)) return false;
  if (view.lstat(step.to) === null) {
    if (from === null) kept.push({ path: step.to, why: `${step.from} was moved here, and is gone since` });
    return false;
  }
  const target = from === null ? step.from : besideOf(undoing, step.from);
  if (target === null || view.stat(path.dirname(target))?.kind !== 'folder') {
    kept.push({ path: step.to, why: `${step.from} cannot go back to its place; it is here` });
    return false;
  }
  if (from !== null)
    kept.push({ path: target, why: `there is a new ${step.from}; this is the one from before` });
  actions.push({ step: index, act: 'rename', from: step.to, to: target });
  view.rename(step.to, target);
  return from === null;
}

function takeBackFolder({ view, kept, actions }: Undoing, step: MakeFolderStep, index: number): boolean {
  const now = view.lstat(step.path);
  if (now === null) return false;
  if (now.kind !== 'folder' || view.readFolder(step.path).length > 0) {
    kept.push({ path: step.path, why: 'the repair made it, and it holds other things since' });
    return false;
  }
  actions.push({ step: index, act: 'remove-folder', path: step.path });
  view.remove(step.path);
  return true;
}

function takeBackMode({ view, actions }: Undoing, step: SetModeStep, index: number): boolean {
  const now = view.lstat(step.path);
  if (now?.mode !== step.to) return false;
  actions.push({ step: index, act: 'set-mode', path: step.path, mode: step.from });
  view.show(step.path, { mode: step.from, uid: now.uid, gid: now.gid });
  return true;
}

/** Null when that name is taken, too. */
function besideOf({ view, run }: Undoing, taken: string): string | null {
  const beside = besideName(run, taken);
  return view.lstat(beside) === null ? beside : null;
}

function besideName(run: Run, taken: string): string {
  return `${taken}.mailmend-${run.id}`;
}
