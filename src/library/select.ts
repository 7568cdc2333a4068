/**
 * Which profile a command is about: a path, a name from profiles.ini, a folder's name, or the one that the installed
 * program starts (design.md 3).
 */

import { type LocatedProfile, locateProfiles } from '../profile/locate.ts';
import { rulesFor } from '../profile/path-rules.ts';
import { programRoots, type Root, rootAt } from '../profile/places.ts';
import { listFolder, looksLikeProfile, programOf, readCompatibility } from '../profile/profile-folder.ts';
import { type Registry, readRegistry } from '../profile/registry.ts';
import { type StartChoice, startChoices } from '../profile/start-choice.ts';
import { MailmendError, nextStep } from '../repair/error.ts';
import type { FileStat } from '../repair/file-system.ts';
import type { ProfilesDocument } from './documents/profiles.ts';
import { installsFor } from './gather-facts.ts';
import { listProfiles } from './profiles.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export type Selection =
  | { kind: 'one'; profile: SelectedProfile }
  | { kind: 'several'; candidates: ProfilesDocument['profiles'] };

export interface SelectRequest {
  argument: string | null;
  /** Of `--root`; empty: the places of the installed programs. */
  roots: string[];
}

export function rootsFor(world: World, given: readonly string[]): Root[] {
  const { platform, home, env } = world;
  if (given.length === 0) return programRoots({ platform, home, env }, world.fs);
  const { resolve } = rulesFor(platform);
  return given.map((folder) => {
    const at = resolve(folder);
    if (statAt(world, at)?.kind !== 'folder')
      throw new MailmendError('NO_SUCH_PATH', 2, `There is no folder at ${at}.`);
    return rootAt(at, platform);
  });
}

/** @throws MailmendError exit 2: nothing there, not a folder, not a profile, none found, no such name. */
export function selectProfile(world: World, { argument, roots }: SelectRequest): Selection {
  if (argument !== null) {
    const at = rulesFor(world.platform).resolve(argument);
    if (existsAt(world, at)) return selectByPath(world, at, roots);
    return selectByName(world, argument, roots);
  }
  return selectStarted(world, roots);
}

/** A profile whose path is known to be one. */
export function selectedAt(world: World, path: string, roots: readonly string[]): SelectedProfile {
  const known = locateProfiles(world.fs, rootsNear(world, path, roots)).find((located) =>
    isAt(world, located, path),
  );
  if (known !== undefined) return fromLocated(known, path);
  return { path, name: null, program: programOf(readCompatibility(world.fs, path), 'unknown'), root: null };
}

function selectByPath(world: World, at: string, roots: readonly string[]): Selection {
  const stat = statAt(world, at);
  if (stat === null) {
    throw new MailmendError('NO_SUCH_PATH', 2, `${at} is a link that leads nowhere. Nothing was changed.`);
  }
  if (stat.kind !== 'folder') {
    throw new MailmendError(
      'NOT_A_FOLDER',
      2,
      `${at} is a file. A profile is a folder: the one that holds prefs.js.`,
    );
  }
  listable(world, at);
  if (looksLikeProfile(world.fs, at)) return { kind: 'one', profile: selectedAt(world, at, roots) };
  return selectInside(world, at, roots);
}

/** A root, or a folder that holds roots or profiles. */
function selectInside(world: World, at: string, given: readonly string[]): Selection {
  const { join } = rulesFor(world.platform);
  const root = world.fs.stat(join(at, 'profiles.ini')) !== null ? [at] : [];
  const profiles = listProfiles(world, {
    roots: [...root, ...(root.length === 0 ? [at] : [])],
  }).profiles.filter((profile) => profile.exists);
  if (profiles.length === 0) throw notAProfile(`${at} is not a mail profile, and holds none`);
  return choose(world, profiles, given.length > 0 ? given : [at]);
}

function selectByName(world: World, name: string, roots: readonly string[]): Selection {
  const { basename, sep } = rulesFor(world.platform);
  if (!name.includes(sep)) {
    const listed = listProfiles(world, { roots: [...roots] }).profiles;
    const named = listed.filter((profile) => profile.name === name || basename(profile.path) === name);
    if (named.length > 0) return choose(world, named, roots, true);
  }
  const existing = name.includes(sep) ? '' : ', and no profile has that name';
  throw new MailmendError('NO_SUCH_PATH', 2, `There is nothing at ${name}${existing}.`, [
    nextStep('See which profiles there are on this computer.', 'profiles'),
  ]);
}

