/**
 * Runs the checks over the facts: precedence, what was skipped and why, findings in a stable order.
 * Pure: the same facts give the same findings.
 */

import { createHash } from 'node:crypto';
import { type AnyCheck, causeOf, type Facts, type Problem, type StartEffect, waitsFor } from './check.ts';
import { type CheckId, causes, type Finding, type Severity, severities } from './finding.ts';

export interface Found {
  finding: Finding;
  check: AnyCheck;
  problem: Problem;
}

export interface Skipped {
  check: CheckId;
  reason: string;
}

export interface CheckRun {
  found: Found[];
  skipped: Skipped[];
}

const waiting = new Set(['leftovers', 'passwords', 'settings']);

export function runChecks(checks: readonly AnyCheck[], facts: Facts): CheckRun {
  const found: Found[] = [];
  const skipped: Skipped[] = [];
  const blockers = checks.filter((check) => check.meta.blocksOthers === true);
  for (const check of [...blockers, ...checks.filter((other) => !blockers.includes(other))]) {
    const blocker = waiting.has(causeOf(check.meta.id))
      ? found.find((f) => f.check.meta.blocksOthers === true)
      : undefined;
    const missing = check.meta.needs?.find((need) => facts[need] === null);
    if (blocker !== undefined) {
      skipped.push({ check: check.meta.id, reason: waitsFor(blocker.check.meta.id) });
    } else if (missing !== undefined) {
      skipped.push({ check: check.meta.id, reason: missingFacts[missing] });
    } else {
      const reason = check.skip?.(facts) ?? null;
      if (reason !== null) skipped.push({ check: check.meta.id, reason });
      found.push(...check.find(facts).map((problem) => describe(check, problem, facts)));
    }
  }
  return { found: found.sort(byWeight), skipped: skipped.sort((a, b) => (a.check < b.check ? -1 : 1)) };
}

const missingFacts = {
  root: 'the profile was given by its path, and no profiles.ini that names it was found',
  machine: 'nothing was learned about this computer',
};

/** Short and stable: of check and subject only, so that it is the same tomorrow and after a restart. */
export function findingId(check: CheckId, subject: { kind: string; id: string }): string {
  return createHash('sha256').update(`${check}\0${subject.kind}\0${subject.id}`).digest('hex').slice(0, 8);
}

export const isFindingId = (name: string): boolean => /^[0-9a-f]{8}$/.test(name);

function describe(check: AnyCheck, problem: Problem, facts: Facts): Found {
  const repair = check.repair?.(problem, facts) ?? null;
  const { title, detail } = check.words(problem, facts);
  const finding: Finding = {
    id: findingId(check.meta.id, problem.subject),
    check: check.meta.id,
    cause: causeOf(check.meta.id),
    severity: problem.severity ?? check.meta.severity,
    title,
    detail,
    subject: problem.subject,
    evidence: problem.evidence,
  };
  const byName = check.meta.repairByName === true ? { byName: true as const } : {};
  if (repair !== null) finding.repair = { title: repair.title, risk: repair.risk, ...byName };
  return { finding, check, problem };
}

/** Worst first, what harms the next start before the rest, then in the order of the causes, by check and subject. */
function byWeight(a: Found, b: Found): number {
  return (
    severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity) ||
    startEffects.indexOf(a.problem.start ?? 'safe') - startEffects.indexOf(b.problem.start ?? 'safe') ||
    causes.indexOf(a.finding.cause) - causes.indexOf(b.finding.cause) ||
    compare(a.finding.check, b.finding.check) ||
    compare(a.finding.subject.id, b.finding.subject.id)
  );
}

const startEffects: readonly StartEffect[] = ['loses', 'fails', 'safe'];

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  for (const finding of findings) counts[finding.severity]++;
  return counts;
}
