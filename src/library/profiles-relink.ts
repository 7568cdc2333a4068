/**
 * `profiles relink <name> <folder>`: an entry of the list leads to another folder, after that was moved or renamed. The
 * installations that opened this profile go on to open it.
 */

import { rulesFor } from '../profile/path-rules.ts';
import { looksLikeProfile, programOf, readCompatibility } from '../profile/profile-folder.ts';
import type { Registry } from '../profile/registry.ts';
import { pointSection } from '../profile/registry-changes.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import type { ProfilesRelinkDocument } from './documents/profiles-change.ts';
import {
  describeChange,
  isSameFolder,
  type List,
  type ListChange,
  openList,
  requireWritable,
} from './list-change.ts';
import { profileFolder } from './profiles-register.ts';
import { rootsFor } from './select.ts';
import type { World } from './world.ts';

export interface RelinkRequest {
  /** Of the entry: its name, its section, the folder that it leads to, or the name of that. */
  name: string;
  /** As it was typed. */
  folder: string;
  /** Of `--root`. */
  roots: string[];
}

interface Entry {
  section: string;
  name: string;
  /** Null where none can be made out. */
  path: string | null;
}

/** @throws MailmendError NO_SUCH_PATH, NOT_A_PROFILE, BAD_ARGUMENTS, SEVERAL_PROFILES (2); NO_ROOT (3). */
export function planRelink(
  world: World,
  { name, folder, roots }: RelinkRequest,
): ListChange<ProfilesRelinkDocument> {
  const path = profileFolder(world, folder);
  requireWritable(path);
  const { list, entry } = findEntry(world, { name, folder, roots });
  const { registry, root } = list;
  const other = [...registry.profiles, ...registry.hidden].find(
    (one) => one.section !== entry.section && one.path !== null && isSameFolder(world, one.path, path),
  );
  if (other !== undefined) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      2,
      `${path} stands in the list already, as "${other.name ?? other.section}". Two entries for one folder would be dangerous: deleting one with its files deletes both. Nothing was changed.`,
      [nextStep('See which profiles there are.', 'profiles')],
    );
  }
  const same = entry.path !== null && isSameFolder(world, entry.path, path);
  const operations = same ? [] : pointSection(registry, entry.section, path);
  const program = programOf(readCompatibility(world.fs, path), root.program);
  const selected = { path, name: entry.name, program, root };
  const change = describeChange(world, {
    selected,
    name: entry.name,
    list,
    operations,
    notes: same ? [] : notesOn(world, entry),
  });
  return {
    selected,
    plan: change.plan,
    document: { schema: 'mailmend/profiles-relink@1', ...change.fields, former: entry.path },
  };
}

function notesOn(world: World, { path }: Entry): string[] {
  if (path === null || !looksLikeProfile(world.fs, path)) return [];
  return [
    `The former folder ${path} is still there and holds a profile. It stays as it is; no program will list it any more.`,
  ];
}

function findEntry(world: World, { name, folder, roots }: RelinkRequest): { list: List; entry: Entry } {
  const lists = rootsFor(world, roots).flatMap((root) => listsAt(world, root, name));
  const found = lists.flatMap(({ list, entries }) => entries.map((entry) => ({ list, entry })));
  const [first, second] = found;
  if (first === undefined) {
    throw new MailmendError('NO_SUCH_PATH', 2, `No profile in the list is called "${name}".`, [
      nextStep('See which profiles there are.', 'profiles'),
    ]);
  }
  if (second === undefined) return first;
  const where = found.map(({ list, entry }) => `[${entry.section}] in ${list.registry.file}`).join(', ');
  throw new MailmendError(
    'SEVERAL_PROFILES',
    2,
    `Several profiles could be meant by "${name}": ${where}. Name its section (such as ${first.entry.section}), and the list with --root.`,
    found.map(({ list, entry }) =>
      nextStep(
        `For ${entry.path ?? entry.section}:`,
        ...['profiles', 'relink', entry.section, folder, '--root', list.root.path],
      ),
    ),
  );
}

/** Only of lists that name it: another list that is broken is not the matter here. */
function listsAt(
  world: World,
  root: Parameters<typeof openList>[1],
  name: string,
): { list: List; entries: Entry[] }[] {
  const list = openListOrNull(world, root);
  if (list === null) return [];
  const entries = entriesCalled(world, list.registry, name);
  return entries.length === 0 ? [] : [{ list, entries }];
}

function openListOrNull(world: World, root: Parameters<typeof openList>[1]): List | null {
  try {
    return openList(world, root);
  } catch (error) {
    if (error instanceof MailmendError && error.code === 'NO_ROOT') return null;
    throw error;
  }
}

function entriesCalled(world: World, { profiles, hidden }: Registry, wanted: string): Entry[] {
  const { basename, resolve } = rulesFor(world.platform);
  const entries: Entry[] = [...profiles, ...hidden].map(({ section, name, path }) => ({
    section,
    name: name ?? section,
    path,
  }));
  const by = (fits: (entry: Entry) => boolean): Entry[] => entries.filter(fits);
  // A name counts most: a folder may be called like another profile.
  return (
    [
      by(({ name }) => name === wanted),
      by(({ section }) => section === wanted),
      by(({ path }) => path !== null && (path === resolve(wanted) || basename(path) === wanted)),
    ].find((found) => found.length > 0) ?? []
  );
}