/** Nothing was named: the profile that the installed program opens, when that is one. */
function selectStarted(world: World, roots: readonly string[]): Selection {
  const listed = listProfiles(world, { roots: [...roots] }).profiles.filter(
    ({ exists, path }) => exists && mayBeProfile(world, path),
  );
  if (listed.length === 0) {
    throw new MailmendError(
      'NO_PROFILE_FOUND',
      2,
      'No mail profile was found in the places of the known programs.',
      [
        {
          say: 'Name the folder of the profile, or with --root the one that holds profiles.ini. All about it:',
          command: 'mailmend --help',
        },
      ],
    );
  }
  const started = listed.filter((profile) => profile.startedBy.length > 0);
  return choose(world, started.length === 1 ? started : listed, roots);
}

function choose(
  world: World,
  profiles: ProfilesDocument['profiles'],
  roots: readonly string[],
  firstOfName = false,
): Selection {
  const first = profiles[0];
  // Of two profiles of one name the program finds the first; in different roots nobody can tell which is meant.
  const one = profiles.length === 1 || (firstOfName && new Set(profiles.map(({ root }) => root)).size === 1);
  if (first === undefined || !one) return { kind: 'several', candidates: profiles };
  const path = rulesFor(world.platform).resolve(first.path);
  if (!first.exists) {
    throw new MailmendError(
      'NO_SUCH_PATH',
      2,
      `The folder of that profile is not there: ${path}. It was moved or renamed, or lies on a disk that is not attached.`,
      [nextStep('See which profiles there are on this computer.', 'profiles')],
    );
  }
  listable(world, path);
  // profiles.ini can name any folder.
  if (!looksLikeProfile(world.fs, path)) throw notAProfile(`${path} is not a mail profile`);
  return { kind: 'one', profile: selectedAt(world, path, roots) };
}

/** One that may not be looked into may be one. */
function mayBeProfile(world: World, at: string): boolean {
  return listFolder(world.fs, at) === null || looksLikeProfile(world.fs, at);
}

function notAProfile(what: string): MailmendError {
  return new MailmendError(
    'NOT_A_PROFILE',
    2,
    `${what}: there is no prefs.js, no key4.db, no Mail folder in it.`,
    [nextStep('See which profiles there are on this computer.', 'profiles')],
  );
}

/** The roots that may name a profile: those given, the known ones, and the folders above it that hold a list of profiles. */
function rootsNear(world: World, path: string, given: readonly string[]): Root[] {
  const { dirname, join } = rulesFor(world.platform);
  const parent = dirname(path);
  // Where profiles.ini is lost, installs.ini beside it still tells a root.
  const above = [parent, dirname(parent)].filter((folder) =>
    ['profiles.ini', 'installs.ini'].some((name) => existsAt(world, join(folder, name))),
  );
  const known = given.length > 0 ? rootsFor(world, given) : above.length > 0 ? [] : rootsFor(world, []);
  return [
    ...known,
    ...above
      .filter((folder) => !known.some((root) => root.path === folder))
      .map((folder) => rootAt(folder, world.platform)),
  ];
}

function fromLocated(located: LocatedProfile, path: string): SelectedProfile {
  const named = located.registered || located.hidden !== null;
  return { path, name: named ? located.name : null, program: located.program, root: located.root };
}

function isAt(world: World, located: LocatedProfile, path: string): boolean {
  if (located.path === path) return true;
  const stat = world.fs.stat(path);
  return stat !== null && stat.inode !== 0n && located.device === stat.device && located.inode === stat.inode;
}

/** @throws MailmendError NOT_READABLE. */
function listable(world: World, at: string): void {
  try {
    world.fs.readFolder(at);
  } catch (error) {
    throw notReadable(at, error);
  }
}

/** As the port's; a folder above that may not be entered is told. @throws MailmendError NOT_READABLE. */
function statAt(world: World, at: string): FileStat | null {
  try {
    return world.fs.stat(at);
  } catch (error) {
    throw notReadable(at, error);
  }
}

function notReadable(at: string, cause: unknown): MailmendError {
  return new MailmendError(
    'NOT_READABLE',
    2,
    `The folder ${at} cannot be read: you may not have the rights to it.`,
    [],
    cause,
  );
}

/** A loop of links, or a folder that may not be entered, is something that exists. */
function existsAt(world: World, at: string): boolean {
  try {
    return world.fs.lstat(at) !== null;
  } catch {
    return true;
  }
}

/** Which of the installed programs opens which profile; also programs that only a profile knows the place of. */
export function choicesIn(
  world: World,
  roots: readonly Root[],
): { registries: Registry[]; choices: StartChoice[] } {
  const hints = locateProfiles(world.fs, roots).flatMap(
    ({ path }) => readCompatibility(world.fs, path)?.appDir ?? [],
  );
  const registries = roots.map((root) => readRegistry(world.fs, root));
  return { registries, choices: startChoices(world.fs, installsFor(world, hints), registries, world.env) };
}
