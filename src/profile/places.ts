/**
 * Where the programs of the family keep profiles.ini and their profiles: the roots of formats.md 1.1 and postbox.md 3.
 * Belongs here: one line per place. What is in a root is registry.ts and locate.ts.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesFor, rulesOf } from './path-rules.ts';
import type { Program } from './profile.ts';

export type Platform = 'linux' | 'darwin' | 'win32';

/** Whose places are looked for. `home` is absolute; `env` holds APPDATA, XDG_CACHE_HOME, MOZ_APP_DATA … where set. */
export interface PlacesEnvironment {
  platform: Platform;
  home: string;
  env: Readonly<Record<string, string | undefined>>;
}

export interface Root {
  /** Absolute: the folder that holds, or would hold, profiles.ini. */
  path: string;
  /** Betterbird shares the root of Thunderbird except as a Flatpak; which one used a profile, its compatibility.ini says. */
  program: Program;
  /** How the program came: `native`, `flatpak`, `snap`, `store`, `icedove`; `moved` by MOZ_APP_DATA; `given` by --root. */
  kind: string;
  /** The sandbox or package that it belongs to: Flatpak id, Snap name or package family name. */
  container: string | null;
  /** Where the program keeps what it can make again, there or not. */
  caches: string[];
  platform: Platform;
}

type Place = Omit<Root, 'platform'>;

/** Every root that exists, once: a root that is a link to another one is left out. */
export function programRoots(environment: PlacesEnvironment, fs: ReadableFileSystem): Root[] {
  const seen = new Set<string>();
  const roots: Root[] = [];
  for (const place of [...movedPlaces(environment), ...placesOf[environment.platform](environment, fs)]) {
    const stat = folderAt(fs, place.path);
    if (stat === null) continue;
    const id = stat.inode === 0n ? place.path : `${stat.device}:${stat.inode}`;
    if (seen.has(id)) continue;
    seen.add(id);
    roots.push({ ...place, platform: environment.platform });
  }
  return roots;
}

/** A root that was named by hand. The program is a guess by the name of the folder. `path` is absolute. */
export function rootAt(path: string, platform: Platform): Root {
  const name = rulesOf(path).basename(path).toLowerCase();
  const program: Program = /^postbox(app)?$/.test(name)
    ? 'postbox'
    : /^\.?(thunderbird|icedove)$/.test(name)
      ? 'thunderbird'
      : name === 'seamonkey'
        ? 'seamonkey'
        : 'unknown';
  return { path, program, kind: 'given', container: null, caches: [], platform };
}

/** Seen with 153.7: MOZ_APP_DATA itself is then the root, whatever program runs. */
function movedPlaces({ platform, env }: PlacesEnvironment): Place[] {
  const path = variable(platform, env, 'MOZ_APP_DATA');
  if (path === null || !rulesFor(platform).isAbsolute(path)) return [];
  const caches = variable(platform, env, 'MOZ_LOCAL_APP_DATA');
  return [
    { path, program: 'unknown', kind: 'moved', container: null, caches: caches === null ? [] : [caches] },
  ];
}

const placesOf: Record<Platform, (environment: PlacesEnvironment, fs: ReadableFileSystem) => Place[]> = {
  linux: linuxPlaces,
  darwin: macPlaces,
  win32: windowsPlaces,
};

const flatpakIds = [
  'org.mozilla.Thunderbird',
  'org.mozilla.thunderbird',
  'org.mozilla.thunderbird_esr',
  'eu.betterbird.Betterbird',
];

