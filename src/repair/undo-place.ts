/**
 * Taking a file back that a run wrote: what the disk says about it decides (undo-plan.ts). What was the owner's is never
 * overwritten: it comes back to its place, or beside what is there now.
 */

import path from 'node:path';
import { type EditOperation, isEdit, takenBack } from './edit.ts';
import type { FileStat, ReadableFileSystem } from './file-system.ts';
import { sha256, sha256OfFile } from './hash.ts';
import type { Run } from './run.ts';
import type { FileBefore, PlaceStep } from './step.ts';
import type { Undoing } from './undo-plan.ts';

/** @returns whether the file was as the run left it. */
export function takeBackPlace(undoing: Undoing, step: PlaceStep, index: number): boolean {
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
  // A copy has its own mode and owner until it is given back.
  view.show(to, { mode: before.mode, uid: before.uid, gid: before.gid });
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
  if (now.kind === 'file' && isEdit(operation) && takeBackPieces(undoing, step, index, operation)) return;
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

/** @returns whether the file is one of which single pieces can be taken back. */
function takeBackPieces(
  { view, actions, conflicts, kept, decide }: Undoing,
  step: PlaceStep,
  index: number,
  operation: EditOperation,
): boolean {
  const result = takenBack(operation, view.readFile(step.path), fileBefore(view, step), decide);
  if (result === null) return false;
  conflicts.push(...result.conflicts);
  kept.push(...result.stays.map((why) => ({ path: step.path, why })));
  if (result.bytes === null) return true;
  const { bytes } = result;
  actions.push({ step: index, act: 'rewrite', place: step, bytes, sha256: sha256(bytes) });
  view.place(step.path, { bytes }, step.after, null);
  return true;
}

/** Null when it is lost. */
function fileBefore(view: ReadableFileSystem, { before, image }: PlaceStep): Uint8Array | null {
  if (before === null) return new Uint8Array();
  return view.lstat(image) === null ? null : view.readFile(image);
}

/** Null when that name is taken, too. */
export function besideOf({ view, run }: Undoing, taken: string): string | null {
  const beside = besideName(run, taken);
  return view.lstat(beside) === null ? beside : null;
}

function besideName(run: Run, taken: string): string {
  return `${taken}.mailmend-${run.id}`;
}
