/**
 * What one operation does to a tree: the least change that makes it true, or none when it is true already.
 * Belongs here: the meaning of each operation, and when it is refused. Bytes of edits are edit.ts; carrying an effect
 * out on the disk is carry-out.ts.
 */

import path from 'node:path';
import { edited } from './edit.ts';
import { MailmendError } from './error.ts';
import type { FileStat } from './file-system.ts';
import { sha256OfFile } from './hash.ts';
import { isInside } from './inside.ts';
import type { Content, Layer, Shown } from './layer.ts';
import type { Operation } from './operation.ts';

export type Effect =
  /**
   * A file appears, or its content is replaced. `like`: path on the disk whose extended attributes it gets.
   * `mtimeNs`: of a copy, since an index rests on the time of its mail store (formats.md 5.5); otherwise null.
   */
  | { do: 'place'; path: string; content: Content; shown: Shown; like: string | null; mtimeNs: bigint | null }
  | { do: 'rename'; from: string; to: string }
  | { do: 'move-aside'; path: string }
  | { do: 'make-folder'; path: string; shown: Shown }
  | { do: 'set-mode'; path: string; from: number; to: Shown };

/** A file of settings is nobody else's business (formats.md 2.3: 0600 after every save). */
const modeOfNewFile = 0o600;

/**
 * Reads the layer, changes nothing.
 * @returns null when there is nothing to do.
 * @throws MailmendError PLAN_OUT_OF_DATE when the tree is not as the operation needs it, PLAN_INVALID when no tree could be.
 */
export function effectOf(layer: Layer, operation: Operation): Effect | null {
  const { path: target } = operation;
  const now = layer.lstat(target);
  switch (operation.op) {
    case 'edit-prefs':
    case 'edit-ini':
    case 'edit-rows': {
      const bytes = contentNow(layer, target, now);
      return placeBytes(layer, target, now, bytes, edited(operation, bytes), null);
    }
    case 'write': {
      if (operation.mode !== null) requireReadable(target, operation.mode);
      const bytes = new Uint8Array(Buffer.from(operation.content, 'base64'));
      return placeBytes(layer, target, now, contentNow(layer, target, now), bytes, operation.mode);
    }
    case 'copy':
      return placeCopy(layer, operation.from, target, now);
    case 'move':
      if (layer.lstat(operation.from) === null) throw outOfDate(operation.from, 'is gone');
      if (isInside(operation.from, target)) throw invalid(target, 'cannot be moved into itself');
      if (now !== null) throw outOfDate(target, 'is there already');
      ownerInFolder(layer, target);
      return { do: 'rename', from: operation.from, to: target };
    case 'move-aside':
      if (now === null) throw outOfDate(target, 'is gone');
      return { do: 'move-aside', path: target };
    case 'make-folder': {
      requireUsable(target, operation.mode);
      const shown = { ...ownerInFolder(layer, target), mode: operation.mode };
      if (now === null) return { do: 'make-folder', path: target, shown };
      if (now.kind !== 'folder') throw outOfDate(target, 'is not a folder');
      return null;
    }
    case 'set-mode':
      if (now === null) throw outOfDate(target, 'is gone');
      if (now.kind === 'link') throw invalid(target, 'is a link: it has no permissions of its own');
      if (now.kind === 'folder') requireUsable(target, operation.mode);
      else requireReadable(target, operation.mode);
      return setMode(target, now, operation.mode);
  }
}

/** Makes the layer show the tree after the effect. */
export function showEffect(layer: Layer, effect: Effect): void {
  switch (effect.do) {
    case 'place':
      layer.place(effect.path, effect.content, effect.shown, effect.like);
      break;
    case 'rename':
      layer.rename(effect.from, effect.to);
      break;
    case 'move-aside':
      layer.remove(effect.path);
      break;
    case 'make-folder':
      layer.makeFolder(effect.path, effect.shown);
      break;
    case 'set-mode':
      layer.show(effect.path, effect.to);
      break;
  }
}

/** Null when nothing is there. */
function contentNow(layer: Layer, target: string, now: FileStat | null): Uint8Array | null {
  requireFile(target, now);
  return now === null ? null : layer.readFile(target);
}

function placeBytes(
  layer: Layer,
  target: string,
  now: FileStat | null,
  before: Uint8Array | null,
  bytes: Uint8Array,
  mode: number | null,
): Effect | null {
  if (now !== null && before !== null && Buffer.compare(before, bytes) === 0)
    return setMode(target, now, mode ?? now.mode);
  const kept = shownAs(layer, target, now, modeOfNewFile);
  const shown = { ...kept, mode: mode ?? kept.mode };
  const like = now === null ? null : layer.likeness(target);
  return { do: 'place', path: target, content: { bytes }, shown, like, mtimeNs: null };
}

function placeCopy(layer: Layer, from: string, target: string, now: FileStat | null): Effect | null {
  const source = layer.lstat(from);
  if (source === null) throw outOfDate(from, 'is gone');
  if (source.kind !== 'file') throw invalid(from, 'is not a file');
  requireFile(target, now);
  if (now?.size === source.size && sha256OfFile(layer, from) === sha256OfFile(layer, target)) return null;
  const origin = layer.origin(from);
  const content = origin === null ? { bytes: layer.readFile(from) } : { real: origin };
  const shown = shownAs(layer, target, now, source.mode);
  const like = layer.likeness(now === null ? from : target);
  const mtimeNs = origin === null ? null : source.mtimeNs;
  return { do: 'place', path: target, content, shown, like, mtimeNs };
}

function setMode(target: string, now: FileStat, mode: number): Effect | null {
  if (now.mode === mode) return null;
  return { do: 'set-mode', path: target, from: now.mode, to: { mode, uid: now.uid, gid: now.gid } };
}

/** A file that is replaced keeps mode and owner; a new one gets the owner of its folder. */
function shownAs(layer: Layer, target: string, now: FileStat | null, newMode: number): Shown {
  const owner = ownerInFolder(layer, target);
  return now === null ? { mode: newMode, ...owner } : { mode: now.mode, uid: now.uid, gid: now.gid };
}

function ownerInFolder(layer: Layer, target: string): { uid: number; gid: number } {
  const folder = layer.stat(path.dirname(target));
  if (folder?.kind !== 'folder') throw outOfDate(path.dirname(target), 'is not there as a folder');
  return { uid: folder.uid, gid: folder.gid };
}

/** Replacing a link by a file would change what it stands for, and writing through it would leave the folder. */
function requireFile(target: string, now: FileStat | null): void {
  if (now === null || now.kind === 'file') return;
  throw invalid(
    target,
    now.kind === 'link' ? 'is a link: mailmend does not write through links' : 'is not a file',
  );
}

/** In a folder that its owner cannot enter nothing could be taken back. */
function requireUsable(folder: string, mode: number): void {
  if ((mode & 0o700) !== 0o700) throw invalid(folder, 'would become a folder that its owner cannot use');
}

/** Undo looks at what a file holds, and the owner who asks for it is seldom root. */
function requireReadable(file: string, mode: number): void {
  if ((mode & 0o400) === 0) throw invalid(file, 'would become a file that its owner cannot read');
}

function outOfDate(target: string, why: string): MailmendError {
  return new MailmendError(
    'PLAN_OUT_OF_DATE',
    3,
    `${target} ${why}; the plan no longer fits. Nothing was changed.`,
  );
}

function invalid(target: string, why: string): MailmendError {
  return new MailmendError('PLAN_INVALID', 3, `${target} ${why}. Nothing was changed.`);
}
