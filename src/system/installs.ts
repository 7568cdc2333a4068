/**
 * The installed programs of the family: what is in the usual directories, and in those that a profile names as the
 * place of the program that used it last. What an installation means for profiles is profile/install.ts.
 */

import { installHash } from '../formats/city-hash.ts';
import type { IniFile } from '../formats/ini/ini.ts';
import { parseIni } from '../formats/ini/parse.ts';
import type { Install } from '../profile/install.ts';
import { rulesFor } from '../profile/path-rules.ts';
import type { PlacesEnvironment, Platform } from '../profile/places.ts';
import type { Program } from '../profile/profile.ts';
import { programNamed } from '../profile/profile-folder.ts';
import { readSmallFile } from '../profile/small-file.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type InstallPlace, installPlaces, placeOfHint, programFolders } from './install-places.ts';

export type { Install } from '../profile/install.ts';

const maxApplicationIniBytes = 64 * 1024;

/**
 * Every program found, once. `hints` are directories that LastAppDir or LastPlatformDir of a profile names; those
 * without an application.ini are no installation any more.
 */
export function findInstalls(
  environment: PlacesEnvironment,
  fs: ReadableFileSystem,
  hints: readonly string[],
): Install[] {
  const { platform } = environment;
  const absolute = hints.filter((hint) => rulesFor(platform).isAbsolute(hint));
  const places = [...installPlaces(environment, fs), ...absolute.map((hint) => placeOfHint(platform, hint))];
  const installs = places.flatMap((place) => readInstall(environment, fs, place) ?? []);
  const first = new Map<string, Install>();
  for (const install of installs) if (!first.has(identity(install))) first.set(identity(install), install);
  return [...first.values()];
}

const identity = ({ platform, kind, container, directory }: Install): string =>
  [kind, container, platform === 'win32' ? directory.toLowerCase() : directory].join('\n');

function readInstall(
  environment: PlacesEnvironment,
  fs: ReadableFileSystem,
  place: InstallPlace,
): Install | null {
  const { platform } = environment;
  const found = findApplicationIni(fs, platform, place);
  if (found === null && place.folder !== place.container) return null;
  // The program asks the system for its own place, which gives it without links.
  const directory = place.seenAs ?? fs.realPath(place.folder) ?? place.folder;
  const app = (key: string): string | null => found?.ini.get('App', key)?.value ?? null;
  const name = app('Name');
  const former = formerDirectory(environment, place, directory);
  return {
    program: programOfAll([app('RemotingName'), name, directory]),
    name,
    version: app('Version'),
    buildId: app('BuildID'),
    directory,
    platformDirectory: found?.inResources === true ? resourcesOf(directory) : directory,
    // A package from the Store has another directory with every version, so its family name is hashed (formats.md 1.2).
    hash: installHash(place.kind === 'store' ? (place.container ?? directory) : directory),
    formerDirectory: former,
    formerHash: former === null ? null : installHash(former),
    kind: place.kind,
    container: place.container,
    platform,
  };
}

/** What is built from the sources of Thunderbird may keep its name in some places: the other name decides. */
function programOfAll(texts: readonly (string | null)[]): Program {
  const said = texts.map(programNamed).filter((program) => program !== null);
  return said.find((program) => program !== 'thunderbird') ?? said[0] ?? 'unknown';
}

/** Beside the executable; in a bundle of macOS since 2014 among the resources. */
function findApplicationIni(
  fs: ReadableFileSystem,
  platform: Platform,
  place: InstallPlace,
): { ini: IniFile; inResources: boolean } | null {
  const { join } = rulesFor(platform);
  const inBundle = platform === 'darwin' && rulesFor(platform).basename(place.folder) === 'MacOS';
  for (const inResources of inBundle ? [true, false] : [false]) {
    const folder = inResources ? resourcesOf(place.folder) : place.folder;
    const text = readSmallFile(fs, join(folder, 'application.ini'), maxApplicationIniBytes);
    if (text.state === 'present') return { ini: parseIni(text.bytes), inResources };
  }
  return null;
}

const resourcesOf = (directory: string): string => {
  const { dirname, join } = rulesFor('darwin');
  return join(dirname(directory), 'Resources');
};

/** `C:\Program Files\X` -> `C:\Program Files (x86)\X`, so that who changes to 64 bits keeps the profile (formats.md 1.2). */
function formerDirectory(
  { platform, env }: PlacesEnvironment,
  { kind }: InstallPlace,
  directory: string,
): string | null {
  if (platform !== 'win32' || kind === 'store') return null;
  const { programs, programs32 } = programFolders({ platform, env });
  const begins = (start: string): boolean => directory.toLowerCase().startsWith(start.toLowerCase());
  return begins(programs) && !begins(programs32) ? programs32 + directory.slice(programs.length) : null;
}
