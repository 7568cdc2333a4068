import { describe, expect, it } from 'vitest';
import { type Platform, rootAt } from '../../src/profile/places.ts';
import { profileNamed, type Registry, readRegistry } from '../../src/profile/registry.ts';
import { aliasRecord } from '../formats/alias-record.ts';
import { type Recorded, recordedTree } from './support/recorded-tree.ts';

const root = '/home/anna/.thunderbird';

function read(files: Record<string, string | Uint8Array>, locked: string[] = []): Registry {
  const tree: Recorded = { [root]: null };
  for (const [name, text] of Object.entries(files)) tree[`${root}/${name}`] = text;
  return readRegistry(recordedTree('linux', tree, { locked }), rootAt(root, 'linux'));
}

/** As 153.7 wrote it at its first start: out of order, and with a profile for older programs beside its own. */
const firstStart = `[Profile1]
Name=default
IsRelative=1
Path=1lvr5ysm.default
Default=1

[InstallFDC34C9F024745EB]
Default=j6wcnana.default-default
Locked=1

[Profile0]
Name=default-default
IsRelative=1
Path=j6wcnana.default-default

[General]
StartWithLastProfile=1
Version=2

`;

describe('profiles.ini as 153.7 wrote it', () => {
  const registry = read({
    'profiles.ini': firstStart,
    'installs.ini': '[FDC34C9F024745EB]\nDefault=other\n',
  });

  it('lists profiles by their numbers, with every fact at its line', () => {
    expect(registry.state).toBe('present');
    expect(registry.profiles.map(({ section, name, path, line }) => [section, name, path, line])).toEqual([
      ['Profile0', 'default-default', `${root}/j6wcnana.default-default`, 11],
      ['Profile1', 'default', `${root}/1lvr5ysm.default`, 1],
    ]);
    expect(registry.profiles[1]).toMatchObject({
      written: { value: '1lvr5ysm.default', file: 'profiles.ini', line: 4 },
      isRelative: { value: '1', line: 3 },
      nameFact: { line: 2 },
      defaultFact: { value: '1', line: 5 },
      default: true,
      outside: false,
    });
    expect(registry.default?.section).toBe('Profile1');
    expect(registry.version).toEqual({ value: '2', file: 'profiles.ini', line: 18 });
    expect(registry.startFact?.line).toBe(17);
    expect(registry.startWithLastProfile).toBe(true);
  });

  it('knows the profile of the installation, and does not look at installs.ini', () => {
    expect(registry.importedInstalls).toBeNull();
    expect(registry.installs).toEqual([
      {
        hash: 'FDC34C9F024745EB',
        default: { value: 'j6wcnana.default-default', file: 'profiles.ini', line: 8 },
        profile: registry.profiles[0],
        locked: true,
        lockedFact: { value: '1', file: 'profiles.ini', line: 9 },
      },
    ]);
  });
});

