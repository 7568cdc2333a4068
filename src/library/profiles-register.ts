/**
 * `profiles register <folder>`: enters a profile folder in the list of a program, wherever it lies. What opens at the
 * start stays as it is.
 */

import { rulesFor } from '../profile/path-rules.ts';
import type { Root } from '../profile/places.ts';
import { looksLikeProfile, programOf, readCompatibility } from '../profile/profile-folder.ts';
import { edit, freeName, listProfile, nameOfFolder } from '../profile/registry-changes.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import type { Operation } from '../repair/operation.ts';
import { commandLine } from './command-line.ts';
import type { ProfilesRegisterDocument } from './documents/profiles-change.ts';
import {
  describeChange,
  isSameFolder,
  type List,
  type ListChange,
  openList,
  requireWritable,
} from './list-change.ts';
import { rootsFor } from './select.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface RegisterRequest {
  /** As it was typed. */
  folder: string;
  /** Of `--name`; null: made of the name of the folder. */
  name: string | null;
  /** Of `--root`. */
  roots: string[];
}

/** Several lists could be meant. */
export interface RootQuestion {
  roots: Root[];
}

/**
 * @returns a question where several programs have a list that could be meant.
 * @throws MailmendError NO_SUCH_PATH, NOT_A_PROFILE, BAD_ARGUMENTS (2); NO_ROOT (3): no list to enter it in.
 */
export function planRegister(
  world: World,
  { folder, name, roots }: RegisterRequest,
): ListChange<ProfilesRegisterDocument> | RootQuestion {
  const path = profileFolder(world, folder);
  const program = programOf(readCompatibility(world.fs, path), 'unknown');
  const possible = rootsOf(world, path, program, roots);
  const root = possible[0];
  if (root === undefined) throw noRoot(world, path);
  if (possible.length > 1) return { roots: possible };
  const list = openList(world, root);
  const { registry } = list;
  const listed = registry.profiles.find((entry) => isSameFolder(world, entry.path, path));
  const hidden = registry.hidden.find(
    (entry) => entry.path !== null && isSameFolder(world, entry.path, path),
  );
  if (listed === undefined && hidden !== undefined) throw isHidden(path, hidden.why);
  const inside = registry.profiles.find((entry) => entry !== listed && isBelow(world, entry.path, path));
  if (inside !== undefined) throw liesInside(path, inside.path);
  const wanted = listed?.name ?? freeName(registry, name ?? nameOfFolder(path));
  if (name !== null && listed === undefined && wanted !== name) throw nameTaken(name);
  if (listed === undefined) for (const text of [wanted, path]) requireWritable(text);
  const operations =
    listed === undefined
      ? edit(
          registry.file,
          listProfile(registry, wanted, path),
          'the program shows the profiles that stand here',
        )
      : [];
  const selected = { path, name: wanted, program: program === 'unknown' ? root.program : program, root };
  const notes = notesOn(list, operations);
  const change = describeChange(world, { selected, name: wanted, list, operations, notes });
  return {
    selected,
    plan: change.plan,
    document: { schema: 'mailmend/profiles-register@1', ...change.fields },
  };
}

/** The folder of a profile, absolute. @throws MailmendError NO_SUCH_PATH, NOT_A_FOLDER, NOT_A_PROFILE (2). */
export function profileFolder(world: World, folder: string): string {
  const path = rulesFor(world.platform).resolve(folder);
  const kind = kindOf(world, path);
  if (kind === null) {
    throw new MailmendError(
      'NO_SUCH_PATH',
      2,
      `There is no folder at ${path}. If it lies on another disk or in the network, attach that first.`,
    );
  }
  if (kind !== 'folder')
    throw new MailmendError(
      'NOT_A_FOLDER',
      2,
      `${path} is a file. A profile is a folder: the one that holds prefs.js.`,
    );
  if (looksLikeProfile(world.fs, path)) return path;
  throw new MailmendError(
    'NOT_A_PROFILE',
    2,
    `${path} is not a mail profile: there is no prefs.js, no key4.db, no Mail folder in it.`,
    [nextStep('See which profiles are known.', 'profiles')],
  );
}

function kindOf(world: World, path: string): string | null {
  try {
    return world.fs.stat(path)?.kind ?? null;
  } catch {
    return 'folder';
  }
}

/** The one that the folder lies in; else those of the program that used it last; else all that there are. */
function rootsOf(
  world: World,
  path: string,
  program: SelectedProfile['program'],
  given: readonly string[],
): Root[] {
  const roots = rootsFor(world, given);
  if (given.length > 0) return roots;
  const { dirname } = rulesFor(world.platform);
  const above = [dirname(path), dirname(dirname(path))];
  const around = roots.filter((root) => above.some((folder) => isSameFolder(world, folder, root.path)));
  if (around.length > 0) return around;
  const shared = program === 'betterbird' ? 'thunderbird' : program;
  const own = roots.filter((root) => root.program === shared || root.program === program);
  return own.length > 0 ? own : roots;
}

function isBelow(world: World, profile: string, path: string): boolean {
  const { isAbsolute, relative, sep } = rulesFor(world.platform);
  const way = relative(world.fs.realPath(profile) ?? profile, world.fs.realPath(path) ?? path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function notesOn({ registry }: List, operations: readonly Operation[]): string[] {
  if (operations.length === 0) return [];
  const seen = registry.hidden
    .filter(({ cause }) => cause === 'gap')
    .map(({ name, section }) => name ?? section);
  return [
    ...(registry.profiles.length === 0 && registry.hidden.length === 0
      ? [
          'It is the only profile of this list, so a program without a profile of its own takes it as its default.',
        ]
      : []),
    ...(seen.length === 0
      ? []
      : [
          `It fills a gap in the numbers, so ${seen.map((name) => `"${name}"`).join(', ')} will be listed again, too.`,
        ]),
  ];
}

function noRoot(world: World, path: string): MailmendError {
  return new MailmendError(
    'NO_ROOT',
    3,
    'No mail program has a list of profiles in its usual place, so there is none to enter it in. Nothing was changed.',
    [
      {
        say: 'Name the folder that holds profiles.ini.',
        command: commandLine(
          ['mailmend', 'profiles', 'register', path, '--root', '<folder>'],
          world.platform,
        ),
      },
    ],
  );
}

function isHidden(path: string, why: string): MailmendError {
  return new MailmendError('BAD_ARGUMENTS', 2, `It stands in the list already. ${why} Nothing was changed.`, [
    nextStep('That can be put right:', 'repair', path, '--only', 'profile'),
  ]);
}

function liesInside(path: string, profile: string): MailmendError {
  return new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `${path} lies inside another profile (${profile}). A profile has a folder of its own: move it out first. Nothing was changed.`,
  );
}

function nameTaken(name: string): MailmendError {
  return new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `Another profile is called "${name}" already. Choose another name. Nothing was changed.`,
    [nextStep('See which names there are.', 'profiles')],
  );
}
