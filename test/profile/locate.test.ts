import { describe, expect, it } from 'vitest';
import { locateProfiles } from '../../src/profile/locate.ts';
import { type Platform, rootAt } from '../../src/profile/places.ts';
import { type Recorded, type RecordedOptions, recordedTree } from './support/recorded-tree.ts';

const root = '/home/anna/.thunderbird';
const entry = (index: number, name: string, path: string, more = 'IsRelative=1'): string =>
  `[Profile${index}]\nName=${name}\n${more}\nPath=${path}\n\n`;

const locate = (
  tree: Recorded,
  options: RecordedOptions & { roots?: string[]; platform?: Platform } = {},
) => {
  const { roots = [root], platform = 'linux' } = options;
  return locateProfiles(
    recordedTree(platform, tree, options),
    roots.map((path) => rootAt(path, platform)),
  );
};

const short = (profiles: ReturnType<typeof locate>): [string, string, boolean, boolean][] =>
  profiles.map(({ path, name, registered, exists }) => [
    path.replace(`${root}/`, ''),
    name,
    registered,
    exists,
  ]);

describe('the profiles of a root', () => {
  const tree: Recorded = {
    [`${root}/profiles.ini`]: `[General]\nVersion=2\n\n${entry(0, 'work', 'a.work', 'IsRelative=1\nDefault=1')}${entry(1, 'away', 'gone')}${entry(3, 'lost', 'c.lost')}`,
    [`${root}/a.work/prefs.js`]: { text: '', modified: 1_700_000_000_000 },
    [`${root}/a.work/.parentlock`]: { text: '', modified: 1_700_000_500_000 },
    [`${root}/a.work/compatibility.ini`]: {
      text: '[Compatibility]\nLastVersion=140.3.1_1/1\nLastPlatformDir=/opt/betterbird\nLastAppDir=/opt/betterbird\n',
      modified: 1_600_000_000_000,
    },
    [`${root}/c.lost/Mail/Local Folders/Inbox`]: 'From - \n',
    [`${root}/x.orphan/key4.db`]: '',
    [`${root}/Profiles/y.orphan/times.json`]: '{}',
    [`${root}/Crash Reports/times.json`]: '{}',
    [`${root}/Pending Pings/prefs.js`]: '',
    [`${root}/.mailmend/a.work/run/prefs.js`]: '',
    [`${root}/.mailmend/prefs.js`]: '',
    [`${root}/notes/todo.txt`]: '',
    [`${root}/prefs.js`]: '',
  };

  it('are those listed, those hidden in profiles.ini, and folders that look like one (R2, R6)', () => {
    expect(short(locate(tree))).toEqual([
      ['a.work', 'work', true, true],
      ['gone', 'away', true, false],
      ['c.lost', 'lost', false, true],
      ['x.orphan', 'x.orphan', false, true],
      ['Profiles/y.orphan', 'y.orphan', false, true],
    ]);
  });

  it('each with its entry, its program and when it was used last', () => {
    const [work, away, lost, , unused] = locate(tree);
    expect(work).toMatchObject({
      default: true,
      hidden: null,
      entry: { section: 'Profile0', line: 4 },
      program: 'betterbird',
      version: '140.3.1',
      lastUsed: 1_700_000_500_000,
      neverUsed: false,
      unreadable: false,
    });
    expect(typeof work?.inode).toBe('bigint');
    expect(away).toMatchObject({
      program: 'thunderbird',
      version: null,
      lastUsed: null,
      device: null,
      inode: null,
    });
    expect(lost).toMatchObject({ entry: { section: 'Profile3', line: 15 }, registered: false });
    expect(lost?.hidden).toContain('there is no [Profile2]');
    expect(unused).toMatchObject({ neverUsed: true, entry: null, hidden: null });
  });
});