describe('profiles that the program does not see', () => {
  const section = (index: number, ...keys: string[]): string => `[Profile${index}]\n${keys.join('\n')}\n`;
  const whole = (index: number): string => section(index, `Name=n${index}`, 'IsRelative=1', `Path=p${index}`);

  it('are those behind a gap in the numbers (R1)', () => {
    const { profiles, hidden } = read({ 'profiles.ini': whole(0) + whole(2) + whole(10) });
    expect(profiles.map(({ name }) => name)).toEqual(['n0']);
    expect(hidden).toEqual([
      {
        section: 'Profile2',
        name: 'n2',
        path: `${root}/p2`,
        cause: 'gap',
        why: 'The program does not see this profile, because there is no [Profile1], and the program stops counting at the first number that is missing.',
        line: 5,
      },
      expect.objectContaining({ section: 'Profile10', cause: 'gap', path: `${root}/p10`, line: 9 }),
    ]);
  });

  it('are the one without IsRelative, and all behind it', () => {
    const { profiles, hidden } = read({
      'profiles.ini': whole(0) + section(1, 'Name=n1', 'Path=p1') + whole(2),
    });
    expect(profiles).toHaveLength(1);
    expect(hidden.map(({ name, cause, path }) => [name, cause, path])).toEqual([
      ['n1', 'no-is-relative', `${root}/p1`],
      ['n2', 'gap', `${root}/p2`],
    ]);
    expect(hidden[1]?.why).toContain('[Profile1] has no IsRelative line');
  });

  it('are those without Name or Path or with a Path of another system; the rest go on (R3)', () => {
    const { profiles, hidden } = read({
      'profiles.ini':
        section(0, 'IsRelative=1', 'Path=p0') +
        section(1, 'Name=n1', 'IsRelative=1') +
        section(2, 'Name=n2', 'IsRelative=0', 'Path=C:\\Mail\\n2') +
        whole(3),
    });
    expect(profiles.map(({ name }) => name)).toEqual(['n3']);
    expect(hidden.map(({ section: of, cause, path }) => [of, cause, path])).toEqual([
      ['Profile0', 'no-name', `${root}/p0`],
      ['Profile1', 'no-path', null],
      ['Profile2', 'unusable-path', null],
    ]);
    expect(hidden[2]?.why).toContain('can be used on Linux');
  });

  it('[Profile01] is no profile to anyone', () => {
    const registry = read({ 'profiles.ini': `${whole(0)}[Profile01]\nName=x\nIsRelative=1\nPath=x\n` });
    expect([registry.profiles.length, registry.hidden.length]).toEqual([1, 0]);
  });
});

describe('names and defaults', () => {
  const entry = (index: number, name: string, path: string, more = ''): string =>
    `[Profile${index}]\nName=${name}\nIsRelative=1\nPath=${path}\n${more}`;

  it('of two profiles of one name the first is found (R7)', () => {
    const registry = read({ 'profiles.ini': entry(0, 'x', 'a') + entry(1, 'x', 'b') + entry(2, 'x', 'c') });
    expect(registry.profiles.map(({ shadowedBy }) => shadowedBy)).toEqual([null, 'Profile0', 'Profile0']);
    expect(profileNamed(registry, 'x')?.path).toBe(`${root}/a`);
    expect(profileNamed(registry, 'y')).toBeNull();
  });

  it('of two defaults the last counts, a single profile needs none, and 0 is no default', () => {
    const last = read({
      'profiles.ini': entry(0, 'a', 'a', 'Default=1\n') + entry(1, 'b', 'b', 'Default=1\n'),
    });
    expect(last.profiles.map((profile) => profile.default)).toEqual([false, true]);
    expect(read({ 'profiles.ini': entry(0, 'a', 'a', 'Default=0\n') }).default?.name).toBe('a');
    expect(
      read({ 'profiles.ini': entry(0, 'a', 'a') + entry(1, 'b', 'b', 'Default=0\n') }).default,
    ).toBeNull();
  });

  it('any StartWithLastProfile but 0 means yes', () => {
    const start = (value: string): boolean =>
      read({ 'profiles.ini': `[General]\nStartWithLastProfile=${value}\n` }).startWithLastProfile;
    expect([start('0'), start('1'), start(''), start('no')]).toEqual([false, true, true, true]);
  });
});

