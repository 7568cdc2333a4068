/**
 * `apply`: carries a plan out under the program's own lock, checks again, and takes everything back where the result
 * is not what the plan promised.
 */

import { allChecks } from '../checks/all-checks.ts';
import { isWaiting } from '../checks/check.ts';
import type { CheckId } from '../checks/finding.ts';
import { type CheckRun, type Found, runChecks } from '../checks/run-checks.ts';
import { apply, type Progress } from '../repair/apply.ts';
import type { Plan } from '../repair/operation.ts';
import { nextCommand } from './command-line.ts';
import { describeOperation } from './describe-operations.ts';
import type { ApplyDocument } from './documents/apply.ts';
import type { FindingSummary } from './documents/finding.ts';
import type { Verified } from './documents/planned-change.ts';
import { gatherFacts } from './gather-facts.ts';
import { lockFor } from './locks.ts';
import { patience } from './patience.ts';
import { refuseForeignFolders } from './plan-scope.ts';
import { profileHeader } from './profile-header.ts';
import { refuseUnsafePlace } from './runs-place.ts';
import { selectedAt } from './select.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { type World, withOthersAsNow } from './world.ts';

export interface ApplyRequest {
  signal: AbortSignal;
  runs: string | null;
  onProgress?: (progress: Progress) => void;
  /** Roots given by hand. */
  roots?: string[];
  /** The words of the same command, for when it must be run again; without them, the repair. */
  again?: readonly string[];
  /** Where the list that is to name the profile does not name it yet. */
  selected?: SelectedProfile;
}

/** @throws MailmendError, see repair/apply.ts. */
export async function applyPlan(world: World, plan: Plan, request: ApplyRequest): Promise<ApplyDocument> {
  const selected = request.selected ?? selectedAt(world, plan.profile.path, request.roots ?? []);
  refuseForeignFolders(world, selected, plan);
  const settled = withOthersAsNow(world);
  const look = (): CheckRun => runChecks(allChecks, gatherFacts(settled, selected));
  const promised = new Set(plan.operations.flatMap(({ finding }) => finding ?? []));
  const before = look();
  const waited = before.skipped.filter(({ reason }) => isWaiting(reason)).map(({ check }) => check);
  let verified: Verified | null = null;
  const verify = async (): Promise<string | null> => {
    verified = compare(promised, before.found, look().found);
    return whyNot(verified, waited);
  };
  const again = request.again ?? ['repair', plan.profile.path, '--apply'];
  refuseUnsafePlace(world, plan.profile.path, request.runs, again);
  const result = await apply(world.fs, plan, {
    runs: request.runs,
    lock: lockFor(world, plan, nextCommand(world, ...again)),
    now: world.now,
    signal: request.signal,
    ...patience(world),
    ...(promised.size > 0 ? { verify } : {}),
    ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
  });
  const { profile, machine } = gatherFacts(settled, selected);
  return {
    schema: 'mailmend/apply@1',
    complete: true,
    profile: profileHeader(
      world,
      profile,
      machine?.lock ?? { state: 'unknown', pid: null, how: '' },
      request.runs,
    ),
    plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
    applied: result.applied,
    run: result.run,
    ...(verified === null ? {} : { verified }),
    needs: [],
  };
}

function compare(promised: ReadonlySet<string>, before: readonly Found[], after: readonly Found[]): Verified {
  const known = new Set(before.map(({ finding }) => finding.id));
  const still = new Set(after.map(({ finding }) => finding.id));
  return {
    // A note that goes with it was never a problem of its own.
    fixed: before
      .filter(({ finding }) => !still.has(finding.id))
      .filter(({ finding }) => finding.severity !== 'info' || promised.has(finding.id))
      .map(summary),
    remaining: after.filter(({ finding }) => promised.has(finding.id)).map(summary),
    new: after.filter(({ finding }) => !known.has(finding.id) && finding.severity !== 'info').map(summary),
  };
}

const summary = ({ finding: { id, check, severity, title } }: Found): FindingSummary => ({
  id,
  check,
  severity,
  title,
});

/**
 * A repair that leaves its own finding, or makes a new error, does not stay (design.md 6.4). What a check finds that
 * could not look before, because the settings were damaged, was there before: it only comes to light.
 */
function whyNot({ remaining, new: added }: Verified, waited: readonly CheckId[]): string | null {
  const worse = added.find(({ severity, check }) => severity === 'error' && !waited.includes(check));
  if (worse !== undefined) return `the repair would have made a new fault: ${worse.title}`;
  const left = remaining[0];
  return left === undefined ? null : `what was to be repaired is still there: ${left.title}`;
}
