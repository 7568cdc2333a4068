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
  const all = foundBy(check, facts);
  const [found, another] = all;
  if (found === undefined || another !== undefined) {
    const titles = all.map(({ finding }) => finding.title).join(' | ');
    throw new Error(`expected one finding of ${check.meta.id}, got: ${titles || 'none'}`);
  }
  return found;
}

/** How grave the one finding is, and what the next start does because of it: `error loses`, `error loses, mail at risk`. */
export function gravity(check: AnyCheck, facts: Facts): string {
  const { finding, problem } = onlyFinding(check, facts);
  return `${finding.severity} ${problem.start ?? 'safe'}${problem.mailAtRisk === true ? ', mail at risk' : ''}`;
}

/** `name: from -> to` for each line that the repair of the one finding changes; null without repair. */
export function lineChanges(check: AnyCheck, facts: Facts): string[] | null {
  const repair = repairOf(check, facts);
  return repair === null ? null : changesOf(repair);
}

/** The profile after the repair of the one finding. @throws when the check still finds something in it. */
export function repaired(check: AnyCheck, facts: Facts): Facts {
  const repair = repairOf(check, facts);
  if (repair === null) throw new Error(`${check.meta.id} has no repair`);
  const after = factsAfter(facts, repair.operations);
  const left = foundBy(check, after).map(({ finding }) => finding.title);
  if (left.length > 0) throw new Error(`still found after the repair: ${left.join(' | ')}`);
  return after;
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
