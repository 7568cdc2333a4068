/**
 * Entries of profiles.ini that lead somewhere only when they are read otherwise, on each system.
 */

import { describe, expect, it } from 'vitest';
import { misreadEntries } from '../../src/profile/misread-entries.ts';
import { type Platform, rootAt } from '../../src/profile/places.ts';
import { readRegistry } from '../../src/profile/registry.ts';
import { roots } from '../migrate/support/registry.ts';
import { type Recorded, recordedTree } from './support/recorded-tree.ts';

/** @param folders profile folders that are there. */
function meant(platform: Platform, path: string, isRelative: 0 | 1, ...folders: string[]): (string | null)[] {
  const root = roots[platform];
  const sep = platform === 'win32' ? '\\' : '/';
  const text = `[Profile0]\nName=work\nIsRelative=${isRelative}\nPath=${path}\n`;
  const tree: Recorded = { [root]: null, [`${root}${sep}profiles.ini`]: text };
  for (const folder of folders) tree[`${folder}${sep}prefs.js`] = '';
  const fs = recordedTree(platform, tree);
  return misreadEntries(fs, readRegistry(fs, rootAt(root, platform))).map(({ folder }) => folder);
}

const { linux, darwin, win32 } = roots;

describe('an entry is put right where one other reading leads to a profile', () => {
  it.each<[string, Platform, string, 0 | 1, string]>([
    ['an absolute path marked as relative', 'linux', '/mnt/mail; 1/work', 1, '/mnt/mail; 1/work'],
    ['a relative path marked as absolute', 'linux', 'Profiles/work', 0, `${linux}/Profiles/work`],
    ['back-slashes on Linux', 'linux', 'Profiles\\work', 1, `${linux}/Profiles/work`],
    [
      'a path of Windows on Linux',
      'linux',
      'C:\\Users\\bob\\Thunderbird\\Profiles\\a.work',
      0,
      `${linux}/a.work`,
    ],
    ['the same on macOS', 'darwin', 'D:/Profiles/a.work', 0, `${darwin}/Profiles/a.work`],
    ['back-slashes in a relative path on Windows', 'win32', 'Profiles\\work', 1, `${win32}\\Profiles\\work`],
    ['slashes in an absolute path on Windows', 'win32', 'D:/Mail/work', 0, 'D:\\Mail\\work'],
    ['a path of Linux on Windows', 'win32', '/home/bob/.thunderbird/a.work', 0, `${win32}\\Profiles\\a.work`],
  ])('%s', (_what, platform, path, isRelative, folder) => {
    expect(meant(platform, path, isRelative, folder)).toEqual([folder]);
  });
});

describe('and left alone', () => {
  it('where it leads to its folder as it stands', () => {
    expect(meant('linux', 'Profiles/work', 1, `${linux}/Profiles/work`)).toEqual([]);
  });

  it('where its folder is only away: that is another finding', () => {
    expect(meant('linux', '/media/stick/work', 0)).toEqual([]);
    expect(meant('linux', 'work', 1)).toEqual([]);
  });

  it('where two folders could be meant, or none', () => {
    const path = 'C:\\Profiles\\a.work';
    expect(meant('linux', path, 0, `${linux}/a.work`, `${linux}/Profiles/a.work`)).toEqual([null]);
    expect(meant('linux', path, 0)).toEqual([null]);
  });
});
