/**
 * From findings to operations: which repairs are planned, in rounds, each on the tree as the rounds before leave it.
 * So repairs never step on each other, and the plan made right after an apply is empty (design.md 6.4).
 * Pure: facts are gathered by the function that is handed in.
 */

import type { Operation } from '../repair/operation.ts';
import { type AnyCheck, causeOf, type Facts, type Repair } from './check.ts';
import type { Finding } from './finding.ts';
import { type CheckRun, type Found, runChecks, type Skipped } from './run-checks.ts';

export interface Selection {
  /** Causes, check ids or finding ids; empty: everything that plain `repair` plans. */
  only: readonly string[];
  /** Account keys; null: all. */
  accounts: readonly string[] | null;
}

export interface PlannedRepair {
  finding: Finding;
  repair: Repair;
}

export interface RepairPlan {
  /** What was found before anything is repaired. */
  before: CheckRun;
  repairs: PlannedRepair[];
  operations: Operation[];
  skipped: Skipped[];
  needs: string[];
}

/** Repairs may uncover others (a restored account list shows its servers); more rounds than that is a loop. */
const roundsForUncovered = 40;

/** @param gather the facts of the tree as it would be after these operations. */
export function planRepairs(
  checks: readonly AnyCheck[],
  selection: Selection,
  gather: (operations: readonly Operation[]) => Facts,
): RepairPlan {
  let facts = gather([]);
  const before = runChecks(checks, facts);
  const blocked = before.found.some(({ check }) => check.meta.blocksOthers === true);
  const plan: RepairPlan = {
    before,
    repairs: [],
    operations: [],
    skipped: before.skipped,
    needs: [],
  };
  const done = new Set<string>();
  let run = before;
  // Repairs of one file as a whole take a round each.
  const maxRounds = before.found.length + roundsForUncovered;
  for (let round = 0; round < maxRounds; round++) {
    const wanted = run.found.filter((found) => !done.has(found.finding.id) && isSelected(found, selection));
    const allowed = blocked ? wanted.filter(({ check }) => !waits(check)) : wanted;
    if (!planRound(allowed, facts, plan, done)) break;
    facts = gather(plan.operations);
    run = runChecks(checks, facts);
  }
  return plan;
}

/** While the settings or the list of accounts are damaged, nothing of these causes is planned, also not in a later round. */
const waits = (check: AnyCheck): boolean =>
  ['leftovers', 'passwords', 'settings'].includes(causeOf(check.meta.id));

/** @returns whether anything was planned. Repairs that touch what this round has already touched wait for the next. */
function planRound(wanted: readonly Found[], facts: Facts, plan: RepairPlan, done: Set<string>): boolean {
  const touched = new Touched();
  let planned = false;
  let loginWaits = false;
  for (const { finding, check, problem } of wanted) {
    const repair = check.repair?.(problem, facts) ?? null;
    // A later round may make it possible: a default outgoing server needs the list that another repair restores.
    if (repair === null) continue;
    // What tells a login of a leftover is the leftover: that goes once no login is waiting for its round.
    if (loginWaits && finding.cause === 'leftovers') continue;
    if (repair.operations.some((operation) => touched.clashes(operation))) {
      loginWaits ||= finding.cause === 'passwords';
      continue;
    }
    for (const operation of repair.operations) touched.add(operation);
    plan.operations.push(...repair.operations.map((operation) => ({ ...operation, finding: finding.id })));
    plan.repairs.push({ finding, repair });
    plan.needs.push(...(repair.needs ?? []).filter((need) => !plan.needs.includes(need)));
    done.add(finding.id);
    planned = true;
  }
  return planned;
}

/** What one round has touched: files and folders as a whole, and single keys of files that are edited. */
class Touched {
  readonly #whole = new Set<string>();
  readonly #keys = new Set<string>();
  readonly #edited = new Set<string>();

  clashes(operation: Operation): boolean {
    const keys = editedKeys(operation);
    if (keys.length > 0) return this.#whole.has(operation.path) || keys.some((key) => this.#keys.has(key));
    return wholePaths(operation).some((path) => this.#whole.has(path) || this.#edited.has(path));
  }

  add(operation: Operation): void {
    const keys = editedKeys(operation);
    for (const key of keys) this.#keys.add(key);
    if (keys.length > 0) this.#edited.add(operation.path);
    else for (const path of wholePaths(operation)) this.#whole.add(path);
  }
}

function editedKeys(operation: Operation): string[] {
  if (operation.op === 'edit-prefs') return operation.changes.map(({ name }) => `${operation.path}\0${name}`);
  if (operation.op === 'edit-rows')
    return operation.changes.map(({ row, from }) => `${operation.path}\0${row}\0${from}`);
  if (operation.op !== 'edit-ini') return [];
  return operation.changes.map(({ section, key }) => `${operation.path}\0${section}\0${key ?? ''}`);
}

function wholePaths(operation: Operation): string[] {
  return 'from' in operation ? [operation.path, operation.from] : [operation.path];
}

/** Plain `repair` plans errors and warnings of risk none or settings; the rest only when asked for by name (design.md 4). */
export function isSelected({ finding, problem }: Found, { only, accounts }: Selection): boolean {
  const concerned = problem.accounts ?? [];
  if (accounts !== null && concerned.length > 0 && !concerned.some((key) => accounts.includes(key)))
    return false;
  if (only.length > 0) return only.some((name) => isNamed(finding, name));
  if (finding.repair?.byName === true) return false;
  const risk = finding.repair?.risk;
  return finding.severity !== 'info' && (risk === undefined || risk === 'none' || risk === 'settings');
}

export function isNamed(finding: Finding, name: string): boolean {
  return (
    finding.id === name ||
    finding.check === name ||
    finding.cause === name ||
    finding.check.endsWith(`/${name}`)
  );
}
