/**
 * What a run does to the disk, one step for each operation that changes something. A step is data in the journal, and
 * holds all that taking it back needs.
 * Belongs here: the types, and where steps take things. Made by prepare.ts, carried out by carry-out.ts, taken back by undo-plan.ts.
 */

import { isInside } from './inside.ts';

/** What was there before; numbers of nanoseconds as decimal text. */
export interface FileBefore {
  size: number;
  mode: number;
  uid: number;
  gid: number;
  /** Null where an earlier step of the run writes it. */
  mtimeNs: string | null;
  sha256: string;
}

export interface FileAfter {
  size: number;
  sha256: string;
  mode: number;
  uid: number;
  gid: number;
  /** Null: the time of writing. */
  mtimeNs: string | null;
}

export interface PlaceStep {
  step: 'place';
  /** Index of the operation in the plan: its reason, and the single keys that it changes. */
  operation: number;
  path: string;
  /** Null: nothing was there. */
  before: FileBefore | null;
  after: FileAfter;
  /** Where the new content waits until it is renamed to `path`. */
  staged: string;
  /** Where the file of before is kept: the original inode where the disk knows hard links, else a copy. */
  image: string;
}

/** Also a move aside: `to` then lies in the folder of the run. */
export interface RenameStep {
  step: 'rename';
  operation: number;
  from: string;
  to: string;
}

export interface MakeFolderStep {
  step: 'make-folder';
  operation: number;
  path: string;
  mode: number;
  uid: number;
  gid: number;
}

export interface SetModeStep {
  step: 'set-mode';
  operation: number;
  path: string;
  from: number;
  to: number;
}

export type Step = PlaceStep | RenameStep | MakeFolderStep | SetModeStep;

/** Where something lies after the steps. */
export function pathAfter(steps: readonly Step[], before: string): string {
  return steps.reduce(
    (now, step) =>
      step.step === 'rename' && isInside(step.from, now) ? step.to + now.slice(step.from.length) : now,
    before,
  );
}

/** Time of a folder after the last step, under its name of before. `undefined` for one that is gone. */
export interface FolderAfter {
  path: string;
  mtimeNs: string;
}

/** Times of a folder whose entries change. */
export interface FolderTimes {
  path: string;
  atimeNs: string;
  mtimeNs: string;
}