describe('places of profiles on Linux, as 153.7 resolved and wrote them', () => {
  it.each([
    ['a', '1', 'R/a', 'a'],
    ['./a', '1', 'R/./a', './a'],
    ['a/', '1', 'R/a', 'a'],
    ['x//a', '1', 'R/x/a', 'x/a'],
    ['/a', '1', 'R/a', 'a'],
    ['../else', '1', 'H/else', 'H/else'],
    ['../../else', '1', '/home/else', '/home/else'],
    ['x/../a', '1', 'H/a', 'H/a'],
    ['.../a', '1', 'H/a', 'H/a'],
    ['..', '1', 'R', 'R'],
    ['a/..', '1', 'R/a', 'a'],
    ['', '1', 'R', 'R'],
    ['../.thunderbird/a', '1', 'R/a', 'a'],
    ['Profiles\\a', '1', 'R/Profiles\\a', 'Profiles\\a'],
    ['R/a', '0', 'R/a', 'a'],
    ['R/a/', '0', 'R/a', 'a'],
    ['R/x/../a', '0', 'R/x/../a', 'x/../a'],
    ['R/../else', '0', 'R/../else', '../else'],
    ['R//a//', '0', 'R//a', '/a'],
    ['Rx/a', '0', 'Rx/a', 'Rx/a'],
    ['R', '0', 'R', 'R'],
    ['/', '0', '/', '/'],
    ['R/a', 'yes', 'R/a', 'a'],
    ['a', '0', null, null],
    ['~/a', '0', null, null],
    ['', '0', null, null],
  ])('Path=%s IsRelative=%s', (written, isRelative, place, descriptor) => {
    const fill = (text: string | null): string | null =>
      text?.replaceAll(/^H|R/g, (name) => (name === 'R' ? root : '/home/anna')) ?? null;
    const registry = read({
      'profiles.ini': `[Profile0]\nName=n\nIsRelative=${isRelative}\nPath=${fill(written)}\n`,
    });
    expect(registry.profiles[0]?.path ?? null).toBe(fill(place));
    expect(registry.profiles[0]?.descriptor ?? null).toBe(fill(descriptor));
  });

  it('an absolute path that is marked as relative is taken below the root (R3)', () => {
    const registry = read({ 'profiles.ini': `[Profile0]\nName=n\nIsRelative=1\nPath=/mnt/mail\n` });
    expect(registry.profiles[0]).toMatchObject({ path: `${root}/mnt/mail`, descriptor: 'mnt/mail' });
  });

  it('says which lie outside the root', () => {
    const outside = (path: string, isRelative: string): boolean | undefined =>
      read({ 'profiles.ini': `[Profile0]\nName=n\nIsRelative=${isRelative}\nPath=${path}\n` }).profiles[0]
        ?.outside;
    expect([outside('a', '1'), outside(`${root}/a`, '0'), outside('..a', '1'), outside('', '1')]).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([outside('../b', '1'), outside('/mnt/a', '0'), outside(`${root}/../x`, '0')]).toEqual([
      true,
      true,
      true,
    ]);
  });
});

describe('places on the other systems', () => {
  const one = (
    platform: Platform,
    folder: string,
    path: string,
    isRelative: string,
  ): [string, string] | null => {
    const file = folder + (platform === 'win32' ? '\\' : '/');
    const fs = recordedTree(platform, {
      [`${file}profiles.ini`]: `[Profile0]\nName=n\nIsRelative=${isRelative}\nPath=${path}\n`,
    });
    const profile = readRegistry(fs, rootAt(folder, platform)).profiles[0];
    return profile === undefined ? null : [profile.path, profile.descriptor];
  };
  const roaming = 'C:\\Users\\anna\\AppData\\Roaming\\Thunderbird';

  it.each([
    ['Profiles/ab.default', '1', [`${roaming}\\Profiles\\ab.default`, 'Profiles/ab.default']],
    ['Profiles\\ab.default', '1', [roaming, roaming]],
    ['D:\\Mail\\ab', '0', ['D:\\Mail\\ab', 'D:\\Mail\\ab']],
    ['D:\\Mail\\ab\\', '0', ['D:\\Mail\\ab', 'D:\\Mail\\ab']],
    ['D:\\', '0', ['D:\\', 'D:\\']],
    ['\\\\server\\mail\\ab', '0', ['\\\\server\\mail\\ab', '\\\\server\\mail\\ab']],
    [
      'c:\\users\\ANNA\\AppData\\Roaming\\Thunderbird\\Profiles\\ab',
      '0',
      ['c:\\users\\ANNA\\AppData\\Roaming\\Thunderbird\\Profiles\\ab', 'Profiles/ab'],
    ],
    ['D:/Mail/ab', '0', null],
    ['/home/anna/mail', '0', null],
    ['../Mail', '1', ['C:\\Users\\anna\\AppData\\Roaming\\Mail', 'C:\\Users\\anna\\AppData\\Roaming\\Mail']],
  ])('on Windows Path=%s IsRelative=%s', (path, isRelative, expected) => {
    expect(one('win32', roaming, path, isRelative)).toEqual(expected);
  });

  const library = '/Users/anna/Library/Application Support/Postbox';

  it('on macOS a path, and the alias record that old programs wrote', () => {
    expect(one('darwin', library, 'Profiles/ab', '1')).toEqual([`${library}/Profiles/ab`, 'Profiles/ab']);
    expect(one('darwin', library, '/Volumes/Mail/ab', '0')).toEqual(['/Volumes/Mail/ab', '/Volumes/Mail/ab']);
    expect(one('darwin', library, aliasRecord(2, 'Mail/ab', '/Volumes/Big'), '0')).toEqual([
      '/Volumes/Big/Mail/ab',
      '/Volumes/Big/Mail/ab',
    ]);
    expect(one('darwin', library, 'neither', '0')).toBeNull();
  });
});

