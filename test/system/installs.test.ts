import { describe, expect, it } from 'vitest';
import type { PlacesEnvironment, Platform } from '../../src/profile/places.ts';
import { findInstalls } from '../../src/system/installs.ts';
import { type Recorded, recordedTree } from '../profile/support/recorded-tree.ts';

const application = (name: string, version: string, remotingName = name.toLowerCase()): string =>
  `; This file is not used.\n\n[App]\nVendor=Mozilla\nName=${name}\nRemotingName=${remotingName}\nVersion=${version}\nBuildID=20261110162734\n`;

const homes = { linux: '/home/anna', darwin: '/Users/anna', win32: 'C:\\Users\\anna' };

function find(
  platform: Platform,
  tree: Recorded,
  hints: string[] = [],
  env: PlacesEnvironment['env'] = {},
  locked: string[] = [],
) {
  return findInstalls(
    { platform, home: homes[platform], env },
    recordedTree(platform, tree, { locked }),
    hints,
  );
}

describe('installed programs', () => {
  it('on Linux lie in the usual folders, with name, version and hash', () => {
    const installs = find('linux', {
      '/usr/lib/thunderbird/application.ini': application('Thunderbird', '153.7.0', 'thunderbird-default'),
      '/opt/betterbird/application.ini': application('Thunderbird', '140.3.1', 'betterbird'),
      '/home/anna/thunderbird/nothing': '',
      '/usr/lib/thunderbird-extras/x': '',
      '/usr/lib/firefox/application.ini': application('Firefox', '150.0'),
    });
    expect(
      installs.map(({ program, name, version, directory, hash, kind }) => [
        program,
        name,
        version,
        directory,
        hash,
        kind,
      ]),
    ).toEqual([
      ['thunderbird', 'Thunderbird', '153.7.0', '/usr/lib/thunderbird', 'FDC34C9F024745EB', 'native'],
      ['betterbird', 'Thunderbird', '140.3.1', '/opt/betterbird', 'F72D9E66FA3C07ED', 'native'],
    ]);
    expect(installs[0]).toMatchObject({
      buildId: '20261110162734',
      platformDirectory: '/usr/lib/thunderbird',
      formerHash: null,
    });
  });

  it('a Flatpak sees itself below /app, a Snap lies below /snap', () => {
    const flatpak = '/var/lib/flatpak/app/org.mozilla.Thunderbird/current/active/files/lib/thunderbird';
    const installs = find('linux', {
      [`${flatpak}/application.ini`]: application('Thunderbird', '140.3.0'),
      '/snap/thunderbird/current/application.ini': application('Thunderbird', '140.3.1'),
    });
    expect(
      installs.map(({ directory, hash, kind, container }) => [directory, hash, kind, container]),
    ).toEqual([
      ['/snap/thunderbird/current', expect.any(String), 'snap', 'thunderbird'],
      ['/app/lib/thunderbird', 'BD520B11F73A6B64', 'flatpak', 'org.mozilla.Thunderbird'],
    ]);
  });

  it('a linked folder is the folder behind the link, and is there once', () => {
    const installs = find('linux', {
      '/usr/lib/thunderbird/application.ini': application('Thunderbird', '153.7.0'),
      '/opt/thunderbird': { link: '/usr/lib/thunderbird' },
    });
    expect(installs.map(({ directory }) => directory)).toEqual(['/usr/lib/thunderbird']);
  });

  it('on macOS the executable is hashed, and the resources are what profiles name', () => {
    const bundle = '/Applications/Thunderbird.app/Contents';
    const installs = find('darwin', {
      [`${bundle}/Resources/application.ini`]: application('Thunderbird', '140.3.0'),
      [`${bundle}/MacOS/thunderbird`]: '',
      '/Applications/Postbox.app/Contents/MacOS/application.ini': application('Postbox', '7.0.60'),
    });
    expect(
      installs.map(({ program, directory, platformDirectory, hash }) => [
        program,
        directory,
        platformDirectory,
        hash,
      ]),
    ).toEqual([
      [
        'postbox',
        '/Applications/Postbox.app/Contents/MacOS',
        '/Applications/Postbox.app/Contents/MacOS',
        expect.any(String),
      ],
      ['thunderbird', `${bundle}/MacOS`, `${bundle}/Resources`, '712DAF5A23ABECDC'],
    ]);
  });

  const appData = 'C:\\Users\\anna\\AppData\\Local';
  const apps = 'C:\\Program Files\\WindowsApps';
  const windows: Recorded = {
    'C:\\Program Files\\Mozilla Thunderbird\\application.ini': application('Thunderbird', '153.7.0'),
    'C:\\Program Files (x86)\\Postbox\\application.ini': application('Postbox', '7.0.60'),
    [`${appData}\\Packages\\MZLA.Thunderbird_abc\\Settings`]: null,
    [`${apps}\\MZLA.Thunderbird_140.3.0.0_x64__abc\\VFS\\ProgramFiles\\Mozilla Thunderbird\\application.ini`]:
      application('Thunderbird', '140.3.0'),
  };

  it('on Windows know where their 32-bit sister would be', () => {
    const [thunderbird, postbox] = find('win32', windows);
    expect(thunderbird).toMatchObject({
      directory: 'C:\\Program Files\\Mozilla Thunderbird',
      hash: 'D78BF5DD33499EC2',
      formerDirectory: 'C:\\Program Files (x86)\\Mozilla Thunderbird',
      formerHash: '8216C80C92C4E828',
    });
    expect(postbox).toMatchObject({ program: 'postbox', version: '7.0.60', formerDirectory: null });
  });

  it('from the Store have the hash of their package family, in an open folder and in a closed one', () => {
    const packaged = (locked: string[]) =>
      find('win32', windows, [], {}, locked).find(({ kind }) => kind === 'store');
    const open = packaged([]);
    const closed = packaged([apps]);
    expect(open).toMatchObject({
      program: 'thunderbird',
      version: '140.3.0',
      container: 'MZLA.Thunderbird_abc',
      directory: `${apps}\\MZLA.Thunderbird_140.3.0.0_x64__abc\\VFS\\ProgramFiles\\Mozilla Thunderbird`,
    });
    expect(closed).toMatchObject({
      program: 'thunderbird',
      version: null,
      directory: 'MZLA.Thunderbird_abc',
    });
    expect(closed?.hash).toBe(open?.hash);
  });

  it('elsewhere are found where a profile says that it was used from', () => {
    const tree: Recorded = {
      '/srv/tb/application.ini': application('Thunderbird', '128.0'),
      '/snap/thunderbird/512/application.ini': application('Thunderbird', '140.0'),
    };
    const installs = find('linux', tree, [
      '/srv/tb',
      '/srv/gone',
      'not/absolute',
      '/srv/tb',
      '/snap/thunderbird/512',
    ]);
    expect(installs.map(({ directory, kind }) => [directory, kind])).toEqual([
      ['/srv/tb', 'native'],
      ['/snap/thunderbird/512', 'snap'],
    ]);
    const resources = '/Volumes/Apps/Thunderbird.app/Contents/Resources';
    const mac = find('darwin', { [`${resources}/application.ini`]: application('Thunderbird', '140.0') }, [
      resources,
    ]);
    expect(mac.map(({ directory, platformDirectory }) => [directory, platformDirectory])).toEqual([
      ['/Volumes/Apps/Thunderbird.app/Contents/MacOS', resources],
    ]);
  });

  it('with a damaged application.ini are there, without name and version', () => {
    const [install] = find('linux', { '/opt/thunderbird/application.ini': '\0\0' });
    expect(install).toMatchObject({
      program: 'thunderbird',
      name: null,
      version: null,
      hash: '9238613B8C3D2579',
    });
  });

  it('none is none', () => {
    expect(find('linux', { '/home/anna': null })).toEqual([]);
    expect(find('win32', {})).toEqual([]);
    expect(find('darwin', {})).toEqual([]);
  });
});
