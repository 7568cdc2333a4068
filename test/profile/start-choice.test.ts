import { describe, expect, it } from 'vitest';
import { installHash } from '../../src/formats/city-hash.ts';
import type { Install } from '../../src/profile/install.ts';
import { type Platform, type Root, rootAt } from '../../src/profile/places.ts';
import { readRegistry } from '../../src/profile/registry.ts';
import { type StartChoice, startChoice, startChoices } from '../../src/profile/start-choice.ts';
import type { ReadableFileSystem } from '../../src/repair/file-system.ts';
import { type Recorded, recordedTree } from './support/recorded-tree.ts';
import { type StartScenario, startScenarios, thisDirectory } from './support/start-scenarios.ts';

const home = '/home/anna';
const rootPath = '/home/anna/.thunderbird';

const program = (directory: string, more: Partial<Install> = {}): Install => ({
  program: 'thunderbird',
  name: 'Thunderbird',
  version: '153.7.0',
  buildId: '20261110162734',
  directory,
  platformDirectory: directory,
  hash: installHash(directory),
  formerDirectory: null,
  formerHash: null,
  kind: 'native',
  container: null,
  platform: 'linux',
  ...more,
});

const rootOf = (path: string, platform: Platform, more: Partial<Root> = {}): Root => ({
  ...rootAt(path, platform),
  kind: 'native',
  ...more,
});

const compatibility = (directory: string): string =>
  `[Compatibility]\nLastVersion=153.7.0_2/2\n${directory === '' ? '' : `LastPlatformDir=${directory}\nLastAppDir=${directory}\n`}`;

function layOut({ ini, installsIni, folders, file, link }: StartScenario): ReadableFileSystem {
  const tree: Recorded = { [rootPath]: null };
  if (ini !== null) tree[`${rootPath}/profiles.ini`] = typeof ini === 'string' ? fill(ini) : ini;
  if (installsIni !== undefined) tree[`${rootPath}/installs.ini`] = installsIni;
  for (const [name, directory] of Object.entries(folders)) {
    tree[`${rootPath}/${name}/prefs.js`] = '';
    if (directory !== null) tree[`${rootPath}/${name}/compatibility.ini`] = compatibility(directory);
  }
  if (file !== undefined) tree[`${rootPath}/${file}`] = '';
  if (link !== undefined) tree[`${rootPath}/${link[0]}`] = { link: fill(link[1]) };
  return recordedTree('linux', tree);
}

const fill = (text: string): string => text.replaceAll('@R', rootPath).replaceAll('@H', home);

function choose(fs: ReadableFileSystem, install: Install, env: StartScenario['env'] = {}): StartChoice {
  const filled = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, fill(value)]));
  return startChoice(fs, install, readRegistry(fs, rootOf(rootPath, 'linux')), filled);
}

/** As the scenarios say it. */
const inShort = ({ outcome, path }: StartChoice): string =>
  outcome === 'profile'
    ? (path ?? '').replace(`${rootPath}/`, '').replace(`${home}/`, '../')
    : outcome.replace('-profile', '');

describe('which profile opens, as Thunderbird 153.7 was seen to do', () => {
  it.each(Object.entries(startScenarios))('%s', (_, scenario) => {
    const choice = choose(layOut(scenario), program(thisDirectory), scenario.env);
    expect(inShort(choice)).toBe(scenario.seen);
    expect(choice.why).toMatch(/^Thunderbird 153\.7\.0 \(\/usr\/lib\/thunderbird\) .*\.$/);
  });
});

const twoProfiles =
  '[General]\nStartWithLastProfile=1\nVersion=2\n\n[Profile0]\nName=work\nIsRelative=1\nPath=w\nDefault=1\n\n[Profile1]\nName=home\nIsRelative=1\nPath=h\n\n';

const scene = (ini: string, more: Partial<StartScenario> = {}): ReadableFileSystem =>
  layOut({ ini, folders: { w: '/opt/thunderbird', h: '/opt/thunderbird' }, seen: '', ...more });

