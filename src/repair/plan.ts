/**
 * Plans: made from operations, read back from a file, held against the disk before they are applied.
 * A plan file is hostile input (design.md 6.11): its shape is checked by plan-schema.ts, its paths here.
 */

import path from 'node:path';
import { effectOf, showEffect } from './effect.ts';
import { MailmendError, nextStep } from './error.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { sha256 } from './hash.ts';
import { isPlainPath, staysInside } from './inside.ts';
import { Layer } from './layer.ts';
import type { Operation, Plan, Precondition } from './operation.ts';
import { requireComplete } from './plan-complete.ts';
import { statePrecondition, whatChanged } from './precondition.ts';

export interface PlanRequest {
  /** Absolute path of the profile. */
  profile: string;
  /** Absolute paths; every operation stays below one of them. */
  folders: readonly string[];
  operations: readonly Operation[];
  now: Date;
}

/** Bytes; a plan holds the content of the files it writes. */
const largestPlanFile = 64 * 1024 * 1024;

/** The folder of the runs, never a matter of a plan. */
const ownFolder = '.mailmend';

/** @throws MailmendError NO_SUCH_PATH without a profile, PLAN_INVALID for a path outside, PLAN_OUT_OF_DATE for an operation that does not fit. */
export function makePlan(fs: ReadableFileSystem, request: PlanRequest): Plan {
  const profile = profileIdentity(fs, request.profile);
  if (profile === null)
    throw new MailmendError('NO_SUCH_PATH', 2, `There is no profile folder at ${request.profile}.`);
  const folders = [...request.folders];
  const operations = [...request.operations];
  checkPaths(fs, folders, operations);
  const preconditions = restsOn(fs, operations);
  const id = planId(profile.path, operations, preconditions);
  const made = request.now.toISOString();
  return { schema: 'mailmend/plan@1', id, made, profile, folders, operations, preconditions };
}

/** @throws MailmendError PLAN_INVALID: exit 2 when it is no plan, exit 3 when it leaves its folders, or out what it rests on. */
export async function readPlan(fs: ReadableFileSystem, bytes: Uint8Array): Promise<Plan> {
  if (bytes.length > largestPlanFile) throw notAPlan('it is larger than 64 MiB');
  // zod is slow to load, and only this needs it.
  const { parsePlan } = await import('./plan-schema.ts');
  const plan = parsePlan(bytes);
  if (typeof plan === 'string') throw notAPlan(plan);
  if (plan.id !== planId(plan.profile.path, plan.operations, plan.preconditions))
    throw notAPlan('it was changed after mailmend made it');
  checkPaths(fs, plan.folders, plan.operations);
  requireComplete(fs, plan);
  return plan;
}

/** @throws MailmendError PLAN_OUT_OF_DATE naming everything that changed, PLAN_INVALID when a path leads outside by now. */
export function checkPreconditions(fs: ReadableFileSystem, plan: Plan): void {
  checkPaths(fs, plan.folders, plan.operations);
  // The device number is not compared: it may differ after the next start of the machine.
  if (profileIdentity(fs, plan.profile.path)?.inode !== plan.profile.inode)
    throw outOfDate(plan, [`${plan.profile.path} is not the profile that the plan was made for.`]);
  const changed = plan.preconditions.flatMap((expected) => {
    const change = whatChanged(fs, expected);
    return change === null ? [] : [`${expected.path} ${change}.`];
  });
  if (changed.length > 0) throw outOfDate(plan, changed);
}

function profileIdentity(fs: ReadableFileSystem, profile: string): Plan['profile'] | null {
  const stat = fs.stat(profile);
  if (stat?.kind !== 'folder') return null;
  return { path: profile, device: String(stat.device), inode: String(stat.inode) };
}

function checkPaths(
  fs: ReadableFileSystem,
  folders: readonly string[],
  operations: readonly Operation[],
): void {
  for (const folder of folders)
    if (!isPlainPath(folder) || path.dirname(folder) === folder) throw outside(folder);
  for (const touched of operations.flatMap(pathsOf)) {
    const own = touched.split(path.sep).includes(ownFolder);
    if (own || !isPlainPath(touched) || !staysInside(fs, folders, touched)) throw outside(touched);
  }
}

/** Every path of an operation. */
export function pathsOf(operation: Operation): string[] {
  return 'from' in operation ? [operation.path, operation.from] : [operation.path];
}

/** The state on the disk of every path that the operations rest on; what an earlier operation makes is not among them. */
function restsOn(fs: ReadableFileSystem, operations: readonly Operation[]): Precondition[] {
  const layer = new Layer(fs);
  const found = new Map<string, Precondition>();
  const note = (shown: string, whole: boolean) => {
    const real = layer.underlying(shown);
    if (real === null || (found.has(real) && !whole)) return;
    const state = statePrecondition(fs, real, whole);
    if (state === null) throw new MailmendError('PLAN_INVALID', 3, `${real} is neither a file nor a folder.`);
    found.set(real, state);
  };
  for (const operation of operations) {
    const effect = effectOf(layer, operation);
    note(path.dirname(operation.path), false);
    note(operation.path, operation.op === 'move-aside');
    if ('from' in operation) note(operation.from, operation.op === 'move');
    if (effect !== null) showEffect(layer, effect);
  }
  return [...found.values()];
}

/** The same for the same plan, whenever it is made. */
function planId(
  profile: string,
  operations: readonly Operation[],
  preconditions: readonly Precondition[],
): string {
  return sha256(canonicalJson([profile, operations, preconditions])).slice(0, 12);
}

/** JSON with sorted keys: the order in which a file or a schema holds them says nothing. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}

function outside(where: string): MailmendError {
  const message = `The plan leaves the folders it may touch: ${JSON.stringify(where)}. Nothing was changed.`;
  return new MailmendError('PLAN_INVALID', 3, message);
}

function notAPlan(why: string): MailmendError {
  return new MailmendError('PLAN_INVALID', 2, `This is not a plan that mailmend can apply: ${why}.`);
}

function outOfDate({ profile }: Plan, changed: readonly string[]): MailmendError {
  const message = `The plan no longer fits, nothing was changed. ${changed.join(' ')}`;
  return new MailmendError('PLAN_OUT_OF_DATE', 3, message, [
    nextStep('Make a new plan.', 'repair', profile.path),
  ]);
}