describe('a registry that cannot be had', () => {
  it.each([
    ['missing', {}, []],
    ['empty', { 'profiles.ini': '' }, []],
    ['empty', { 'profiles.ini': '\0'.repeat(4096) }, []],
    ['empty', { 'profiles.ini': '; only words\n[Profile0]\n' }, []],
    ['unreadable', { 'profiles.ini': 'x'.repeat(1024 * 1024 + 1) }, []],
    ['unreadable', { 'profiles.ini': '[General]\nVersion=2\n' }, [`${root}/profiles.ini`]],
    ['unreadable', { 'profiles.ini/folder': '' }, []],
    ['present', { 'profiles.ini': '[General]\nVersion=2\n' }, []],
  ] as const)('%s %#', (state, files, locked) => {
    const registry = read(files, [...locked]);
    expect(registry.state).toBe(state);
    expect(registry.unreadable === null).toBe(state !== 'unreadable');
    expect(registry.profiles).toEqual([]);
  });

  it('a link is followed, one that leads nowhere cannot be read', () => {
    const at = (link: string): Registry =>
      readRegistry(
        recordedTree('linux', { '/nix/store/p.ini': firstStart, [`${root}/profiles.ini`]: { link } }),
        rootAt(root, 'linux'),
      );
    expect(at('/nix/store/p.ini').profiles).toHaveLength(2);
    expect(at('/nix/store/gone.ini')).toMatchObject({
      state: 'unreadable',
      unreadable: 'it is a link that leads nowhere',
    });
    expect(at(`${root}/profiles.ini`)).toMatchObject({ state: 'unreadable' });
  });
});

describe('installs.ini', () => {
  const old =
    '[General]\nStartWithLastProfile=1\n\n[Profile0]\nName=a\nIsRelative=1\nPath=a\n\n[InstallAB]\nDefault=a\nLocked=1\n';

  it('is imported when profiles.ini has no Version, and goes over it value by value', () => {
    const registry = read({ 'profiles.ini': old, 'installs.ini': '[AB]\nDefault=b\n\n[CD]\nDefault=a\n' });
    expect(
      registry.installs.map(({ hash, default: chosen, profile, locked }) => [
        hash,
        chosen,
        profile?.name ?? null,
        locked,
      ]),
    ).toEqual([
      ['AB', { value: 'b', file: 'installs.ini', line: 2 }, null, true],
      ['CD', { value: 'a', file: 'installs.ini', line: 5 }, 'a', false],
    ]);
    expect(registry.importedInstalls).not.toBeNull();
  });

  it('that cannot be read changes nothing', () => {
    const registry = read({ 'profiles.ini': old, 'installs.ini': 'x' }, [`${root}/installs.ini`]);
    expect(registry.installs.map(({ hash, profile }) => [hash, profile?.name])).toEqual([['AB', 'a']]);
    expect(registry.importedInstalls).toBeNull();
  });

  it('without a profiles.ini is not looked at', () => {
    expect(read({ 'installs.ini': '[AB]\nDefault=a\n' })).toMatchObject({ state: 'missing', installs: [] });
  });
});
