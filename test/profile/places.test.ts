import { describe, expect, it } from 'vitest';
import { type PlacesEnvironment, type Platform, programRoots, rootAt } from '../../src/profile/places.ts';
import { type Recorded, recordedTree } from './support/recorded-tree.ts';

const folders = (...paths: string[]): Recorded => Object.fromEntries(paths.map((path) => [path, null]));

function rootsIn(
  platform: Platform,
  home: string,
  tree: Recorded,
  env: PlacesEnvironment['env'] = {},
  locked: string[] = [],
) {
  return programRoots({ platform, home, env }, recordedTree(platform, tree, { locked }));
}

const short = (roots: ReturnType<typeof rootsIn>): [string, string, string][] =>
  roots.map(({ path, program, kind }) => [path, program, kind]);

describe('the roots of the programs (formats.md 1.1)', () => {
  it('on Linux: packages, Flatpaks, Snap, Icedove, SeaMonkey', () => {
    const roots = rootsIn(
      'linux',
      '/home/anna',
      folders(
        '/home/anna/.thunderbird',
        '/home/anna/.var/app/org.mozilla.Thunderbird/.thunderbird',
        '/home/anna/.var/app/org.mozilla.thunderbird/.thunderbird',
        '/home/anna/.var/app/org.mozilla.thunderbird_esr/.thunderbird',
        '/home/anna/.var/app/eu.betterbird.Betterbird/.thunderbird',
        '/home/anna/snap/thunderbird/common/.thunderbird',
        '/home/anna/.icedove',
        '/home/anna/.mozilla/seamonkey',
        '/home/anna/thunderbird',
      ),
    );
    expect(short(roots)).toEqual([
      ['/home/anna/.thunderbird', 'thunderbird', 'native'],
      ['/home/anna/.var/app/org.mozilla.Thunderbird/.thunderbird', 'thunderbird', 'flatpak'],
      ['/home/anna/.var/app/org.mozilla.thunderbird/.thunderbird', 'thunderbird', 'flatpak'],
      ['/home/anna/.var/app/org.mozilla.thunderbird_esr/.thunderbird', 'thunderbird', 'flatpak'],
      ['/home/anna/.var/app/eu.betterbird.Betterbird/.thunderbird', 'betterbird', 'flatpak'],
      ['/home/anna/snap/thunderbird/common/.thunderbird', 'thunderbird', 'snap'],
      ['/home/anna/.icedove', 'thunderbird', 'icedove'],
      ['/home/anna/.mozilla/seamonkey', 'seamonkey', 'native'],
    ]);
    expect(roots.map(({ container }) => container).slice(0, 2)).toEqual([null, 'org.mozilla.Thunderbird']);
    expect(roots[0]?.caches).toEqual(['/home/anna/.cache/thunderbird']);
    expect(roots[1]?.caches).toEqual(['/home/anna/.var/app/org.mozilla.Thunderbird/cache/thunderbird']);
  });

  it('on macOS: Thunderbird lies elsewhere than the others, and Postbox twice', () => {
    const library = '/Users/anna/Library';
    const roots = rootsIn(
      'darwin',
      '/Users/anna',
      folders(
        `${library}/Thunderbird`,
        `${library}/Application Support/PostboxApp`,
        `${library}/Application Support/Postbox`,
        `${library}/Application Support/SeaMonkey`,
      ),
    );
    expect(short(roots)).toEqual([
      [`${library}/Thunderbird`, 'thunderbird', 'native'],
      [`${library}/Application Support/PostboxApp`, 'postbox', 'native'],
      [`${library}/Application Support/Postbox`, 'postbox', 'native'],
      [`${library}/Application Support/SeaMonkey`, 'seamonkey', 'native'],
    ]);
    expect(roots[2]?.caches).toEqual([
      `${library}/Caches/Postbox`,
      `${library}/Caches/com.postbox-inc.postbox`,
    ]);
  });

  const appData = 'C:\\Users\\anna\\AppData';
  const windows = folders(
    `${appData}\\Roaming\\Thunderbird`,
    `${appData}\\Roaming\\Postbox`,
    `${appData}\\Roaming\\PostboxApp`,
    `${appData}\\Roaming\\Mozilla\\SeaMonkey`,
    `${appData}\\Local\\Packages\\MZLA.Thunderbird_abc\\LocalCache\\Roaming\\Thunderbird`,
    `${appData}\\Local\\Packages\\Microsoft.Paint_x\\LocalCache\\Roaming\\Thunderbird`,
  );

  it('on Windows: below the folders that the session names, and in the packages of the Store', () => {
    const roots = rootsIn('win32', 'C:\\Users\\anna', windows);
    expect(short(roots)).toEqual([
      [`${appData}\\Roaming\\Thunderbird`, 'thunderbird', 'native'],
      [
        `${appData}\\Local\\Packages\\MZLA.Thunderbird_abc\\LocalCache\\Roaming\\Thunderbird`,
        'thunderbird',
        'store',
      ],
      [`${appData}\\Roaming\\PostboxApp`, 'postbox', 'native'],
      [`${appData}\\Roaming\\Postbox`, 'postbox', 'native'],
      [`${appData}\\Roaming\\Mozilla\\SeaMonkey`, 'seamonkey', 'native'],
    ]);
    expect(roots[1]?.container).toBe('MZLA.Thunderbird_abc');
    expect(roots[0]?.caches).toEqual([`${appData}\\Local\\Thunderbird`]);
  });

  it('APPDATA leads elsewhere, in whatever case the variable is written', () => {
    const tree = folders('D:\\Roaming\\Thunderbird');
    expect(short(rootsIn('win32', 'C:\\Users\\anna', tree, { AppData: 'D:\\Roaming' }))).toHaveLength(1);
    expect(short(rootsIn('win32', 'C:\\Users\\anna', tree))).toHaveLength(0);
  });

  it('a folder of packages that may not be read hides only what is in it', () => {
    const roots = rootsIn('win32', 'C:\\Users\\anna', windows, {}, [`${appData}\\Local\\Packages`]);
    expect(roots.map(({ kind }) => kind)).toEqual(['native', 'native', 'native', 'native']);
  });

  it('a root that is a link to another is the same root, and a loop of links is none', () => {
    const tree: Recorded = {
      '/home/anna/.thunderbird': null,
      '/home/anna/.icedove': { link: '/home/anna/.thunderbird' },
      '/home/anna/.mozilla/seamonkey': { link: '/home/anna/.mozilla/seamonkey' },
    };
    expect(short(rootsIn('linux', '/home/anna', tree))).toEqual([
      ['/home/anna/.thunderbird', 'thunderbird', 'native'],
    ]);
  });

  it('a file of that name is no root', () => {
    expect(rootsIn('linux', '/home/anna', { '/home/anna/.thunderbird': 'x' })).toEqual([]);
  });

  it('MOZ_APP_DATA is itself the root', () => {
    const roots = rootsIn('linux', '/home/anna', folders('/data/tb', '/home/anna/.thunderbird'), {
      MOZ_APP_DATA: '/data/tb',
      MOZ_LOCAL_APP_DATA: '/cache/tb',
    });
    expect(short(roots)).toEqual([
      ['/data/tb', 'unknown', 'moved'],
      ['/home/anna/.thunderbird', 'thunderbird', 'native'],
    ]);
    expect(roots[0]?.caches).toEqual(['/cache/tb']);
  });
});

describe('a root named by hand', () => {
  it.each([
    ['/mnt/disk/home/anna/.thunderbird', 'thunderbird'],
    ['/mnt/disk/Users/anna/AppData/Roaming/Thunderbird', 'thunderbird'],
    ['C:\\Users\\anna\\AppData\\Roaming\\PostboxApp', 'postbox'],
    ['/Volumes/old/Library/Application Support/SeaMonkey', 'seamonkey'],
    ['/mnt/backup/mail', 'unknown'],
  ])('%s is one of %s', (path, program) => {
    expect(rootAt(path, 'linux')).toMatchObject({ path, program, kind: 'given', caches: [] });
  });
});
