/** Where runs are kept, and that making the place leaves no trace beside it. */

import { describe, expect, test } from 'vitest';
import { makeRunFolder, runsOf, settleHome } from '../../src/repair/run-folder.ts';
import { newRunId } from '../../src/repair/run-id.ts';
import { createMemory, writeFile } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

describe('the folder of a run', () => {
  test('lies beside the profile, for the owner only, and the folder around it keeps its times', () => {
    const { fs } = createMemory(tree);
    const before = snapshot(fs, root);
    const folder = makeRunFolder(fs, profile, null, 'run1');
    expect(folder).toBe(`${root}/.mailmend/abcd.default/run1`);
    for (const made of [`${root}/.mailmend`, runsOf(profile, null), folder])
      expect(fs.lstat(made)?.mode).toBe(0o700);
    expect(fs.readFolder(`${root}/.mailmend`)).toEqual([{ name: 'abcd.default', kind: 'folder' }]);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('a second run finds the place made', () => {
    const { fs } = createMemory(tree);
    makeRunFolder(fs, profile, null, 'run1');
    makeRunFolder(fs, profile, null, 'run2');
    expect(fs.readFolder(runsOf(profile, null)).map(({ name }) => name)).toEqual(['run1', 'run2']);
    expect(() => makeRunFolder(fs, profile, null, 'run2')).toThrow(/EEXIST/);
  });

  test('lies where --runs says', () => {
    const { fs } = createMemory({ ...tree, '/stick': null });
    expect(makeRunFolder(fs, profile, '/stick', 'run1')).toBe('/stick/abcd.default/run1');
    expect(fs.lstat(`${root}/.mailmend`)).toBeNull();
  });

  test('is made there for the owner only, where the folder around it is', () => {
    const { fs } = createMemory({ ...tree, '/stick': null });
    expect(makeRunFolder(fs, profile, '/stick/keep', 'run1')).toBe('/stick/keep/abcd.default/run1');
    expect(fs.lstat('/stick/keep')?.mode).toBe(0o700);
    expect(() => makeRunFolder(fs, profile, `${profile}/keep`, 'run1')).toThrow(
      expect.objectContaining({ code: 'BAD_ARGUMENTS', exit: 2 }),
    );
  });

  test('does not lie in the profile, whichever way that is said, nor nowhere', () => {
    const { fs, module } = createMemory(tree);
    module.symlinkSync(`${profile}/Mail`, '/home/link');
    for (const runs of [profile, `${profile}/Mail`, '/home/link'])
      expect(() => makeRunFolder(fs, profile, runs, 'run1')).toThrow(
        expect.objectContaining({ code: 'BAD_ARGUMENTS', exit: 2 }),
      );
    expect(() => makeRunFolder(fs, profile, '/none/deeper', 'run1')).toThrow(
      expect.objectContaining({ code: 'NOT_A_FOLDER' }),
    );
  });

  test('something else in its place is refused', () => {
    const { fs, module } = createMemory(tree);
    const refused = expect.objectContaining({ code: 'NOT_A_FOLDER', exit: 3 });
    writeFile(fs, `${root}/.mailmend`, '');
    expect(() => makeRunFolder(fs, profile, null, 'run1')).toThrow(refused);
    fs.unlink(`${root}/.mailmend`);
    module.symlinkSync('/tmp', `${root}/.mailmend`);
    expect(() => makeRunFolder(fs, profile, null, 'run1')).toThrow(refused);
    module.symlinkSync('/tmp', '/home/abcd.default');
    expect(() => makeRunFolder(fs, profile, '/home', 'run1')).toThrow(refused);
  });

  test('after a cut at any moment the next call, or settling, finishes it', () => {
    for (const finish of [
      settleHome,
      (fs: Parameters<typeof settleHome>[0]) => makeRunFolder(fs, profile, null, 'run2'),
    ])
      for (let after = 0; after < 14; after++) {
        const { fs } = createMemory(tree);
        const before = snapshot(fs, root);
        expect(() => makeRunFolder(cutPowerAfter(fs, after), profile, null, 'run1')).toThrow();
        finish(fs, profile);
        expect(tidy(snapshot(fs, root)), String(after)).toEqual(before);
      }
  });

  test('other folders that begin like it are not taken for it', () => {
    const { fs } = createMemory({ ...tree, [`${root}/.mailmend-notes`]: null });
    settleHome(fs, profile);
    makeRunFolder(fs, profile, null, 'run1');
    expect(fs.lstat(`${root}/.mailmend-notes`)?.kind).toBe('folder');
  });

  test('root leaves it to the owner of the folder around it, anyone else as it is', () => {
    for (const uid of [0, 1000]) {
      const { fs } = createMemory(tree);
      const given: string[] = [];
      const owned = (path: string): { uid: number; gid: number } =>
        path === root ? { uid: 1000, gid: 1001 } : { uid, gid: uid };
      const seen = {
        ...fs,
        lstat(path: string) {
          const stat = fs.lstat(path);
          return stat === null ? null : { ...stat, ...owned(path) };
        },
        setOwner: (path: string, ...owner: number[]) => given.push(`${path} ${owner}`),
      };
      makeRunFolder(seen, profile, null, 'run1');
      const [first = ''] = given;
      expect(first).toMatch(uid === 0 ? /\.mailmend-\S+ 1000,1001$/ : /^$/);
    }
  });
});

describe('names of runs', () => {
  const now = new Date('2026-11-23T18:46:59.250Z');

  test('sort by time', () => {
    expect(newRunId(now, 'abcdef012345', null)).toBe('20261123T184659250Z-abcdef');
    const later = newRunId(new Date('2026-11-23T18:47:00Z'), 'abcdef012345', null);
    expect([later, newRunId(now, 'ffffff', null)].sort()[1]).toBe(later);
  });

  test('also in one millisecond, and when the clock was set back', () => {
    const first = newRunId(now, 'abcdef', null);
    expect(newRunId(now, 'abcdef', first)).toBe('20261123T184659251Z-abcdef');
    expect(newRunId(new Date(0), 'abcdef', first) > first).toBe(true);
  });

  test('a name that somebody else gave says nothing', () => {
    expect(newRunId(now, 'abcdef', 'copy of a run')).toBe('20261123T184659250Z-abcdef');
  });
});