describe('why it opens, in one plain sentence', () => {
  const here = program('/usr/lib/thunderbird');
  const why = (fs: ReadableFileSystem, env: StartScenario['env'] = {}): string =>
    choose(fs, here, env).why.replace('Thunderbird 153.7.0 (/usr/lib/thunderbird)', 'It');

  it.each([
    [
      `${twoProfiles}[InstallFDC34C9F024745EB]\nDefault=h\n`,
      'It opens the profile "home": profiles.ini names it as the profile of this installation.',
    ],
    [
      twoProfiles,
      'It will make a new, empty profile when it starts, because the profile "work" was last used by another installation (/opt/thunderbird). The mail in the profiles that are there stays where it is.',
    ],
    [
      `${twoProfiles}[InstallFDC34C9F024745EB]\nDefault=Profiles/x\n`,
      'It shows its profile manager and waits for a choice: it should open "Profiles/x", and no profile that it sees is in that place.',
    ],
    [
      `${twoProfiles}[InstallFDC34C9F024745EB]\nDefault=\n`,
      'It shows its profile manager and waits for a choice: no profile is set for this installation.',
    ],
    [
      twoProfiles.replace('StartWithLastProfile=1', 'StartWithLastProfile=0'),
      'It asks at every start which profile to open (StartWithLastProfile=0 in profiles.ini).',
    ],
    [
      `${twoProfiles.replace('Path=h', 'Path=gone')}[InstallFDC34C9F024745EB]\nDefault=gone\n`,
      `It cannot start: it wants to open the profile "home", but its folder ${rootPath}/gone is not there.`,
    ],
    ['', 'It will make a new, empty profile when it starts, because it sees no profile.'],
  ])('%#', (ini, sentence) => {
    expect(why(scene(ini))).toBe(sentence);
  });

  it('says when profiles.ini cannot be read', () => {
    const fs = recordedTree('linux', { [`${rootPath}/profiles.ini/x`]: '' });
    expect(why(fs)).toBe('It cannot start: profiles.ini could not be read, because it is not a file.');
    expect(choose(fs, here)).toMatchObject({ outcome: 'fails', reason: 'registry-unreadable' });
  });

  it('says when the environment decides', () => {
    expect(why(scene(twoProfiles), { XRE_PROFILE_PATH: '@R/h' })).toBe(
      `It opens ${rootPath}/h, because the environment variable XRE_PROFILE_PATH says so.`,
    );
  });
});

describe('programs without install sections open the default profile', () => {
  const sections = `${twoProfiles}[Install${installHash('/opt/x')}]\nDefault=h\n`;

  it.each([
    ['Postbox', program('/opt/x', { program: 'postbox', name: 'Postbox', version: '7.0.60' })],
    ['SeaMonkey', program('/opt/x', { program: 'seamonkey', name: 'SeaMonkey', version: '2.53.18' })],
    ['Thunderbird 60', program('/opt/x', { version: '60.9.1' })],
    ['a Snap', program('/opt/x', { kind: 'snap', container: 'thunderbird' })],
  ])('%s', (_, install) => {
    expect(choose(scene(sections), install)).toMatchObject({
      outcome: 'profile',
      reason: 'default-profile',
      path: `${rootPath}/w`,
      byInstallSection: false,
    });
  });

  it('but Thunderbird 68 has its own', () => {
    const choice = choose(scene(sections), program('/opt/x', { version: '68.0' }));
    expect(choice).toMatchObject({ reason: 'own-profile', path: `${rootPath}/h`, byInstallSection: true });
  });

  it('before Gecko 67 a single profile opened without a question', () => {
    const one = '[General]\nStartWithLastProfile=0\n\n[Profile0]\nName=work\nIsRelative=1\nPath=w\n';
    const old = program('/opt/x', { program: 'postbox', version: '7.0.60' });
    expect(choose(scene(one), old)).toMatchObject({ outcome: 'profile', path: `${rootPath}/w` });
    expect(choose(scene(`${one}\n[Profile1]\nName=h\nIsRelative=1\nPath=h\n`), old)).toMatchObject({
      outcome: 'manager',
    });
  });
});

