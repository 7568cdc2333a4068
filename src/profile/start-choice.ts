/**
 * Which profile an installed program opens when it is simply started, and why: the order of formats.md 1.2, as 153.7
 * was seen to keep it. Belongs here: the choice. What is registered is registry.ts.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type Install, knowsInstallSections, rootsOf } from './install.ts';
import { rulesOf } from './path-rules.ts';
import type { PlacesEnvironment, Root } from './places.ts';
import { variable } from './places.ts';
import type { RegisteredInstall, RegisteredProfile, Registry } from './registry.ts';
import { placeInWords, programInWords } from './start-words.ts';
import { whyNotTakenOver } from './take-over.ts';

export interface StartChoice {
  install: Install;
  root: Root;
  /** `manager`: it shows its profile manager and waits. `fails`: it says that it cannot start. */
  outcome: 'profile' | 'new-profile' | 'manager' | 'fails';
  reason:
    | 'environment'
    | 'own-profile'
    | 'default-profile'
    | 'taken-over'
    | 'first-start'
    | 'asks-every-time'
    | 'nothing-chosen'
    | 'choice-not-listed'
    | 'folder-missing'
    | 'registry-unreadable';
  /** The folder that opens, or that it fails to open; null for the other outcomes. */
  path: string | null;
  /** Null for a folder that profiles.ini does not list. */
  profile: RegisteredProfile | null;
  /** Its `[Install<HASH>]` section decides. If not, Default=1 of the profiles does: Postbox, SeaMonkey, Snap … */
  byInstallSection: boolean;
  /** One plain sentence or two. */
  why: string;
}

type Decision = Omit<StartChoice, 'install' | 'root' | 'byInstallSection'>;

/** The parts of the question, handed along. */
interface Question {
  fs: ReadableFileSystem;
  install: Install;
  registry: Registry;
  env: PlacesEnvironment['env'];
  who: string;
}

/** The choices of all programs, each in the roots that it uses. `env` is that of the session that starts them. */
export function startChoices(
  fs: ReadableFileSystem,
  installs: readonly Install[],
  registries: readonly Registry[],
  env: PlacesEnvironment['env'],
): StartChoice[] {
  const roots = registries.map((registry) => registry.root);
  return installs.flatMap((install) => {
    const used = new Set(rootsOf(install, roots));
    return registries
      .filter((registry) => used.has(registry.root))
      .map((registry) => startChoice(fs, install, registry, env));
  });
}

/** What `install` does with the profiles of `registry`. */
export function startChoice(
  fs: ReadableFileSystem,
  install: Install,
  registry: Registry,
  env: PlacesEnvironment['env'],
): StartChoice {
  const question = { fs, install, registry, env, who: programInWords(install) };
  return { install, root: registry.root, byInstallSection: ownsProfiles(question), ...decide(question) };
}

function decide(question: Question): Decision {
  const { install, registry, env, who } = question;
  const named = variable(install.platform, env, 'XRE_PROFILE_PATH');
  if (named !== null) return fromEnvironment(question, named);
  if (registry.state === 'unreadable') {
    const why = `${who} cannot start: profiles.ini could not be read, because ${registry.unreadable}.`;
    return { outcome: 'fails', reason: 'registry-unreadable', path: null, profile: null, why };
  }
  return ownsProfiles(question) ? withOwnProfile(question) : withDefaultProfile(question);
}

/** Snap gets a new directory with every update, so it looks at Default=1 alone; MOZ_LEGACY_PROFILES counts even when empty. */
const ownsProfiles = ({ install, env }: Question): boolean =>
  knowsInstallSections(install) && install.kind !== 'snap' && env.MOZ_LEGACY_PROFILES === undefined;

/** Set by a program that restarts itself; a first start may still refuse the default profile. */
function fromEnvironment(question: Question, path: string): Decision {
  const { registry, who } = question;
  const profile = registry.profiles.find((candidate) => candidate.path === path) ?? null;
  if (profile?.default === true && ownsProfiles(question) && ownInstall(question) === null) {
    const refusal = whyNotTakenOver(question.fs, question.install, registry, profile);
    if (refusal !== null) return newProfile(question, refusal);
  }
  const why = `${who} opens ${path}, because the environment variable XRE_PROFILE_PATH says so.`;
  return open(question, path, profile, 'environment', why);
}

