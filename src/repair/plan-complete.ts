/**
 * A plan file may be signed anew by somebody who left things out (design.md 6.11): whether it says everything that its
 * operations rest on, asks for plain permissions only, and leaves the profile in its place.
 * Belongs here: what the plan itself must hold. Whether the disk agrees is plan.ts, at the apply.
 */

import path from 'node:path';
import { MailmendError } from './error.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { isInside } from './inside.ts';
import { Layer } from './layer.ts';
import type { Operation, Plan, Precondition } from './operation.ts';

/** Without setuid, setgid and sticky: no repair gives those. */
const largestMode = 0o777;

/** @throws MailmendError PLAN_INVALID (3). */
export function requireComplete(fs: ReadableFileSystem, plan: Plan): void {
  for (const operation of plan.operations) {
    if ('mode' in operation && operation.mode !== null && operation.mode > largestMode)
      throw invalid(operation.path, 'would get permissions that mailmend never gives');
    const moved = movedBy(operation);
    if (moved !== null && holdsProfile(fs, moved, plan.profile.path))
      throw invalid(moved, 'is the profile, or holds it, and would go elsewhere');
  }
  const missing = missingPrecondition(fs, plan);
  if (missing !== null) throw invalid(missing, 'would be changed whatever is there by now');
}

function movedBy(operation: Operation): string | null {
  if (operation.op === 'move') return operation.from;
  return operation.op === 'move-aside' ? operation.path : null;
}

/** By its letters, and by inode: the same folder may have other letters, and be reached by links. */
function holdsProfile(fs: ReadableFileSystem, moved: string, profile: string): boolean {
  if (isInside(moved, profile)) return true;
  const stat = fs.lstat(moved);
  if (stat?.kind !== 'folder') return false;
  const real = fs.realPath(profile) ?? profile;
  return withThoseAbove(real).some((folder) => {
    const above = fs.lstat(folder);
    return above?.inode === stat.inode && above.device === stat.device;
  });
}

function withThoseAbove(folder: string): string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...withThoseAbove(above)];
}

/**
 * The first path that the operations rest on (restsOn in plan.ts) and the preconditions do not name, as if the disk were
 * as they say: the apply makes sure that it is.
 */
function missingPrecondition(fs: ReadableFileSystem, { operations, preconditions }: Plan): string | null {
  const named = new Map(preconditions.map((item) => [item.path, item]));
  const layer = new Layer(fs);
  for (const operation of operations) {
    const { path: target } = operation;
    const needed = [path.dirname(target), target, ...('from' in operation ? [operation.from] : [])];
    for (const shown of needed) {
      const real = layer.underlying(shown);
      if (real !== null && !isEnough(named.get(real), shown === movedBy(operation))) return real;
    }
    showOutline(layer, operation, named);
  }
  return null;
}

/** A folder that is moved counts with everything in it. */
function isEnough(state: Precondition | undefined, moved: boolean): boolean {
  return state !== undefined && !(moved && state.state === 'folder' && state.listing === undefined);
}

/** What lies where after the operation; what files hold does not matter here. */
function showOutline(layer: Layer, operation: Operation, named: ReadonlyMap<string, Precondition>): void {
  const { path: target } = operation;
  switch (operation.op) {
    case 'move':
      layer.rename(operation.from, target);
      return;
    case 'move-aside':
      layer.remove(target);
      return;
    case 'make-folder': {
      const real = layer.underlying(target);
      if (real === null || named.get(real)?.state === 'absent') layer.makeFolder(target, nobody);
      return;
    }
    case 'set-mode':
      return;
    default:
      layer.place(target, { bytes: new Uint8Array() }, nobody, null);
  }
}

const nobody = { mode: 0, uid: 0, gid: 0 };

function invalid(where: string, why: string): MailmendError {
  const message = `The plan cannot be right: ${JSON.stringify(where)} ${why}. Nothing was changed.`;
  return new MailmendError('PLAN_INVALID', 3, message);
}
