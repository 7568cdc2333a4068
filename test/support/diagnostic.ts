/**
 * `diagnostic-profile` as the command calls it, in one step: planned, and carried out.
 */

import { applyPlan } from '../../src/library/apply.ts';
import { type DiagnosticOptions, planDiagnosticProfile } from '../../src/library/diagnostic-profile.ts';
import type { DiagnosticProfileDocument } from '../../src/library/documents/diagnostic-profile.ts';
import { selectProfile } from '../../src/library/select.ts';
import type { SelectedProfile } from '../../src/library/selected-profile.ts';
import { undoRun } from '../../src/library/undo.ts';
import type { World } from '../../src/library/world.ts';
import type { Plan } from '../../src/repair/operation.ts';

export interface Diagnosis {
  /** Of the fresh profile. */
  path: string;
  document: DiagnosticProfileDocument;
  run: string;
}

export function select(world: World, profile: string, root: string | null): SelectedProfile {
  const selection = selectProfile(world, { argument: profile, roots: root === null ? [] : [root] });
  if (selection.kind !== 'one') throw new Error(`${profile} is not the only one`);
  return selection.profile;
}

/** Nothing is written. @param root null: as a profile that was named without --root. */
export function planDiagnosis(
  world: World,
  root: string | null,
  profile: string,
  options: Partial<DiagnosticOptions> = {},
): { document: DiagnosticProfileDocument; plan: Plan } {
  const all = { account: null, as: null, remove: false, ...options };
  return planDiagnosticProfile(world, select(world, profile, root), all);
}

/** @throws MailmendError of planning and applying. */
export async function diagnose(
  world: World,
  root: string,
  profile: string,
  options: Partial<DiagnosticOptions> = {},
): Promise<Diagnosis> {
  const { document, plan } = planDiagnosis(world, root, profile, options);
  const { run } = await applyPlan(world, plan, {
    signal: new AbortController().signal,
    runs: null,
    roots: [root],
  });
  if (run === null) throw new Error('nothing was done');
  return { path: document.diagnostic.path, document, run };
}

export const removeDiagnostic = (world: World, root: string, profile: string): Promise<Diagnosis> =>
  diagnose(world, root, profile, { remove: true });

export async function takeBack(world: World, root: string, profile: string, run: string): Promise<void> {
  const signal = new AbortController().signal;
  await undoRun(world, select(world, profile, root), { run, signal, runs: null });
}
