/**
 * The steps of a run on the disk. First everything new is written where it waits; then each step is a rename, a new
 * folder or a change of mode, synced before the next is begun. So a cut leaves at most one step in doubt, and a full
 * disk shows before the first change.
 * Belongs here: doing. Deciding is prepare.ts; order, journal and what happens on errors is apply.ts.
 */

import path from 'node:path';
import type { WritableFileSystem } from './file-system.ts';
import { isBelow } from './inside.ts';
import { giveToOwnerOf, present } from './metadata.ts';
import { makeFile, type NewFile } from './new-file.ts';
import { renameDurably, type Sleep } from './rename.ts';
import { makePrivateFolder } from './run-folder.ts';
import type { FileBefore, MakeFolderStep, PlaceStep, Step } from './step.ts';
import { codeOf } from './system-error.ts';

/** The disk, or the system, has no hard link for this file. */
const cannotLink = new Set([
  'EPERM',
  'EACCES',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EXDEV',
  'EMLINK',
  'EINVAL',
]);

/** The folders in the run's folder, and all new content, durable. @throws the system's error; INTERRUPTED. */
export async function stage(
  fs: WritableFileSystem,
  run: string,
  steps: readonly Step[],
  files: readonly NewFile[],
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const name of ['new', 'before', 'aside', 'undone']) makePrivateFolder(fs, path.join(run, name));
  for (const step of steps)
    if (step.step === 'rename' && isBelow(run, step.to)) makePrivateFolder(fs, path.dirname(step.to));
  for (const file of files) {
    await makeFile(fs, file, signal);
    fs.syncFolder(path.dirname(file.path));
  }
}

/** Durable when it returns. @throws the system's error. */
export async function carryOut(fs: WritableFileSystem, step: Step, sleep: Sleep | undefined): Promise<void> {
  switch (step.step) {
    case 'place':
      if (step.before !== null) await keepImage(fs, step, step.before);
      return renameDurably(fs, step.staged, step.path, sleep);
    case 'rename':
      return renameDurably(fs, step.from, step.to, sleep);
    case 'make-folder':
      return makeFolder(fs, step);
    case 'set-mode':
      fs.setMode(step.path, step.to);
      return fs.syncFolder(step.path);
  }
}

/** The original inode under a second name, so that taking back is exact; a copy where there are no hard links. */
async function keepImage(
  fs: WritableFileSystem,
  { path: original, image }: PlaceStep,
  before: FileBefore,
): Promise<void> {
  try {
    fs.link(original, image);
  } catch (error) {
    if (!cannotLink.has(String(codeOf(error)))) throw error;
    const { uid, gid } = present(fs, original);
    const content = { real: original };
    const { sha256 } = before;
    const exact = false;
    await makeFile(
      fs,
      { path: image, content, sha256, mode: null, uid, gid, exact, mtimeNs: null, like: original },
      undefined,
    );
  }
  fs.syncFolder(path.dirname(image));
}

function makeFolder(fs: WritableFileSystem, { path: folder, mode }: MakeFolderStep): void {
  const parent = path.dirname(folder);
  fs.makeFolder(folder, mode);
  giveToOwnerOf(fs, folder, parent);
  // The process's umask has taken its part away.
  fs.setMode(folder, mode);
  fs.syncFolder(folder);
  fs.syncFolder(parent);
}
