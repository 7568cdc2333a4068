/**
 * How a run is taken back: for each step, the last first, what the disk says about it decides. Still as the run left it:
 * exactly back. Not happened, or back already: nothing. Changed since: single keys of settings, or the old file beside
 * the new one; never over it (design.md 6.5).
 * Belongs here: deciding. Reads only; files that were written are undo-place.ts, the doing is take-back.ts.
 */

import path from 'node:path';
import { type Decide, type KeyConflict, undecided } from './conflict.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { Layer } from './layer.ts';
import type { Run } from './run.ts';
import type { FileBefore, MakeFolderStep, PlaceStep, RenameStep, SetModeStep, Step } from './step.ts';
import { besideOf, takeBackPlace } from './undo-place.ts';

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

export interface Undoing extends UndoPlan {
  run: Run;
  decide: Decide;
  /** The tree as it will be after the actions so far. */
  view: Layer;
}

/** @throws the system's error when something cannot be read. */
export function planUndo(fs: ReadableFileSystem, run: Run, decide: Decide = undecided): UndoPlan {
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
