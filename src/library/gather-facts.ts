/**
 * Gathers what checks look at: the profile, its registry, the machine. The only place that knows where facts come from.
 */

import type { Facts } from '../checks/check.ts';
import { readCrashReports } from '../profile/crash-reports.ts';
import type { CompanySettings } from '../profile/enforced.ts';
import type { Install } from '../profile/install.ts';
import { readLeftInstalls } from '../profile/left-installs.ts';
import { locateProfiles } from '../profile/locate.ts';
import { misreadEntries } from '../profile/misread-entries.ts';
import type { Root } from '../profile/places.ts';
import type { Profile } from '../profile/profile.ts';
import { programOf, readCompatibility } from '../profile/profile-folder.ts';
import { readProfile } from '../profile/read-profile.ts';
import { readRegistry } from '../profile/registry.ts';
import { type RootFacts, readNeighbour } from '../profile/root-facts.ts';
import { startChoices } from '../profile/start-choice.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Operation } from '../repair/operation.ts';
import { overlay } from '../repair/overlay.ts';
import { readCompanySettings } from '../system/company-settings.ts';
import { downloadMarks } from '../system/download-marks.ts';
import { fixedFiles } from '../system/file-marks.ts';
import { findInstalls } from '../system/installs.ts';
import { type LockLink, lockLink } from '../system/lock-link.ts';
import { lockState } from '../system/lock-state.ts';
import type { Machine } from '../system/machine.ts';
import { type StoragePlace, storagePlace } from '../system/storage-place.ts';
import type { UnlockedFacts } from '../unlock/opened.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

/** @param operations the facts are those of the tree as it would be after them; nothing is written. */
export function gatherFacts(
  world: World,
  selected: SelectedProfile,
  operations: readonly Operation[] = [],
): Facts {
  const view = operations.length === 0 ? world.fs : overlay(world.fs, operations);
  const profile = readSelected(world, selected, view);
  const machine = readMachine(world, profile);
  const unlocked = world.unlock?.(view) ?? null;
  if (unlocked !== null) tellUserNames(profile, unlocked);
  return { profile, root: readRoot(world, view, selected, machine.installs), machine, unlocked };
}

/** So that whatever compares user names need not guess by their length. */
function tellUserNames({ logins }: Profile, { rows }: UnlockedFacts): void {
  for (const { file, logins: saved } of [logins.logins, logins.backup, ...logins.corrupt]) {
    for (const row of saved) {
      const username = rows.get(file)?.get(row.offset)?.username ?? null;
      if (username !== null) row.opened = { username };
    }
  }
}

export function readSelected(
  world: World,
  selected: SelectedProfile,
  view: ReadableFileSystem = world.fs,
): Profile {
  const { path, name, program } = selected;
  return readProfile(view, {
    path,
    name,
    program,
    home: world.home,
    company: companySettings(world, view, selected),
  });
}

/** The lock is asked on the disk, never on an overlay. */
export function readMachine(world: World, profile: Profile): Machine {
  const written = profile.writeAccess?.written ?? [];
  return {
    platform: world.platform,
    lock: lockState(world.fs, world.locks, profile.path, world.platform),
    lockLink: linkOf(world, profile.path),
    now: world.now(),
    installs: installsFor(world, profile.compatibility?.appDir ? [profile.compatibility.appDir] : []),
    disk: world.disk?.(profile.path) ?? null,
    place: placeOf(world, profile.path),
    openFiles: world.openFiles?.(written) ?? [],
    downloadMarks: downloadMarks(world.fs, written, world.platform),
    fixedFiles: fixedFiles(written, (at) => world.markOf?.(at) ?? null),
  };
}

function placeOf({ fs, platform, home, env }: World, profilePath: string): StoragePlace | null {
  try {
    return storagePlace(fs, profilePath, { platform, home, env });
  } catch {
    return null;
  }
}

/** There are no such links on Windows. */
function linkOf(world: World, profilePath: string): LockLink | null {
  try {
    return world.platform === 'win32' ? null : lockLink(world.fs, profilePath);
  } catch {
    return null;
  }
}

/** @param hints directories that profiles name as that of their program. */
export function installsFor(world: World, hints: readonly string[]): Install[] {
  const { platform, home, env } = world;
  return findInstalls({ platform, home, env }, world.fs, [...new Set(hints)]);
}

function readRoot(
  world: World,
  view: ReadableFileSystem,
  selected: SelectedProfile,
  installs: readonly Install[],
): RootFacts | null {
  if (selected.root === null) return null;
  return rootFacts(world, view, selected.root, selected.path, installs);
}

export function rootFacts(
  world: World,
  view: ReadableFileSystem,
  root: Root,
  profilePath: string,
  installs: readonly Install[],
): RootFacts {
  const registry = readRegistry(view, root);
  return {
    registry,
    entry: registry.profiles.find((entry) => entry.path === profilePath) ?? null,
    neighbours: locateProfiles(view, [root]).map((located) => readNeighbour(view, located, registry)),
    choices: startChoices(view, installs, [registry], world.env),
    misread: misreadEntries(view, registry),
    leftInstalls: readLeftInstalls(view, root),
    crashReports: readCrashReports(view, root.path, profilePath),
  };
}

/** Of the installed programs that may open the profile. */
function companySettings(
  world: World,
  view: ReadableFileSystem,
  { path, program }: SelectedProfile,
): CompanySettings {
  const compatibility = readCompatibility(view, path);
  const own = programOf(compatibility, program);
  const installs = installsFor(world, compatibility?.appDir ? [compatibility.appDir] : []);
  return readCompanySettings(
    world.fs,
    installs.filter((install) => own === 'unknown' || install.program === own),
  );
}
