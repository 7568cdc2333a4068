/**
 * profiles.ini and installs.ini of a root as the programs read them (formats.md 1.2): which profiles there are, which
 * ones the programs do not see and why, and which profile each installation calls its own. Every fact knows its line.
 * Belongs here: reading. Which profile starts is start-choice.ts, what lies on the disk locate.ts.
 */

import type { IniFile } from '../formats/ini/ini.ts';
import { parseIni } from '../formats/ini/parse.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import type { Root } from './places.ts';
import { type HiddenProfile, type RegisteredProfile, readProfiles } from './registered-profiles.ts';
import { factOf, type RegistryFact } from './registry-fact.ts';
import { readSmallFile } from './small-file.ts';

export type { HiddenProfile, RegisteredProfile } from './registered-profiles.ts';
export type { RegistryFact } from './registry-fact.ts';

export interface RegisteredInstall {
  hash: string;
  /** Null: no such key, as good as no section. An empty value: this installation has no profile of its own. */
  default: RegistryFact | null;
  /** The profile whose descriptor that is; null for none. */
  profile: RegisteredProfile | null;
  locked: boolean;
  lockedFact: RegistryFact | null;
}

export interface Registry {
  root: Root;
  /** Absolute path of profiles.ini. */
  file: string;
  /** `empty`: there, and nothing in it that the program sees. */
  state: 'missing' | 'empty' | 'unreadable' | 'present';
  /** Half a sentence; null unless unreadable. */
  unreadable: string | null;
  startWithLastProfile: boolean;
  startFact: RegistryFact | null;
  version: RegistryFact | null;
  /** In the order of their numbers. */
  profiles: RegisteredProfile[];
  hidden: HiddenProfile[];
  installs: RegisteredInstall[];
  /** Of several with Default=1 the last; the only profile where none has it. */
  default: RegisteredProfile | null;
  /** Null unless the file could be read. */
  ini: IniFile | null;
  /** Null unless it is imported: Version is missing in profiles.ini and installs.ini could be read. */
  importedInstalls: IniFile | null;
}

/** Both files are a few hundred bytes; nothing makes them this large. */
const maxRegistryBytes = 1024 * 1024;

/** Never throws: what cannot be read is said in `state`. */
export function readRegistry(fs: ReadableFileSystem, root: Root): Registry {
  const { join } = rulesOf(root.path);
  const file = join(root.path, 'profiles.ini');
  const text = readSmallFile(fs, file, maxRegistryBytes);
  const unreadable = text.state === 'unreadable' ? text.why : null;
  if (text.state !== 'present') return { ...emptyRegistry(root, file), state: text.state, unreadable };
  const ini = parseIni(text.bytes);
  const imports = ini.get('General', 'Version') === null;
  const installsText = imports ? readSmallFile(fs, join(root.path, 'installs.ini'), maxRegistryBytes) : null;
  const importedInstalls = installsText?.state === 'present' ? parseIni(installsText.bytes) : null;
  const { profiles, hidden } = readProfiles(root, ini);
  const start = factOf(ini.get('General', 'StartWithLastProfile'));
  return {
    ...emptyRegistry(root, file),
    state: ini.sections().length === 0 ? 'empty' : 'present',
    startWithLastProfile: start?.value !== '0',
    startFact: start,
    version: factOf(ini.get('General', 'Version')),
    profiles,
    hidden,
    installs: readInstalls(ini, importedInstalls, profiles),
    default: profiles.find((profile) => profile.default) ?? null,
    ini,
    importedInstalls,
  };
}

/** The profile that is found when it is asked for by name: the first of it. */
export const profileNamed = (registry: Registry, name: string): RegisteredProfile | null =>
  registry.profiles.find((profile) => profile.name === name) ?? null;

const emptyRegistry = (root: Root, file: string): Registry => ({
  root,
  file,
  state: 'missing',
  unreadable: null,
  startWithLastProfile: true,
  startFact: null,
  version: null,
  profiles: [],
  hidden: [],
  installs: [],
  default: null,
  ini: null,
  importedInstalls: null,
});

/** What installs.ini says goes over what profiles.ini says, where it is imported at all. */
function readInstalls(
  ini: IniFile,
  imported: IniFile | null,
  profiles: readonly RegisteredProfile[],
): RegisteredInstall[] {
  const own = ini
    .sections()
    .filter((section) => section.startsWith('Install'))
    .map((section) => section.slice('Install'.length));
  const hashes = new Set([...own, ...(imported?.sections() ?? [])]);
  const fact = (hash: string, key: string): RegistryFact | null =>
    factOf(imported?.get(hash, key) ?? null, 'installs.ini') ?? factOf(ini.get(`Install${hash}`, key));
  // Of several profiles in one place the first is meant.
  const byDescriptor = new Map(profiles.toReversed().map((profile) => [profile.descriptor, profile]));
  return [...hashes].map((hash) => {
    const chosen = fact(hash, 'Default');
    const lockedFact = fact(hash, 'Locked');
    return {
      hash,
      default: chosen,
      profile: (chosen === null ? null : byDescriptor.get(chosen.value)) ?? null,
      locked: lockedFact?.value === '1',
      lockedFact,
    };
  });
}