describe('one folder, reached in several ways', () => {
  it('is there once, in its best standing', () => {
    const profiles = locate(
      {
        [`${root}/profiles.ini`]:
          entry(0, 'first', 'a') + entry(1, 'second', './a') + entry(2, 'third', '/mnt/mail', 'IsRelative=0'),
        [`${root}/a/prefs.js`]: '',
        '/mnt/mail/prefs.js': '',
        [`${root}/shortcut`]: { link: '/mnt/mail' },
        '/home/anna/.icedove/profiles.ini': entry(0, 'old', `${root}/a`, 'IsRelative=0') + entry(1, 'z', 'z'),
        '/home/anna/.icedove/z/prefs.js': '',
      },
      { roots: [root, '/home/anna/.icedove'] },
    );
    expect(profiles.map(({ name, path, registered }) => [name, path, registered])).toEqual([
      ['first', `${root}/a`, true],
      ['third', '/mnt/mail', true],
      ['z', '/home/anna/.icedove/z', true],
    ]);
  });
});

describe('what a hostile or broken disk answers', () => {
  it('links in a loop are no folders, and a link elsewhere is a profile', () => {
    const profiles = locate({
      [`${root}/profiles.ini`]: entry(0, 'loop', 'loop'),
      [`${root}/loop`]: { link: `${root}/loop` },
      [`${root}/up`]: { link: root },
      [`${root}/away`]: { link: '/mnt/away' },
      '/mnt/away/Mail/x/Inbox': '',
    });
    expect(short(profiles)).toEqual([
      ['loop', 'loop', true, false],
      ['away', 'away', false, true],
    ]);
  });

  it('a folder that may not be read is there, and said to be closed', () => {
    const tree: Recorded = {
      [`${root}/profiles.ini`]: entry(0, 'a', 'a'),
      [`${root}/a/prefs.js`]: '',
      [`${root}/b/prefs.js`]: '',
    };
    const [closed, ...others] = locate(tree, { locked: [`${root}/a`] });
    expect(closed).toMatchObject({ name: 'a', exists: true, unreadable: true });
    expect(others.map(({ name }) => name)).toEqual(['b']);
    expect(locate(tree, { locked: [root] }).map(({ name }) => name)).toEqual(['a']);
  });

  it('an entry may point to a file, to the root itself, or to nothing at all', () => {
    const profiles = locate({
      [`${root}/profiles.ini`]:
        entry(0, 'file', 'f') + entry(1, 'self', '') + entry(2, 'bad', 'x', 'IsRelative=0'),
      [`${root}/f`]: '',
    });
    expect(profiles.map(({ name, exists }) => [name, exists])).toEqual([
      ['file', false],
      ['self', true],
    ]);
  });

  it('without profiles.ini the folders are still found (R5)', () => {
    expect(short(locate({ [`${root}/q.default/prefs.js`]: '' }))).toEqual([
      ['q.default', 'q.default', false, true],
    ]);
    expect(locate({}, { roots: ['/nowhere'] })).toEqual([]);
  });
});

describe('on Windows and macOS', () => {
  it('profiles lie below Profiles', () => {
    const roaming = 'C:\\Users\\anna\\AppData\\Roaming\\PostboxApp';
    const profiles = locate(
      {
        [`${roaming}\\profiles.ini`]: entry(0, 'default', 'Profiles/mfxvr37h.default').replaceAll(
          '\n',
          '\r\n',
        ),
        [`${roaming}\\Profiles\\mfxvr37h.default\\prefs.js`]: '',
        [`${roaming}\\Profiles\\old.default\\signons.sqlite`]: '',
      },
      { roots: [roaming], platform: 'win32' },
    );
    expect(profiles.map(({ path, program, registered }) => [path, program, registered])).toEqual([
      [`${roaming}\\Profiles\\mfxvr37h.default`, 'postbox', true],
      [`${roaming}\\Profiles\\old.default`, 'postbox', false],
    ]);
    const library = '/Users/anna/Library/Thunderbird';
    const mac = locate(
      { [`${library}/Profiles/x.default/key4.db`]: '' },
      { roots: [library], platform: 'darwin' },
    );
    expect(mac.map(({ path }) => path)).toEqual([`${library}/Profiles/x.default`]);
  });
});
