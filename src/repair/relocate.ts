/**
 * Where the places that a journal names are today: somebody may have moved the folder of a run, renamed the profile, or
 * moved everything together.
 * Belongs here: the mapping of paths, and applying it to records. Whether it is the same profile at all is run-owner.ts.
 */

import path from 'node:path';
import type { ReadableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import type { JournalRecord, OpenRecord } from './journal.ts';
import type { Operation } from './operation.ts';
import type { Step } from './step.ts';

export type Relocation = (then: string) => string;

/** @param folder of the run, today. */
export function withRunFolder({ folder: then }: OpenRecord, folder: string): Relocation {
  return (file) => (isInside(then, file) ? folder + file.slice(then.length) : file);
}

/**
 * For a profile that is at `profile` now. What lay beside it (profiles.ini) is looked for beside it only when the folder
 * that held both is gone from its old place.
 */
export function withProfile(
  fs: ReadableFileSystem,
  { plan: { profile: then } }: OpenRecord,
  profile: string,
): Relocation {
  const [from, to] =
    fs.lstat(path.dirname(then.path)) === null ? movedFolders(then.path, profile) : [then.path, profile];
  return (file) => (isInside(from, file) ? path.join(to, file.slice(from.length)) : file);
}

/** The topmost folders that were moved: what the two paths have in common at their ends lies below them. */
function movedFolders(then: string, now: string): [string, string] {
  let [from, to] = [then, now];
  while (path.basename(from) === path.basename(to) && path.dirname(from) !== from)
    [from, to] = [path.dirname(from), path.dirname(to)];
  return [from, to];
}

/** The record as if everything had been where it is today. */
export function relocated<Entry extends JournalRecord>(record: Entry, at: Relocation): Entry;
export function relocated(record: JournalRecord, at: Relocation): JournalRecord {
  switch (record.type) {
    case 'open': {
      const { plan, steps, folders } = record;
      return {
        ...record,
        plan: {
          ...plan,
          profile: { ...plan.profile, path: at(plan.profile.path) },
          folders: plan.folders.map(at),
          operations: plan.operations.map((operation) => operationAt(operation, at)),
        },
        steps: steps.map((step) => stepAt(step, at)),
        folders: folders.map((folder) => ({ ...folder, path: at(folder.path) })),
      };
    }
    case 'applied':
      return { ...record, folders: record.folders.map((folder) => ({ ...folder, path: at(folder.path) })) };
    case 'undo':
      return {
        ...record,
        restoreTimes: record.restoreTimes.map(at),
        kept: record.kept.map((item) => ({ ...item, path: at(item.path) })),
      };
    default:
      return record;
  }
}

function operationAt(operation: Operation, at: Relocation): Operation {
  const there = { ...operation, path: at(operation.path) };
  return 'from' in there ? { ...there, from: at(there.from) } : there;
}

function stepAt(step: Step, at: Relocation): Step {
  switch (step.step) {
    case 'place':
      return { ...step, path: at(step.path), staged: at(step.staged), image: at(step.image) };
    case 'rename':
      return { ...step, from: at(step.from), to: at(step.to) };
    default:
      return { ...step, path: at(step.path) };
  }
}