function linuxPlaces({ platform, home, env }: PlacesEnvironment): Place[] {
  const { join } = rulesFor(platform);
  const cache = variable(platform, env, 'XDG_CACHE_HOME') ?? join(home, '.cache');
  const flatpak = (id: string): Place => ({
    path: join(home, '.var', 'app', id, '.thunderbird'),
    program: id.startsWith('eu.betterbird.') ? 'betterbird' : 'thunderbird',
    kind: 'flatpak',
    container: id,
    caches: [join(home, '.var', 'app', id, 'cache', 'thunderbird')],
  });
  const snapHome = join(home, 'snap', 'thunderbird', 'common');
  return [
    native(join(home, '.thunderbird'), 'thunderbird', join(cache, 'thunderbird')),
    ...flatpakIds.map(flatpak),
    {
      path: join(snapHome, '.thunderbird'),
      program: 'thunderbird',
      kind: 'snap',
      container: 'thunderbird',
      caches: [join(snapHome, '.cache', 'thunderbird')],
    },
    { ...native(join(home, '.icedove'), 'thunderbird', join(cache, 'icedove')), kind: 'icedove' },
    native(join(home, '.mozilla', 'seamonkey'), 'seamonkey', join(cache, 'mozilla', 'seamonkey')),
  ];
}

function macPlaces({ platform, home }: PlacesEnvironment): Place[] {
  const { join } = rulesFor(platform);
  const library = join(home, 'Library');
  const support = join(library, 'Application Support');
  const caches = join(library, 'Caches');
  return [
    native(join(library, 'Thunderbird'), 'thunderbird', join(caches, 'Thunderbird')),
    native(join(support, 'PostboxApp'), 'postbox', join(caches, 'PostboxApp')),
    native(
      join(support, 'Postbox'),
      'postbox',
      join(caches, 'Postbox'),
      join(caches, 'com.postbox-inc.postbox'),
    ),
    native(join(support, 'SeaMonkey'), 'seamonkey', join(caches, 'SeaMonkey')),
  ];
}

function windowsPlaces({ platform, home, env }: PlacesEnvironment, fs: ReadableFileSystem): Place[] {
  const { join } = rulesFor(platform);
  const roaming = variable(platform, env, 'APPDATA') ?? join(home, 'AppData', 'Roaming');
  const local = variable(platform, env, 'LOCALAPPDATA') ?? join(home, 'AppData', 'Local');
  // What a package from the Store writes to AppData lands in its own folder, named by the package family (formats.md 1.1).
  const store = namesIn(fs, join(local, 'Packages'))
    .filter((name) => /thunderbird/i.test(name))
    .map((name): Place => {
      const own = join(local, 'Packages', name, 'LocalCache');
      return {
        path: join(own, 'Roaming', 'Thunderbird'),
        program: 'thunderbird',
        kind: 'store',
        container: name,
        caches: [join(own, 'Local', 'Thunderbird')],
      };
    });
  return [
    native(join(roaming, 'Thunderbird'), 'thunderbird', join(local, 'Thunderbird')),
    ...store,
    native(join(roaming, 'PostboxApp'), 'postbox', join(local, 'PostboxApp')),
    native(join(roaming, 'Postbox'), 'postbox', join(local, 'Postbox')),
    native(join(roaming, 'Mozilla', 'SeaMonkey'), 'seamonkey', join(local, 'Mozilla', 'SeaMonkey')),
  ];
}

const native = (path: string, program: Program, ...caches: string[]): Place => ({
  path,
  program,
  kind: 'native',
  container: null,
  caches,
});

/** Null when unset or empty. Names of variables have no case on Windows. */
export function variable(platform: Platform, env: PlacesEnvironment['env'], name: string): string | null {
  const exact = env[name];
  if (exact !== undefined && exact !== '') return exact;
  if (platform !== 'win32') return null;
  const found = Object.entries(env).find(
    ([key, value]) => key.toUpperCase() === name.toUpperCase() && value !== '',
  );
  return found?.[1] ?? null;
}

function folderAt(fs: ReadableFileSystem, path: string) {
  try {
    const stat = fs.stat(path);
    return stat?.kind === 'folder' ? stat : null;
  } catch {
    return null;
  }
}

function namesIn(fs: ReadableFileSystem, path: string): string[] {
  try {
    return fs.readFolder(path).map((entry) => entry.name);
  } catch {
    return [];
  }
}
