/**
 * `profiles use <name>`: the profile that opens when the program is simply started. Which line of profiles.ini decides
 * that depends on the program: the `[Install…]` section of the installation, or Default=1 (formats.md 1.2).
 */

import { majorOf } from '../profile/install.ts';
import { readCompatibility } from '../profile/profile-folder.ts';
import type { RegisteredProfile } from '../profile/registry.ts';
import { edit, markDefault, openByInstall } from '../profile/registry-changes.ts';
import type { StartChoice } from '../profile/start-choice.ts';
import { programInWords } from '../profile/start-words.ts';
import { MailmendError, type NextStep, nextStep } from '../repair/error.ts';
import type { Operation } from '../repair/operation.ts';
import type { ProfilesUseDocument } from './documents/profiles-change.ts';
import { describeChange, isSameFolder, type List, type ListChange, openList } from './list-change.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface UseOptions {
  /** Folder or hash of the installation that is meant, or `all`; null: the only one. */
  install: string | null;
}

/** An installation that a change can be for. */
export interface InstallOption {
  hash: string;
  /** Null: only its section in profiles.ini is known. */
  folder: string | null;
  /** In plain words. */
  opens: string;
}

/** What has to be asked before there can be a plan. */
export interface InstallQuestion {
  installs: InstallOption[];
}

/**
 * @returns a question where several installations open profiles of this list and none was named.
 * @throws MailmendError NO_ROOT (3): no list; BAD_ARGUMENTS (2): the list does not name the profile, or no such installation.
 */
export function planUse(
  world: World,
  selected: SelectedProfile,
  options: UseOptions,
): ListChange<ProfilesUseDocument> | InstallQuestion {
  const { root } = selected;
  if (root === null) throw notListed(selected, 'NO_ROOT', 3);
  const list = openList(world, root);
  const entry = list.registry.profiles.find(({ path }) => isSameFolder(world, path, selected.path));
  if (entry === undefined) throw notListed(selected, 'BAD_ARGUMENTS', 2);
  const possible = installsOf(list);
  const chosen = choose(possible, options.install);
  if (chosen === null) return { installs: possible };
  const operations = [
    ...chosen.flatMap(({ hash }) => openByInstall(list.registry, hash, entry.descriptor)),
    ...defaultMark(list, entry, chosen),
    ...startAlways(list),
  ];
  const change = describeChange(world, {
    selected: { ...selected, root, path: entry.path },
    name: entry.name,
    list,
    operations,
    notes: notesOn(list, entry, chosen, readCompatibility(world.fs, entry.path)?.version ?? null),
  });
  return {
    selected: { ...selected, path: entry.path },
    plan: change.plan,
    document: { schema: 'mailmend/profiles-use@1', ...change.fields },
  };
}

function notListed(
  { path, root }: SelectedProfile,
  code: 'NO_ROOT' | 'BAD_ARGUMENTS',
  exit: 2 | 3,
): MailmendError {
  const where = root === null ? 'No profiles.ini' : `The list in ${root.path}`;
  return new MailmendError(
    code,
    exit,
    `${where} ${root === null ? 'lists' : 'does not show'} ${path}, so no program can open it from there. Nothing was changed.`,
    [
      nextStep('Enter it in the list first:', 'profiles', 'register', path),
      nextStep('If it stands there and is not seen:', 'check', path, '--only', 'profile'),
    ],
  );
}

/** The installed programs of the root that have a profile of their own; without any, those that profiles.ini knows. */
function installsOf({ registry, choices }: List): InstallOption[] {
  const installed = choices
    .filter(({ byInstallSection }) => byInstallSection)
    .map(({ install, why }) => ({ hash: install.hash, folder: install.directory, opens: why }));
  if (installed.length > 0 || choices.length > 0) return installed;
  return registry.installs
    .filter(({ default: chosen }) => chosen !== null)
    .map(({ hash, profile, default: chosen }) => ({
      hash,
      folder: null,
      opens: `It opens ${profile === null ? (chosen?.value ?? 'nothing') : `the profile "${profile.name}"`}.`,
    }));
}

/** Null: it has to be asked. @throws MailmendError BAD_ARGUMENTS (2). */
function choose(possible: readonly InstallOption[], wanted: string | null): InstallOption[] | null {
  if (wanted === 'all' || (wanted === null && possible.length <= 1)) return [...possible];
  if (wanted === null) return null;
  const named = possible.filter(({ hash, folder }) => hash === wanted.toUpperCase() || folder === wanted);
  if (named.length > 0) return named;
  const next: NextStep[] = [nextStep('See which programs there are.', 'profiles')];
  throw new MailmendError(
    'BAD_ARGUMENTS',
    2,
    `No installed program that opens profiles of this list is at ${wanted}.`,
    next,
  );
}

/** Snap, Postbox and SeaMonkey look at Default=1 alone; so does an installation that has no profile yet. */
function defaultMark(
  { registry, choices }: List,
  entry: RegisteredProfile,
  chosen: InstallOption[],
): Operation[] {
  const needed = chosen.length === 0 || choices.some(({ byInstallSection }) => !byInstallSection);
  if (!needed) return [];
  return edit(
    registry.file,
    markDefault(registry, entry.section),
    'programs without a profile of their own open the one that is marked here',
  );
}

function startAlways({ registry }: List): Operation[] {
  const { startFact, startWithLastProfile } = registry;
  if (startWithLastProfile) return [];
  return edit(
    registry.file,
    [{ section: 'General', key: 'StartWithLastProfile', from: startFact?.value ?? null, to: '1' }],
    'the program opens it without asking at every start',
  );
}

function notesOn(
  { registry, choices }: List,
  entry: RegisteredProfile,
  chosen: readonly InstallOption[],
  version: string | null,
): string[] {
  const concerned = choices.filter(
    ({ install, byInstallSection }) => !byInstallSection || chosen.some(({ hash }) => hash === install.hash),
  );
  const others = registry.installs.filter(
    ({ hash, profile, locked }) =>
      locked && profile === entry && chosen.every((install) => install.hash !== hash),
  );
  return [
    ...concerned.flatMap((choice) => tooOld(choice, version)),
    ...(others.length === 0
      ? []
      : [
          'Another installation opens this profile as well. Never have it open in both at once; the newer program changes what the older one cannot read.',
        ]),
  ];
}

/** It compares the first number only, and refuses (formats.md 1.3). */
function tooOld({ install }: StartChoice, version: string | null): string[] {
  const [own, last] = [majorOf(install.version), majorOf(version)];
  if (own === null || last === null || own >= last) return [];
  return [
    `${programInWords(install)} will refuse to open it: version ${version} used it last. Install that version or a newer one first.`,
  ];
}