describe('on Windows', () => {
  const roaming = 'C:\\Users\\anna\\AppData\\Roaming\\Thunderbird';
  const directory = 'C:\\Program Files\\Mozilla Thunderbird';
  const former = 'C:\\Program Files (x86)\\Mozilla Thunderbird';
  const install = program(directory, {
    platform: 'win32',
    formerDirectory: former,
    formerHash: installHash(former),
  });
  const ini =
    '[General]\r\nStartWithLastProfile=1\r\nVersion=2\r\n\r\n[Profile0]\r\nName=default\r\nIsRelative=1\r\nPath=Profiles/a.default\r\nDefault=1\r\n\r\n[Profile1]\r\nName=b\r\nIsRelative=1\r\nPath=Profiles/b\r\n\r\n';
  const choice = (text: string, lastPlatformDir: string): StartChoice => {
    const fs = recordedTree('win32', {
      [`${roaming}\\profiles.ini`]: text,
      [`${roaming}\\Profiles\\a.default\\compatibility.ini`]: compatibility(lastPlatformDir),
      [`${roaming}\\Profiles\\b\\prefs.js`]: '',
    });
    return startChoice(fs, install, readRegistry(fs, rootOf(roaming, 'win32')), {});
  };

  it('its own section counts', () => {
    expect(choice(`${ini}[InstallD78BF5DD33499EC2]\r\nDefault=Profiles/b\r\n`, '')).toMatchObject({
      reason: 'own-profile',
      path: `${roaming}\\Profiles\\b`,
    });
  });

  it('the section of the 32-bit program is adopted', () => {
    expect(choice(`${ini}[Install8216C80C92C4E828]\r\nDefault=Profiles/b\r\n`, '')).toMatchObject({
      reason: 'own-profile',
      path: `${roaming}\\Profiles\\b`,
    });
    expect(choice(`${ini}[Install8216C80C92C4E828]\r\nDefault=Profiles/gone\r\n`, directory)).toMatchObject({
      reason: 'taken-over',
      path: `${roaming}\\Profiles\\a.default`,
    });
  });

  it('the default profile is taken over from either directory, in any case', () => {
    for (const last of [directory, directory.toUpperCase(), former, `${former}\\`]) {
      expect(choice(ini, last)).toMatchObject({ outcome: 'profile', reason: 'taken-over' });
    }
    expect(choice(ini, 'D:\\Thunderbird')).toMatchObject({ outcome: 'new-profile' });
  });
});

describe('the choices of all programs', () => {
  it('pairs each with the roots that it uses', () => {
    const flatpak = '/home/anna/.var/app/org.mozilla.Thunderbird/.thunderbird';
    const fs = recordedTree('linux', {
      [`${rootPath}/profiles.ini`]: twoProfiles,
      [`${flatpak}/profiles.ini`]: '',
    });
    const registries = [
      readRegistry(fs, rootOf(rootPath, 'linux')),
      readRegistry(fs, rootOf(flatpak, 'linux', { kind: 'flatpak', container: 'org.mozilla.Thunderbird' })),
    ];
    const installs = [
      program('/usr/lib/thunderbird'),
      program('/opt/betterbird', { program: 'betterbird', name: 'Betterbird' }),
      program('/app/lib/thunderbird', { kind: 'flatpak', container: 'org.mozilla.Thunderbird' }),
    ];
    expect(
      startChoices(fs, installs, registries, {}).map(({ install, root }) => [install.directory, root.path]),
    ).toEqual([
      ['/usr/lib/thunderbird', rootPath],
      ['/opt/betterbird', rootPath],
      ['/app/lib/thunderbird', flatpak],
    ]);
  });
});
