/**
 * `repair`: the plan for what was found. Nothing is written here.
 */

import { allChecks } from '../checks/all-checks.ts';
import type { Facts } from '../checks/check.ts';
import { needsUnlock } from '../checks/passwords/opened-rows.ts';
import { planRepairs, type RepairPlan } from '../checks/plan-repairs.ts';
import type { Found } from '../checks/run-checks.ts';
import type { Plan } from '../repair/operation.ts';
import { makePlan } from '../repair/plan.ts';
import { accountKeys, type CheckOptions, refuseUnknownNames } from './check.ts';
import { nextCommand } from './command-line.ts';
import { describeOperation } from './describe-operations.ts';
import type { RepairDocument } from './documents/repair.ts';
import { gatherFacts, readSelected } from './gather-facts.ts';
import { leftOutOf } from './left-out.ts';
import { notKept } from './not-kept.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import { type World, withOthersAsNow } from './world.ts';

export function planRepair(
  world: World,
  selected: SelectedProfile,
  options: CheckOptions & { runs?: string | null },
): { document: RepairDocument; plan: Plan } {
  refuseUnknownNames(options.only);
  const selection = {
    only: options.only,
    accounts: accountKeys(readSelected(world, selected), options.account),
  };
  let facts: Facts | null = null;
  const settled = withOthersAsNow(world);
  const repairs = planRepairs(allChecks, selection, (operations) => {
    const gathered = gatherFacts(settled, selected, operations);
    facts ??= gathered;
    return gathered;
  });
  const plan = makePlan(world.fs, {
    profile: selected.path,
    folders: [selected.path, ...(selected.root === null ? [] : [selected.root.path])],
    operations: repairs.operations,
    now: world.now(),
  });
  return {
    document: {
      ...describePlan(world, selected, repairs, plan, facts ?? gatherFacts(world, selected)),
      notKept: notKept(world, plan, options.runs ?? null),
    },
    plan,
  };
}

function describePlan(
  world: World,
  selected: SelectedProfile,
  repairs: RepairPlan,
  plan: Plan,
  { profile, root, machine }: Facts,
): RepairDocument {
  const leftOut = leftOutOf(profile, root);
  const planned = new Set(repairs.repairs.map(({ finding }) => finding.id));
  return {
    schema: 'mailmend/repair@1',
    complete: repairs.skipped.every(({ reason }) => reason === needsUnlock) && leftOut.length === 0,
    profile: profileHeader(world, profile, machine?.lock ?? { state: 'unknown', pid: null, how: '' }),
    plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
    applied: false,
    run: null,
    needs: repairs.needs,
    findings: repairs.repairs.map(({ finding, repair }) => ({
      ...finding,
      repair: { title: repair.title, risk: repair.risk },
    })),
    notPlanned: repairs.before.found
      .filter(({ finding }) => finding.severity !== 'info' && !planned.has(finding.id))
      .map((found) => notPlanned(world, selected, found, repairs)),
    skipped: repairs.skipped,
    leftOut,
  };
}

function notPlanned(
  world: World,
  selected: SelectedProfile,
  { finding }: Found,
  repairs: RepairPlan,
): RepairDocument['notPlanned'][number] {
  const { id, check, severity, title, repair } = finding;
  if (repair === undefined) {
    return { id, check, severity, title, why: finding.detail, command: nextCommand(world, 'explain', check) };
  }
  const blocked = repairs.before.found.some((found) => found.check.meta.blocksOthers === true);
  const why =
    blocked && finding.cause !== 'profile'
      ? 'It waits until the settings file itself is put right.'
      : repair.risk === 'passwords' || repair.risk === 'mail'
        ? `It touches ${repair.risk === 'mail' ? 'mail' : 'saved passwords'}, so it is done only when you ask for it by name.`
        : 'It was not asked for.';
  return {
    id,
    check,
    severity,
    title,
    why,
    command: nextCommand(world, 'repair', selected.path, '--only', id),
  };
}
