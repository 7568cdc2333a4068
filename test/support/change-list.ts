/**
 * `profiles use`, `register` and `relink` as the commands call them, in one step: planned, and carried out.
 */

import { applyPlan } from '../../src/library/apply.ts';
import type { ProfilesChangeDocument } from '../../src/library/documents/profiles-change.ts';
import type { ListChange } from '../../src/library/list-change.ts';
import { planRegister } from '../../src/library/profiles-register.ts';
import { planRelink } from '../../src/library/profiles-relink.ts';
import { planUse } from '../../src/library/profiles-use.ts';
import type { World } from '../../src/library/world.ts';
import { select } from './diagnostic.ts';

type Change = ListChange<ProfilesChangeDocument>;

/** Nothing is written. */
export function planToUse(
  world: World,
  root: string,
  profile: string,
  install: string | null = null,
): Change {
  return settled(planUse(world, select(world, profile, root), { install }));
}

export function planToRegister(
  world: World,
  root: string,
  folder: string,
  name: string | null = null,
): Change {
  return settled(planRegister(world, { folder, name, roots: [root] }));
}

export const planToRelink = (world: World, root: string, name: string, folder: string): Change =>
  planRelink(world, { name, folder, roots: [root] });

export async function carriedOut(world: World, { plan, selected }: Change): Promise<string> {
  const { signal } = new AbortController();
  const { run } = await applyPlan(world, plan, { signal, runs: null, selected });
  if (run === null) throw new Error('nothing was done');
  return run;
}

function settled<Answer extends object>(answer: Answer): Extract<Answer, { plan: unknown }> {
  if ('plan' in answer) return answer as Extract<Answer, { plan: unknown }>;
  throw new Error(`it is asked for: ${JSON.stringify(answer)}`);
}
