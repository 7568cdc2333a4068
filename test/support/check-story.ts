/**
 * What a check makes of a profile, in a form that tests can read: findings, and repairs as changes of lines.
 */

import type { AnyCheck, Facts, Repair } from '../../src/checks/check.ts';
import { type Found, runChecks } from '../../src/checks/run-checks.ts';
import { factsAfter } from './profile-from-prefs.ts';

export function foundBy(check: AnyCheck, facts: Facts): Found[] {
  return runChecks([check], facts).found;
}

/** The one finding of the check. */
export function onlyFinding(check: AnyCheck, facts: Facts): Found {
  const [found, another] = foundBy(check, facts);
  if (found === undefined || another !== undefined) {
    throw new Error(
      `expected one finding of ${check.meta.id}, got ${
        foundBy(check, facts)
          .map(({ finding }) => finding.title)
          .join(' | ') || 'none'
      }`,
    );
  }
  return found;
}

/** `name: from -> to` for each line that the repair of the one finding changes; null without repair. */
export function lineChanges(check: AnyCheck, facts: Facts): string[] | null {
  const repair = repairOf(check, facts);
  return repair === null ? null : changesOf(repair);
}

/** The profile after the repair of the one finding. */
export function repaired(check: AnyCheck, facts: Facts): Facts {
  const repair = repairOf(check, facts);
  if (repair === null) throw new Error(`${check.meta.id} has no repair`);
  return factsAfter(facts, repair.operations);
}

function repairOf(check: AnyCheck, facts: Facts): Repair | null {
  const { problem } = onlyFinding(check, facts);
  return check.repair?.(problem, facts) ?? null;
}

function changesOf(repair: Repair): string[] {
  return repair.operations.flatMap((operation) =>
    operation.op === 'edit-prefs'
      ? operation.changes.map(
          ({ name, from, to }) => `${name}: ${JSON.stringify(from)} -> ${JSON.stringify(to)}`,
        )
      : [`${operation.op} ${operation.path}`],
  );
}
