/**
 * Every profile that the roots know of or hold: those that profiles.ini lists, also when their folder is gone, those in
 * sections that the program does not see, and folders that look like a profile and are in no profiles.ini (R1, R2, R6).
 * Belongs here: finding them. Addresses and size of mail are asked for one by one elsewhere.
 */

import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import type { Root } from './places.ts';
import type { Program } from './profile.ts';
import { isNeverUsed, listFolder, looksLikeProfile, programOf, readCompatibility } from './profile-folder.ts';
import { type Registry, readRegistry } from './registry.ts';

export interface LocatedProfile {
  /** Absolute. */
  path: string;
  /** As in profiles.ini; the name of the folder where none lists it. */
  name: string;
  program: Program;
  /** Of the program that used it last. */
  version: string | null;
  root: Root;
  /** The program sees it in profiles.ini. */
  registered: boolean;
  /** Registry.default. */
  default: boolean;
  /** Why the program does not see the section that lists it; null where it sees it, or no section lists it. */
  hidden: string | null;
  /** Where profiles.ini lists it. */
  entry: { section: string; line: number } | null;
  /** There is a folder. */
  exists: boolean;
  /** The folder may not be looked into. */
  unreadable: boolean;
  /** Made by the program and never opened: nothing to worry about, and nothing in it. */
  neverUsed: boolean;
  /** Milliseconds since 1970; null where no file tells. */
  lastUsed: number | null;
  /** Of the folder; null where there is none. */
  device: bigint | null;
  inode: bigint | null;
}

type Candidate = Pick<
  LocatedProfile,
  'path' | 'name' | 'root' | 'registered' | 'default' | 'hidden' | 'entry'
>;

/** Root by root, the listed ones first. A folder that is reached in several ways is there once, in its best standing. */
export function locateProfiles(fs: ReadableFileSystem, roots: readonly Root[]): LocatedProfile[] {
  return locateIn(
    fs,
    roots.map((root) => readRegistry(fs, root)),
  );
}

/** As locateProfiles, for registries that have been read. */
export function locateIn(fs: ReadableFileSystem, registries: readonly Registry[]): LocatedProfile[] {
  const listed = registries.flatMap(registeredOf);
  const hidden = registries.flatMap(hiddenOf);
  const loose = registries.flatMap(({ root }) => looseIn(fs, root));
  const seen = new Set<string>();
  const located: LocatedProfile[] = [];
  const looked = new Set<string>();
  for (const candidate of [...listed, ...hidden, ...loose]) {
    // A crafted list can name one folder thousands of times.
    if (looked.has(candidate.path)) continue;
    looked.add(candidate.path);
    const profile = lookAt(fs, candidate);
    const id =
      profile.inode === null || profile.inode === 0n ? profile.path : `${profile.device}:${profile.inode}`;
    if (seen.has(id)) continue;
    seen.add(id);
    located.push(profile);
  }
  const order = new Map(registries.map(({ root }, at) => [root, at]));
  return located.sort((a, b) => (order.get(a.root) ?? 0) - (order.get(b.root) ?? 0));
}

const registeredOf = ({ root, profiles }: Registry): Candidate[] =>
  profiles.map(({ path, name, section, line, default: isDefault }) => ({
    path,
    name,
    root,
    registered: true,
    default: isDefault,
    hidden: null,
    entry: { section, line },
  }));

const hiddenOf = ({ root, hidden }: Registry): Candidate[] =>
  hidden.flatMap(({ path, name, section, line, why }) =>
    path === null
      ? []
      : [
          {
            path,
            name: name ?? rulesOf(path).basename(path),
            root,
            registered: false,
            default: false,
            hidden: why,
            entry: { section, line },
          },
        ],
  );

/** Not profiles, whatever lies in them: what the programs and mailmend keep beside profiles. */
const notProfiles = new Set([
  '.mailmend',
  'Crash Reports',
  'Pending Pings',
  'Profile Groups',
  'Background Tasks Profiles',
  'Profiles',
  'cache2',
  'startupCache',
  'OfflineCache',
  'Cache',
]);

/** Profile-looking folders directly in the root or in its `Profiles` folder. */
function looseIn(fs: ReadableFileSystem, root: Root): Candidate[] {
  const { join } = rulesOf(root.path);
  return [root.path, join(root.path, 'Profiles')].flatMap((folder) =>
    (listFolder(fs, folder) ?? [])
      .filter(({ name, kind }) => kind !== 'file' && !notProfiles.has(name))
      .map(
        ({ name }): Candidate => ({
          path: join(folder, name),
          name,
          root,
          registered: false,
          default: false,
          hidden: null,
          entry: null,
        }),
      )
      .filter(({ path }) => looksLikeProfile(fs, path)),
  );
}

function lookAt(fs: ReadableFileSystem, candidate: Candidate): LocatedProfile {
  const { path, root } = candidate;
  const { stat, denied } = statOf(fs, path);
  const exists = denied || stat?.kind === 'folder';
  const compatibility = readCompatibility(fs, path);
  return {
    ...candidate,
    program: programOf(compatibility, root.program),
    version: compatibility?.version ?? null,
    exists,
    unreadable: exists && listFolder(fs, path) === null,
    neverUsed: isNeverUsed(fs, path),
    lastUsed: lastUseOf(fs, path),
    device: exists ? (stat?.device ?? null) : null,
    inode: exists ? (stat?.inode ?? null) : null,
  };
}

/** The system may forbid even to ask; then there is something. */
function statOf(fs: ReadableFileSystem, path: string): { stat: FileStat | null; denied: boolean } {
  try {
    return { stat: fs.stat(path), denied: false };
  } catch {
    return { stat: null, denied: true };
  }
}

/** Written at every start or quit (formats.md 1.4); links are not followed, `lock` leads nowhere. */
const usedFiles = [
  'prefs.js',
  '.parentlock',
  'parent.lock',
  'lock',
  'compatibility.ini',
  'sessionCheckpoints.json',
];

function lastUseOf(fs: ReadableFileSystem, path: string): number | null {
  const { join } = rulesOf(path);
  const times = usedFiles.flatMap((name) => {
    try {
      return fs.lstat(join(path, name))?.mtimeNs ?? [];
    } catch {
      return [];
    }
  });
  const newest = times.reduce<bigint | null>(
    (latest, time) => (latest === null || time > latest ? time : latest),
    null,
  );
  return newest === null ? null : Number(newest / 1_000_000n);
}
