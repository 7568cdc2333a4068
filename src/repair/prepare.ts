/**
 * From a plan to the steps of a run: what will be on the disk before and after each of them, where new content waits and
 * where the old is kept. Reads only; whatever cannot be done is refused here, while nothing has changed.
 * Belongs here: deciding. The doing is carry-out.ts.
 */

import path from 'node:path';
import { type Effect, effectOf, showEffect } from './effect.ts';
import { MailmendError } from './error.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { sha256, sha256OfFile } from './hash.ts';
import { type Content, Layer } from './layer.ts';
import { present } from './metadata.ts';
import type { NewFile } from './new-file.ts';
import type { Plan } from './operation.ts';
import type { FileAfter, FileBefore, FolderTimes, PlaceStep, Step } from './step.ts';
import { ThroughLinks } from './through-links.ts';

export interface Prepared {
  steps: Step[];
  /** What is written before the first step. */
  files: NewFile[];
  folders: FolderTimes[];
}

interface Preparing extends Prepared {
  layer: Layer;
  fs: ReadableFileSystem;
  /** The folder of the run, which need not exist yet. */
  run: string;
  runDevice: bigint;
}

/** @throws MailmendError when an operation does not fit, or needs a rename from one disk to another. */
export function prepare(fs: ReadableFileSystem, plan: Plan, run: string): Prepared {
  const layer = new Layer(fs);
  const runDevice = deviceOf(new Layer(fs), run);
  const preparing: Preparing = { steps: [], files: [], folders: [], layer, fs, run, runDevice };
  const links = new ThroughLinks();
  for (const [index, operation] of plan.operations.entries()) {
    links.note(layer, operation);
    const effect = effectOf(layer, operation);
    if (effect === null) continue;
    noteTimes(preparing, effect);
    preparing.steps.push(stepFor(preparing, effect, index));
    showEffect(layer, effect);
  }
  links.refuse();
  const { steps, files, folders } = preparing;
  return { steps, files, folders };
}

function stepFor(preparing: Preparing, effect: Effect, operation: number): Step {
  const { layer, run, runDevice, steps } = preparing;
  switch (effect.do) {
    case 'place':
      return placeStep(preparing, effect, operation);
    case 'rename':
      if (deviceOf(layer, path.dirname(effect.from)) !== deviceOf(layer, path.dirname(effect.to)))
        throw otherDisk(effect.from, `${effect.to} is on another disk`);
      return { step: 'rename', operation, from: effect.from, to: effect.to };
    case 'move-aside': {
      if (deviceOf(layer, path.dirname(effect.path)) !== runDevice)
        throw otherDisk(effect.path, 'what mailmend keeps is on another disk');
      // Under its own name, so that people find their mail again.
      const to = path.join(run, 'aside', String(steps.length), path.basename(effect.path));
      return { step: 'rename', operation, from: effect.path, to };
    }
    case 'make-folder':
      return { step: 'make-folder', operation, path: effect.path, ...effect.shown };
    case 'set-mode':
      return { step: 'set-mode', operation, path: effect.path, from: effect.from, to: effect.to.mode };
  }
}

function placeStep(preparing: Preparing, effect: Effect & { do: 'place' }, operation: number): PlaceStep {
  const { layer, run, steps, fs } = preparing;
  const number = String(steps.length);
  const before = fileBefore(layer, effect.path);
  const mtimeNs = effect.mtimeNs === null ? null : String(effect.mtimeNs);
  const after: FileAfter = { ...sizeAndSum(fs, effect.content), ...effect.shown, mtimeNs };
  const staged = stagingPlace(preparing, effect.path, number);
  const { content, like } = effect;
  const exact = before !== null;
  const file: NewFile = { ...after, path: staged, content, exact, mtimeNs: effect.mtimeNs, like };
  preparing.files.push(file);
  const image = path.join(run, 'before', number);
  return { step: 'place', operation, path: effect.path, before, after, staged, image };
}

/** In the run's folder; beside the file where that is on another disk, since a rename cannot cross. */
function stagingPlace({ layer, run, runDevice }: Preparing, target: string, number: string): string {
  const folder = path.dirname(target);
  if (deviceOf(layer, folder) === runDevice) return path.join(run, 'new', number);
  if (layer.origin(folder) !== folder) throw otherDisk(target, 'what mailmend keeps is on another disk');
  return path.join(folder, `.mailmend-${path.basename(run)}-${number}`);
}

function fileBefore(layer: Layer, target: string): FileBefore | null {
  const stat = layer.lstat(target);
  if (stat === null) return null;
  const { size, mode, uid, gid } = stat;
  const mtimeNs = layer.origin(target) === null ? null : String(stat.mtimeNs);
  return { size, mode, uid, gid, mtimeNs, sha256: sha256OfFile(layer, target) };
}

function sizeAndSum(fs: ReadableFileSystem, content: Content): { size: number; sha256: string } {
  if ('bytes' in content) return { size: content.bytes.length, sha256: sha256(content.bytes) };
  return { size: present(fs, content.real).size, sha256: sha256OfFile(fs, content.real) };
}

/** Folders whose entries change, where they lie on the disk now; those that the run makes have no times to keep. */
function noteTimes({ layer, fs, folders }: Preparing, effect: Effect): void {
  if (effect.do === 'set-mode') return;
  const touched = effect.do === 'rename' ? [effect.from, effect.to] : [effect.path];
  // A folder that is moved counts itself: some systems note the new parent in it.
  const candidates = [...touched.map((item) => path.dirname(item)), ...touched];
  for (const candidate of candidates) {
    const origin = layer.origin(candidate);
    const stat = origin === null ? null : fs.stat(origin);
    if (origin === null || stat?.kind !== 'folder' || folders.some(({ path: known }) => known === origin))
      continue;
    folders.push({ path: origin, atimeNs: String(stat.atimeNs), mtimeNs: String(stat.mtimeNs) });
  }
}

/** The disk of a folder, or of the nearest one above it that exists. */
function deviceOf(layer: Layer, folder: string): bigint {
  const origin = layer.origin(folder);
  const stat = origin === null ? null : layer.stat(folder);
  return stat?.device ?? deviceOf(layer, path.dirname(folder));
}

function otherDisk(target: string, why: string): MailmendError {
  const message = `${target} cannot be moved in one step: ${why}. Nothing was changed.`;
  return new MailmendError('PLAN_INVALID', 3, message, [
    { say: 'Keep what is replaced in a folder on the same disk.', command: '--runs <folder>' },
  ]);
}
