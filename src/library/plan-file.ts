/**
 * A saved plan, read back.
 */

import { MailmendError } from '../repair/error.ts';
import type { Plan } from '../repair/operation.ts';
import { readPlan } from '../repair/plan.ts';
import { lockState } from '../system/lock-state.ts';
import { describeOperation } from './describe-operations.ts';
import type { ApplyDocument } from './documents/apply.ts';
import { readSelected } from './gather-facts.ts';
import { notKept } from './not-kept.ts';
import { refuseForeignFolders } from './plan-scope.ts';
import { profileHeader } from './profile-header.ts';
import { selectedAt } from './select.ts';
import type { World } from './world.ts';

/** @throws MailmendError NO_SUCH_PATH, NOT_READABLE, TOO_LARGE, PLAN_INVALID. */
export async function readPlanFile(world: World, path: string): Promise<Plan> {
  const stat = world.fs.stat(path);
  if (stat === null) throw new MailmendError('NO_SUCH_PATH', 2, `There is no file at ${path}.`);
  if (stat.kind !== 'file')
    throw new MailmendError('PLAN_INVALID', 2, `${path} is not a file, so it is no saved plan.`);
  let bytes: Uint8Array;
  try {
    bytes = world.fs.readFile(path, { limit: largestPlan + 1 });
  } catch (error) {
    throw new MailmendError('NOT_READABLE', 2, `${path} cannot be read.`, [], error);
  }
  if (bytes.length > largestPlan) throw new MailmendError('TOO_LARGE', 2, `${path} is too large for a plan.`);
  return readPlan(world.fs, bytes);
}

const largestPlan = 64 * 1024 * 1024;

/** A saved plan before it is carried out. */
export function describePlan(
  world: World,
  plan: Plan,
  { runs = null, roots = [] }: { runs?: string | null; roots?: string[] } = {},
): ApplyDocument {
  const selected = selectedAt(world, plan.profile.path, roots);
  refuseForeignFolders(world, selected, plan);
  const profile = readSelected(world, selected);
  const lock = lockState(world.fs, world.locks, profile.path, world.platform);
  return {
    schema: 'mailmend/apply@1',
    complete: true,
    profile: profileHeader(world, profile, lock, runs),
    plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
    applied: false,
    run: null,
    notKept: notKept(world, plan, runs),
    needs: [],
  };
}
