/**
 * The directories in which programs of the family are usually installed (formats.md 1.2, postbox.md 3).
 * Belongs here: where to look. Whether a program is there, and which one, is installs.ts.
 */

import type { Install } from '../profile/install.ts';
import { rulesFor, rulesOf } from '../profile/path-rules.ts';
import { type PlacesEnvironment, type Platform, variable } from '../profile/places.ts';
import { listFolder } from '../profile/profile-folder.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';

export interface InstallPlace {
  /** Where the folder of the executable lies on the disk. */
  folder: string;
  /** Where the program itself sees that folder, if not there. */
  seenAs: string | null;
  kind: Install['kind'];
  container: string | null;
}

const familyName = /^(?:mozilla ?)?(?:thunderbird|betterbird|icedove|postbox|seamonkey)/i;
const packageName = /thunderbird|betterbird/i;

/** Folders that may hold a program; those that do not exist are left to the caller. */
export function installPlaces(environment: PlacesEnvironment, fs: ReadableFileSystem): InstallPlace[] {
  return placesOf[environment.platform](environment, fs);
}

/** A directory that something names as that of a program: on macOS the one of its resources. */
export function placeOfHint(platform: Platform, directory: string): InstallPlace {
  const rules = rulesFor(platform);
  const inBundle = platform === 'darwin' && rules.basename(directory) === 'Resources';
  const folder = inBundle ? rules.join(rules.dirname(directory), 'MacOS') : directory;
  const snap = platform === 'linux' ? /^\/snap\/([^/]+)\//.exec(`${directory}/`)?.[1] : undefined;
  return snap === undefined ? native(folder) : { folder, seenAs: null, kind: 'snap', container: snap };
}

const placesOf: Record<Platform, (environment: PlacesEnvironment, fs: ReadableFileSystem) => InstallPlace[]> =
  {
    linux: linuxPlaces,
    darwin: macPlaces,
    win32: windowsPlaces,
  };

const native = (folder: string): InstallPlace => ({ folder, seenAs: null, kind: 'native', container: null });

/** Paths of what is in `folder` under a name that fits; none where it cannot be read. */
const childrenOf = (fs: ReadableFileSystem, folder: string, fits: RegExp): string[] =>
  (listFolder(fs, folder) ?? [])
    .filter(({ name, kind }) => kind !== 'file' && fits.test(name))
    .map(({ name }) => rulesOf(folder).join(folder, name));

function linuxPlaces({ platform, home }: PlacesEnvironment, fs: ReadableFileSystem): InstallPlace[] {
  const { join, basename } = rulesFor(platform);
  const shared = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/usr/local', '/opt'];
  // `/app` is there inside a Flatpak only, and there the program is at home like any other.
  const own = [home, join(home, 'opt'), join(home, '.local', 'opt'), join(home, '.local', 'lib'), '/app/lib'];
  const snap = ['', 'usr/lib/thunderbird', 'lib/thunderbird'].map(
    (way): InstallPlace => ({
      folder: join('/snap/thunderbird/current', way),
      seenAs: null,
      kind: 'snap',
      container: 'thunderbird',
    }),
  );
  const flatpaks = ['/var/lib/flatpak', join(home, '.local', 'share', 'flatpak')].flatMap((store) =>
    childrenOf(fs, join(store, 'app'), packageName).flatMap((app) =>
      childrenOf(fs, join(app, 'current', 'active', 'files', 'lib'), familyName).map(
        (folder): InstallPlace => ({
          folder,
          seenAs: `/app/lib/${basename(folder)}`,
          kind: 'flatpak',
          container: basename(app),
        }),
      ),
    ),
  );
  return [
    ...[...shared, ...own].flatMap((base) => childrenOf(fs, base, familyName).map(native)),
    ...snap,
    ...flatpaks,
  ];
}

function macPlaces({ platform, home }: PlacesEnvironment, fs: ReadableFileSystem): InstallPlace[] {
  const { join } = rulesFor(platform);
  return ['/Applications', join(home, 'Applications')]
    .flatMap((base) => childrenOf(fs, base, familyName))
    .map((bundle) => native(join(bundle, 'Contents', 'MacOS')));
}

function windowsPlaces({ platform, home, env }: PlacesEnvironment, fs: ReadableFileSystem): InstallPlace[] {
  const { join } = rulesFor(platform);
  const { programs, programs32 } = programFolders({ platform, env });
  const local = variable(platform, env, 'LOCALAPPDATA') ?? join(home, 'AppData', 'Local');
  const natives = [programs, programs32, local, join(local, 'Programs')].flatMap((base) =>
    childrenOf(fs, base, familyName).map(native),
  );
  return [...natives, ...storePlaces(fs, join(programs, 'WindowsApps'), join(local, 'Packages'))];
}

/** `C:\Program Files` and its 32-bit sister, as the session names them. */
export function programFolders({ platform, env }: Pick<PlacesEnvironment, 'platform' | 'env'>): {
  programs: string;
  programs32: string;
} {
  return {
    // A 32-bit process is told the 32-bit folder under the plain name.
    programs:
      variable(platform, env, 'ProgramW6432') ??
      variable(platform, env, 'ProgramFiles') ??
      'C:\\Program Files',
    programs32: variable(platform, env, 'ProgramFiles(x86)') ?? 'C:\\Program Files (x86)',
  };
}

/**
 * Packages of the Store. Each has a folder of its family name among the data of the user, while the folder of the
 * programs is closed to most users: then the family name alone stands for the place.
 */
function storePlaces(fs: ReadableFileSystem, apps: string, packages: string): InstallPlace[] {
  const rules = rulesOf(apps);
  const folders = childrenOf(fs, apps, packageName);
  return childrenOf(fs, packages, packageName)
    .map((path) => rules.basename(path))
    .map((family): InstallPlace => {
      const folder = folders.find((path) => familyOf(rules.basename(path)) === family);
      return {
        folder: folder === undefined ? family : programIn(fs, folder),
        seenAs: null,
        kind: 'store',
        container: family,
      };
    });
}

/** `Name_1.2.3.0_x64__hash` -> `Name_hash`. */
function familyOf(fullName: string): string {
  const parts = fullName.split('_');
  return `${parts[0]}_${parts.at(-1)}`;
}

function programIn(fs: ReadableFileSystem, folder: string): string {
  const { join } = rulesOf(folder);
  return childrenOf(fs, join(folder, 'VFS', 'ProgramFiles'), familyName)[0] ?? folder;
}