/** Thunderbird and Betterbird from 68: each installation has a profile of its own. */
function withOwnProfile(question: Question): Decision {
  const { registry, who } = question;
  if (!registry.startWithLastProfile) return asks(who);
  const own = ownInstall(question);
  if (own === null) return firstStart(question);
  if (own.profile !== null) {
    const why = `${who} opens ${placeInWords(own.profile)}: profiles.ini names it as the profile of this installation.`;
    return open(question, own.profile.path, own.profile, 'own-profile', why);
  }
  const wanted = own.default?.value ?? '';
  const why =
    wanted === ''
      ? `${who} shows its profile manager and waits for a choice: no profile is set for this installation.`
      : `${who} shows its profile manager and waits for a choice: it should open "${wanted}", and no profile that it sees is in that place.`;
  return {
    outcome: 'manager',
    reason: wanted === '' ? 'nothing-chosen' : 'choice-not-listed',
    path: null,
    profile: null,
    why,
  };
}

/** A section without Default counts for nothing. The section of the former directory is adopted only if its profile is there. */
function ownInstall({ install, registry }: Question): RegisteredInstall | null {
  const own = registry.installs.find(({ hash, default: chosen }) => hash === install.hash && chosen !== null);
  if (own !== undefined) return own;
  return (
    registry.installs.find(({ hash, profile }) => hash === install.formerHash && profile !== null) ?? null
  );
}

function firstStart(question: Question): Decision {
  const { fs, install, registry, who } = question;
  const old = registry.default;
  if (old === null) {
    const none = registry.profiles.length === 0;
    return newProfile(
      question,
      none ? 'it sees no profile' : 'none of the profiles is marked as the default',
    );
  }
  const refusal = whyNotTakenOver(fs, install, registry, old);
  if (refusal !== null) return newProfile(question, refusal);
  const why = `${who} opens ${placeInWords(old)}: it is the default profile, and this installation was the last to use it.`;
  return open(question, old.path, old, 'taken-over', why);
}

/** Postbox, SeaMonkey, Thunderbird before 68, Snap. */
function withDefaultProfile(question: Question): Decision {
  const { install, registry, who } = question;
  // Before Gecko 67 a single profile opened without a question.
  const mayAsk = knowsInstallSections(install) || registry.profiles.length > 1;
  if (!registry.startWithLastProfile && mayAsk) return asks(who);
  if (registry.profiles.length === 0) return newProfile(question, 'it sees no profile');
  const { default: chosen } = registry;
  if (chosen === null) {
    const why = `${who} shows its profile manager and waits for a choice: none of the profiles is marked as the default.`;
    return { outcome: 'manager', reason: 'nothing-chosen', path: null, profile: null, why };
  }
  const single = registry.profiles.length === 1;
  const why = `${who} opens ${placeInWords(chosen)}: it is the ${single ? 'only' : 'default'} profile.`;
  return open(question, chosen.path, chosen, 'default-profile', why);
}

const asks = (who: string): Decision => ({
  outcome: 'manager',
  reason: 'asks-every-time',
  path: null,
  profile: null,
  why: `${who} asks at every start which profile to open (StartWithLastProfile=0 in profiles.ini).`,
});

function newProfile({ who, registry }: Question, because: string): Decision {
  const kept =
    registry.profiles.length > 0 ? ' The mail in the profiles that are there stays where it is.' : '';
  const why = `${who} will make a new, empty profile when it starts, because ${because}.${kept}`;
  return { outcome: 'new-profile', reason: 'first-start', path: null, profile: null, why };
}

/** A folder that is gone is not made again: the program says "Profile Missing", or that it is already running. */
function open(
  { fs, who }: Question,
  path: string,
  profile: RegisteredProfile | null,
  reason: StartChoice['reason'],
  why: string,
): Decision {
  if (isFolder(fs, path)) return { outcome: 'profile', reason, path, profile, why };
  const what = profile === null ? '' : ` ${placeInWords(profile)}, but its folder`;
  const missing = `${who} cannot start: it wants to open${what} ${path}${profile === null ? ', which' : ''} is not there.`;
  return { outcome: 'fails', reason: 'folder-missing', path, profile, why: missing };
}

function isFolder(fs: ReadableFileSystem, path: string): boolean {
  try {
    return rulesOf(path).isAbsolute(path) && fs.stat(path)?.kind === 'folder';
  } catch {
    // It is there, and may not be looked into: that is another finding.
    return true;
  }
}
