/**
 * Whose a run is. A path alone can be that of another profile by now, and the number of a folder (inode) alone can be
 * that of a copy of the disk, or be in use again; the number of the disk may be another one after the next start. So
 * path and inode together say yes, and where only one of them fits, what the run left on the disk decides.
 */

import { isEdit, isSameFile } from './edit.ts';
import type { FileStat, ReadableFileSystem } from './file-system.ts';
import { sha256OfFile } from './hash.ts';
import { isInside } from './inside.ts';
import type { OpenRecord } from './journal.ts';
import type { PlaceStep, Step } from './step.ts';

/** `moved`: the profile is the same, and lies elsewhere since. */
export type Whose = 'ours' | 'moved' | 'another';

/**
 * @param here the record as it would be for a profile that was moved to `profile`.
 * @param over taken back already, or its files deleted: then nothing of it is left on the disk to go by.
 */
export function whoseRun(
  fs: ReadableFileSystem,
  profile: string,
  opened: OpenRecord,
  here: OpenRecord,
  over: boolean,
): Whose {
  const { path: madeAt, inode } = opened.plan.profile;
  const [now, then] = [fs.stat(profile), fs.stat(madeAt)];
  const same = String(now?.inode) === inode;
  if (isSame(now, then)) return same || over || showsItsWork(fs, opened) ? 'ours' : 'another';
  // The original is where it was: this is a copy of its disk.
  if (!same || String(then?.inode) === inode) return 'another';
  return over || showsItsWork(fs, here) ? 'moved' : 'another';
}

function isSame(a: FileStat | null, b: FileStat | null): boolean {
  return a !== null && b !== null && a.inode === b.inode && a.device === b.device;
}

/** Something is as the run left it, or as it found it. Files of the profile say more than others, those more than folders. */
function showsItsWork(fs: ReadableFileSystem, { steps, plan }: OpenRecord): boolean {
  const written = steps.filter((step) => step.step === 'place');
  const own = written.filter(({ path }) => isInside(plan.profile.path, path));
  const files = own.length > 0 ? own : written;
  if (files.length === 0) return steps.some((step) => leftItsMark(fs, step));
  return files.some((step) => isKnown(fs, step, plan.operations[step.operation]));
}

function isKnown(
  fs: ReadableFileSystem,
  { path, after, before, image }: PlaceStep,
  operation: OpenRecord['plan']['operations'][number] | undefined,
): boolean {
  if (fs.lstat(path)?.kind !== 'file') return false;
  if ([after.sha256, before?.sha256].includes(sha256OfFile(fs, path))) return true;
  if (!isEdit(operation)) return false;
  return isSameFile(operation, fs.readFile(path), fs.lstat(image) === null ? null : fs.readFile(image));
}

function leftItsMark(fs: ReadableFileSystem, step: Step): boolean {
  if (step.step === 'rename') return fs.lstat(step.from) === null && fs.lstat(step.to) !== null;
  if (step.step === 'set-mode') return fs.lstat(step.path)?.mode === step.to;
  return fs.lstat(step.path)?.kind === 'folder';
}
