/**
 * Whose a run is, when profiles are renamed, moved, copied and replaced: taken back where it is the same profile, left
 * alone where it is not; the original is never touched from its copy. On real disks.
 */

import { cpSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../src/repair/apply.ts';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { makePlan } from '../../src/repair/plan.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { readForeignRuns, readRuns } from '../../src/repair/run.ts';
import { listRuns, purge } from '../../src/repair/runs.ts';
import { loadNative } from '../../src/system/native.ts';
import { now, testLock, undoRun } from './support/carry.ts';
import { readText, writeFile } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { contents, snapshot } from './support/snapshot.ts';

const fs: WritableFileSystem = createFileSystem(undefined, loadNative() ?? undefined);
const why = 'why';
const ini = '[Profile0]\nName=default\nPath=abcd.default\n';
const prefsText = 'user_pref("a.host", "old");\nuser_pref("z", 1);\n';

let sandbox = '';
let root = '';
let profile = '';

beforeEach(() => {
  sandbox = mkdtempSync(path.join(tmpdir(), 'mailmend-owner-'));
  root = path.join(sandbox, 'tb');
  profile = path.join(root, 'abcd.default');
  mkdirSync(path.join(profile, 'Mail', 'leftover'), { recursive: true });
  layOut(root, 'old');
});
afterEach(() => rmSync(sandbox, { recursive: true, force: true }));

function layOut(where: string, host: string): void {
  writeFile(fs, path.join(where, 'profiles.ini'), ini);
  writeFile(fs, path.join(where, 'abcd.default', 'prefs.js'), prefsText.replace('old', host));
}

const prefsOf = (folder: string): string => path.join(folder, 'prefs.js');

const edits = (at = profile): Operation[] => [
  {
    op: 'edit-prefs',
    path: prefsOf(at),
    why,
    changes: [{ name: 'a.host', from: 'old', to: 'new' }],
  },
  {
    op: 'edit-ini',
    path: path.join(path.dirname(at), 'profiles.ini'),
    why,
    changes: [{ section: 'Profile0', key: 'IsRelative', from: null, to: '1' }],
  },
];

async function applied(operations: Operation[], disk = fs): Promise<string> {
  const plan = makePlan(fs, { profile, folders: [root], operations, now });
  const { run } = await apply(disk, plan, { runs: null, lock: testLock(), now: () => now });
  return String(run);
}

const ids = (at: string): string[] => readRuns(fs, at, null).map(({ id }) => id);

describe('the same profile', () => {
  test('renamed, its runs under the old name: found, and taken back', async () => {
    const before = contents(fs, profile);
    const run = await applied(edits());
    const renamed = path.join(root, 'renamed');
    renameSync(profile, renamed);
    expect(listRuns(fs, renamed, null)).toMatchObject([{ id: run, state: 'applied', madeAt: profile }]);
    expect(await undoRun(fs, null, { profile: renamed })).toEqual({ run, kept: [] });
    expect(Object.values(contents(fs, renamed))).toEqual(Object.values(before));
    expect(readText(fs, path.join(root, 'profiles.ini'))).toBe(ini);
    expect(fs.lstat(profile)).toBeNull();
  });

  test('renamed and repaired again: the runs under both names are one list, the last goes first', async () => {
    const first = await applied(edits());
    const renamed = path.join(root, 'aaaa');
    renameSync(profile, renamed);
    const mode: Operation = { op: 'set-mode', path: prefsOf(renamed), mode: 0o640, why };
    const plan = makePlan(fs, { profile: renamed, folders: [root], operations: [mode], now });
    const { run: second } = await apply(fs, plan, { runs: null, lock: testLock(), now: () => now });
    expect(ids(renamed)).toEqual([first, second]);
    for (const run of [second, first])
      expect(await undoRun(fs, null, { profile: renamed })).toEqual({ run, kept: [] });
    expect(readText(fs, prefsOf(renamed))).toBe(prefsText);
  });

  test('moved with everything around it, taken back exactly where it is now', async () => {
    const before = snapshot(fs, root);
    const run = await applied([
      ...edits(),
      { op: 'move-aside', path: path.join(profile, 'Mail', 'leftover'), why },
    ]);
    const moved = path.join(sandbox, 'other', 'thunderbird');
    mkdirSync(path.dirname(moved));
    renameSync(root, moved);
    const there = path.join(moved, 'abcd.default');
    expect(await undoRun(fs, null, { profile: there })).toEqual({ run, kept: [] });
    const after = Object.entries(snapshot(fs, moved)).map(([at, line]) => [
      root + at.slice(moved.length),
      line,
    ]);
    expect(Object.fromEntries(after)).toEqual(before);
  });

  test('the same after the program has run there', async () => {
    const run = await applied(edits());
    const moved = path.join(sandbox, 'moved');
    renameSync(root, moved);
    const there = path.join(moved, 'abcd.default');
    writeFile(fs, prefsOf(there), `${readText(fs, prefsOf(there))}user_pref("zz", true);\n`);
    expect((await undoRun(fs, null, { profile: there })).run).toBe(run);
    expect(readText(fs, prefsOf(there))).toBe(`${prefsText}user_pref("zz", true);\n`);
    expect(listRuns(fs, there, null)[0]).toMatchObject({ state: 'undone' });
  });

  test('cut off, then moved: it is found as cut off, and taken back there', async () => {
    const counted = cutPowerAfter(fs, Number.POSITIVE_INFINITY);
    await applied(edits(), counted);
    await undoRun(fs, null, { profile });
    const renames = counted.operations.flatMap((operation, at) =>
      operation.includes('/new/0 ') ? [at] : [],
    );
    await expect(applied(edits(), cutPowerAfter(fs, (renames.at(-1) ?? 0) + 1))).rejects.toThrow();
    const moved = path.join(sandbox, 'moved');
    renameSync(root, moved);
    const there = path.join(moved, 'abcd.default');
    expect(openRun(fs, there)?.opened.plan.profile.path).toBe(there);
    await undoRun(fs, null, { profile: there });
    expect(openRun(fs, there)).toBeNull();
    expect(readText(fs, prefsOf(there))).toBe(prefsText);
  });

  test('an undo that was cut off goes on where the profile is now', async () => {
    const run = await applied(edits());
    const stop = new AbortController();
    const half = undoRun(fs, null, { profile, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(half).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const moved = path.join(sandbox, 'moved');
    renameSync(root, moved);
    expect((await undoRun(fs, null, { profile: path.join(moved, 'abcd.default') })).run).toBe(run);
    expect(readText(fs, prefsOf(path.join(moved, 'abcd.default')))).toBe(prefsText);
  });

  test('moved alone: its runs are found beside the old place by --runs', async () => {
    const run = await applied(edits().slice(0, 1));
    const alone = path.join(sandbox, 'alone');
    renameSync(profile, alone);
    expect(ids(alone)).toEqual([]);
    const runs = path.join(root, '.mailmend');
    expect((await undoRun(fs, null, { profile: alone, runs })).run).toBe(run);
    expect(readText(fs, prefsOf(alone))).toBe(prefsText);
  });

  test('reached by a link is the same', async () => {
    const run = await applied(edits());
    const link = path.join(root, 'link');
    symlinkSync(profile, link);
    expect((await undoRun(fs, null, { profile: link })).run).toBe(run);
    expect(readText(fs, prefsOf(profile))).toBe(prefsText);
  });

  test('put back from a copy of after the repair is the same: what the run wrote is there', async () => {
    const run = await applied(edits());
    const copy = path.join(sandbox, 'copy');
    cpSync(profile, copy, { recursive: true, preserveTimestamps: true });
    renameSync(profile, path.join(sandbox, 'kept so that its number stays in use'));
    renameSync(copy, profile);
    expect(await undoRun(fs, null, { profile })).toEqual({ run, kept: [] });
    expect(readText(fs, prefsOf(profile))).toBe(prefsText);
  });
});

describe('another profile', () => {
  const copyTree = (): string => {
    const copy = path.join(sandbox, 'copy');
    cpSync(root, copy, { recursive: true, preserveTimestamps: true });
    return path.join(copy, 'abcd.default');
  };

  test('a copy of everything: the run is the original’s, which is not touched, and stays as it was', async () => {
    const before = snapshot(fs, root);
    const run = await applied(edits());
    const copy = copyTree();
    const [original, copied] = [snapshot(fs, root), snapshot(fs, path.dirname(copy))];
    expect(ids(copy)).toEqual([]);
    expect(listRuns(fs, copy, null)).toMatchObject([{ id: run, state: 'elsewhere', madeAt: profile }]);
    for (const wanted of [null, run])
      await expect(undoRun(fs, wanted, { profile: copy })).rejects.toMatchObject({
        code: 'UNDO_CONFLICT',
        exit: 3,
        message: expect.stringContaining(profile),
        next: [expect.objectContaining({ words: ['undo', profile, '--run', run] })],
      });
    expect(() => purge(fs, copy, null, run)).toThrow(expect.objectContaining({ code: 'UNDO_CONFLICT' }));
    await expect(undoRun(fs, 'other', { profile: copy })).rejects.toMatchObject({ code: 'NO_SUCH_RUN' });
    expect([snapshot(fs, root), snapshot(fs, path.dirname(copy))]).toEqual([original, copied]);
    expect(await undoRun(fs, null, { profile })).toEqual({ run, kept: [] });
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('a cut-off run in a copy stops nothing there', async () => {
    await expect(applied(edits(), cutPowerAfter(fs, 40))).rejects.toThrow();
    expect(openRun(fs, profile)).not.toBeNull();
    expect(openRun(fs, copyTree())).toBeNull();
  });

  test('a copy whose original is gone: it is said where what the run keeps lies', async () => {
    const run = await applied(edits());
    const copy = copyTree();
    rmSync(root, { recursive: true });
    await expect(undoRun(fs, null, { profile: copy })).rejects.toMatchObject({
      code: 'UNDO_CONFLICT',
      message: expect.stringContaining(path.join(path.dirname(copy), '.mailmend', 'abcd.default', run)),
      next: [expect.objectContaining({ words: ['undo', copy, '--list'] })],
    });
  });

  test('one that came to the old place is left alone', async () => {
    const run = await applied(edits());
    renameSync(profile, path.join(sandbox, 'away'));
    mkdirSync(profile);
    layOut(root, 'somebody else');
    expect(readForeignRuns(fs, profile, null).map(({ id }) => id)).toEqual([run]);
    await expect(undoRun(fs, null, { profile })).rejects.toMatchObject({ code: 'UNDO_CONFLICT' });
    expect(readText(fs, prefsOf(profile))).toContain('somebody else');
    expect(ids(path.join(sandbox, 'away'))).toEqual([]);
  });

  test('a snapshot of the whole disk has the same numbers: it is a copy while the original is there', async () => {
    const run = await applied(edits());
    const copy = copyTree();
    const inode = fs.stat(profile)?.inode ?? 0n;
    const snapshotted: WritableFileSystem = {
      ...fs,
      stat(at) {
        const stat = fs.stat(at);
        return stat !== null && at === copy ? { ...stat, inode, device: stat.device + 1n } : stat;
      },
    };
    expect(readRuns(snapshotted, copy, null)).toEqual([]);
    expect(readForeignRuns(snapshotted, copy, null).map(({ id }) => id)).toEqual([run]);
  });

  test('a number that is in use again is no proof: nothing of the run is there', async () => {
    const run = await applied(edits());
    const copy = copyTree();
    const { inode } = fs.stat(profile) ?? { inode: 0n };
    rmSync(root, { recursive: true });
    writeFile(fs, prefsOf(copy), 'user_pref("a.host", "mine");\n');
    writeFile(fs, path.join(path.dirname(copy), 'profiles.ini'), '[Profile0]\nName=mine\n');
    const reused: WritableFileSystem = {
      ...fs,
      stat(at) {
        const stat = fs.stat(at);
        return stat !== null && at === copy ? { ...stat, inode } : stat;
      },
    };
    expect(readRuns(reused, copy, null)).toEqual([]);
    expect(readForeignRuns(reused, copy, null).map(({ id }) => id)).toEqual([run]);
  });
});

describe('a run without files of its own to know it by', () => {
  const leftover = (): string => path.join(profile, 'Mail', 'leftover');
  const replaced = (): void => {
    const copy = path.join(sandbox, 'copy');
    cpSync(profile, copy, { recursive: true, preserveTimestamps: true });
    renameSync(profile, path.join(sandbox, 'away'));
    renameSync(copy, profile);
  };

  test.each<[string, () => Operation]>([
    ['moved aside', () => ({ op: 'move-aside', path: leftover(), why })],
    ['permissions', () => ({ op: 'set-mode', path: leftover(), mode: 0o700, why })],
    ['a new folder', () => ({ op: 'make-folder', path: path.join(profile, 'fresh'), mode: 0o700, why })],
  ])('is known by what it did to folders: %s', async (_what, operation) => {
    fs.setMode(leftover(), 0o750);
    const run = await applied([operation()]);
    replaced();
    expect(ids(profile)).toEqual([run]);
    rmSync(path.join(profile, 'Mail'), { recursive: true });
    mkdirSync(leftover(), { recursive: true });
    fs.setMode(leftover(), 0o711);
    rmSync(path.join(profile, 'fresh'), { recursive: true, force: true });
    expect(ids(profile)).toEqual([]);
  });

  test('one that was taken back already is listed as it is, wherever the profile went', async () => {
    const run = await applied(edits());
    await undoRun(fs, null, { profile });
    writeFile(fs, prefsOf(profile), 'user_pref("all", "new");\n');
    renameSync(root, path.join(sandbox, 'moved'));
    expect(ids(path.join(sandbox, 'moved', 'abcd.default'))).toEqual([run]);
  });

  test('settings that the program has saved since are known by what was changed in them, with or without the old file', async () => {
    const run = await applied(edits());
    replaced();
    writeFile(fs, prefsOf(profile), `${readText(fs, prefsOf(profile))}user_pref("zz", true);\n`);
    expect(ids(profile)).toEqual([run]);
    rmSync(path.join(root, '.mailmend', 'abcd.default', run, 'before'), { recursive: true });
    expect(ids(profile)).toEqual([run]);
  });

  test('a file that is gone, or whose operation is none of settings, says nothing', async () => {
    const user = path.join(profile, 'user.js');
    await applied([{ op: 'write', path: user, content: 'YQ==', mode: null, why }]);
    replaced();
    writeFile(fs, user, 'b');
    expect(ids(profile)).toEqual([]);
    rmSync(user);
    expect(ids(profile)).toEqual([]);
    linkSync(prefsOf(profile), user);
    expect(ids(profile)).toEqual([]);
  });
});
