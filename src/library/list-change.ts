/**
 * A change of the list of profiles: the plan, the document that shows it, and what each program opens after it. Shared by
 * `profiles use`, `register` and `relink`; what changes is their own business.
 */

import { requireList } from '../migrate/registry-entry.ts';
import type { Root } from '../profile/places.ts';
import { type Registry, readRegistry } from '../profile/registry.ts';
import type { StartChoice } from '../profile/start-choice.ts';
import { startChoices } from '../profile/start-choice.ts';
import { MailmendError } from '../repair/error.ts';
import type { Operation, Plan } from '../repair/operation.ts';
import { overlay } from '../repair/overlay.ts';
import { makePlan } from '../repair/plan.ts';
import { describeOperation } from './describe-operations.ts';
import type { ProfilesUseDocument } from './documents/profiles-change.ts';
import { readMachine, readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import { describeChoice } from './profiles.ts';
import { choicesIn } from './select.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface ListChange<Document> {
  document: Document;
  plan: Plan;
  /** For the apply: the list may not name it yet. */
  selected: SelectedProfile;
}

/** The root with what its programs open now. */
export interface List {
  root: Root;
  registry: Registry;
  choices: StartChoice[];
}

/** @throws MailmendError NO_ROOT (3): there is no list, or none that the program would see an entry of. */
export function openList(world: World, root: Root): List {
  const { registries, choices } = choicesIn(world, [root]);
  const registry = registries[0] ?? readRegistry(world.fs, root);
  requireList(registry);
  return { root, registry, choices };
}

interface Change {
  selected: SelectedProfile & { root: Root };
  /** As it is after the change. */
  name: string;
  list: List;
  operations: Operation[];
  notes: string[];
}

/** The fields of the three documents, without `schema`. */
export function describeChange(
  world: World,
  { selected, name, list, operations, notes }: Change,
): { fields: Omit<ProfilesUseDocument, 'schema'>; plan: Plan } {
  const { root, choices } = list;
  const plan = makePlan(world.fs, {
    profile: selected.path,
    folders: [root.path],
    operations,
    now: world.now(),
  });
  const after = overlay(world.fs, operations);
  const opens = startChoices(
    after,
    choices.map(({ install }) => install),
    [readRegistry(after, root)],
    world.env,
  );
  const profile = readSelected(world, selected);
  return {
    plan,
    fields: {
      complete: true,
      profile: profileHeader(world, profile, readMachine(world, profile).lock),
      root: root.path,
      entry: { name, path: selected.path },
      installs: opens.map(describeChoice),
      notes,
      plan: { id: plan.id, operations: plan.operations.map(describeOperation) },
      applied: false,
      run: null,
      needs: [],
    },
  };
}

/** A name or path that no line of an INI file can hold. @throws MailmendError BAD_ARGUMENTS (2). */
export function requireWritable(text: string): void {
  if (!/[\r\n\0]/.test(text) && !/\p{Surrogate}/u.test(text)) return;
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `${JSON.stringify(text)} cannot stand in profiles.ini: it holds the end of a line. Rename the folder first.`,
  );
}

/** By its letters, or as the system resolves links. */
export function isSameFolder(world: World, one: string, other: string): boolean {
  if (one === other) return true;
  const [a, b] = [world.fs.realPath(one), world.fs.realPath(other)];
  return a !== null && a === b;
}
