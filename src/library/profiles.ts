/**
 * `profiles`: every profile found, and which one each installed program starts.
 */

import { type LocatedProfile, locateIn } from '../profile/locate.ts';
import { mailBytes } from '../profile/mail-size.ts';
import type { StartChoice } from '../profile/start-choice.ts';
import { readSummary } from '../profile/summary.ts';
import { lockState } from '../system/lock-state.ts';
import type { Install, ListedProfile, ProfilesDocument } from './documents/profiles.ts';
import { choicesIn, rootsFor } from './select.ts';
import type { World } from './world.ts';

export function listProfiles(world: World, { roots: given }: { roots: string[] }): ProfilesDocument {
  const roots = rootsFor(world, given);
  const { registries, choices } = choicesIn(world, roots);
  const located = locateIn(world.fs, registries);
  const leftOut = [
    ...registries
      .filter((registry) => registry.state === 'unreadable')
      .map((registry) => ({ what: registry.file, reason: registry.unreadable ?? 'it cannot be read' })),
    ...located
      .filter((profile) => profile.unreadable)
      .map((profile) => ({ what: profile.path, reason: 'the folder cannot be read' })),
  ];
  return {
    schema: 'mailmend/profiles@1',
    complete: leftOut.length === 0,
    profiles: located.map((profile) => describe(world, profile, choices)),
    installs: choices.map(describeChoice),
    roots: roots.map((root) => root.path),
    leftOut,
  };
}

function describe(world: World, profile: LocatedProfile, choices: readonly StartChoice[]): ListedProfile {
  const { path, exists } = profile;
  const opening = choices.filter((choice) => choice.path === path && choice.outcome === 'profile');
  const readable = exists && !profile.unreadable;
  const lock = readable
    ? lockState(world.fs, world.locks, path, world.platform)
    : { state: 'unknown' as const, pid: null };
  return {
    path,
    name: profile.registered || profile.hidden !== null ? profile.name : null,
    program: profile.program,
    root: profile.root.path,
    registered: profile.registered,
    default: profile.default,
    startedBy: opening.map((choice) => choice.install.hash),
    why: whyOf(profile, opening),
    exists,
    inUse: lock.state === 'held',
    pid: lock.pid,
    addresses: readable ? readSummary(world.fs, path).addresses : [],
    mailBytes: readable ? mailBytes(world.fs, path) : null,
    lastUsed: profile.lastUsed === null ? null : new Date(profile.lastUsed).toISOString(),
  };
}

function whyOf(profile: LocatedProfile, opening: readonly StartChoice[]): string {
  const first = opening[0];
  if (first !== undefined) return first.why;
  if (profile.hidden !== null) return profile.hidden;
  if (!profile.exists) return 'Its folder is not there: moved, renamed, or on a disk that is not attached.';
  if (!profile.registered) return 'No profiles.ini names this folder, so no program shows it.';
  if (profile.neverUsed) return 'The program made it and never used it. That is normal.';
  return 'No installed program opens it when it is simply started; the profile manager lists it.';
}

export function describeChoice(choice: StartChoice): Install {
  const { install, outcome } = choice;
  return {
    hash: install.hash,
    folder: install.directory,
    program: install.program,
    root: choice.root.path,
    opens: outcome === 'fails' ? 'unknown' : outcome,
    profile: choice.path,
    why: choice.why,
  };
}
