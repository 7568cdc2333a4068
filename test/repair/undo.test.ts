/** Taking back: exactly, when nothing happened in between; ours and nothing else, when the program ran. */

import { describe, expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { makeRunFolder } from '../../src/repair/run-folder.ts';
import { listRuns, previewPurge, purge } from '../../src/repair/runs.ts';
import { previewUndo, settle } from '../../src/repair/undo.ts';
import { applyPlan, planFor, testLock, undoRun } from './support/carry.ts';
import { appendTo, createMemory, readText, writeFile } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

const why = 'why';
const prefs = `${profile}/prefs.js`;
const mail = `${profile}/Mail/pop.example.org`;
const edits = scenarios['edits of prefs.js and profiles.ini'] ?? [];
const refusal = (code: string, exit: number, words: RegExp) =>
  expect.objectContaining({ code, exit, message: expect.stringMatching(words) });
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const write = (path: string, text: string): Operation => ({
  op: 'write',
  path,
  content: base64(text),
  mode: null,
  why,
});

/** A run with these operations has been applied. */
async function applied(
  ...operations: Operation[]
): Promise<{ fs: WritableFileSystem; run: string; before: ReturnType<typeof snapshot> }> {
  const { fs } = createMemory(tree);
  const before = snapshot(fs, root);
  const { run } = await applyPlan(fs, planFor(fs, operations));
  return { fs, run: run ?? '', before };
}

describe('right after the apply', () => {
  test.each(Object.entries(scenarios))('%s: everything as before', async (_name, operations) => {
    const { fs, run, before } = await applied(...operations);
    const lock = testLock();
    expect(await undoRun(fs, null, { lock })).toEqual({ run, kept: [] });
    expect(snapshot(fs, root)).toEqual(before);
    expect(lock).toMatchObject({ taken: 1, released: 1 });
    expect(listRuns(fs, profile, null)[0]?.state).toBe('undone');
  });

  test('a second time there is nothing to take back', async () => {
    const { fs, run } = await applied(...edits);
    await undoRun(fs);
    await expect(undoRun(fs)).rejects.toThrow(refusal('NO_SUCH_RUN', 2, /no run to take back/));
    await expect(undoRun(fs, run)).rejects.toThrow(refusal('NO_SUCH_RUN', 2, /already taken back/));
    await expect(undoRun(fs, 'other')).rejects.toThrow(refusal('NO_SUCH_RUN', 2, /no run other/));
  });

  test('the preview says what will be done, and does nothing', async () => {
    const { fs, run } = await applied(...edits);
    const after = snapshot(fs, root);
    const { run: shown, plan } = previewUndo(fs, null, { profile, runs: null });
    expect(shown.id).toBe(run);
    expect(plan.actions.map(({ act }) => act)).toEqual(['put-back', 'put-back']);
    expect(snapshot(fs, root)).toEqual(after);
  });
});

describe('after the program ran', () => {
  test('settings go back line by line, and the program’s own lines stay', async () => {
    const { fs, run } = await applied(...edits);
    const theirs = readText(fs, prefs).replace('user_pref("z.last", 1)', 'user_pref("z.last", 5)');
    writeFile(fs, prefs, `${theirs}user_pref("zz.new", true);\n`, 0o640);
    expect(await undoRun(fs)).toEqual({ run, kept: [] });
    expect(readText(fs, prefs)).toBe(
      '# Mozilla\nuser_pref("mail.server.server1.hostname", "imap.example.org:993");\nuser_pref("z.last", 5);\nuser_pref("zz.new", true);\n',
    );
    expect(fs.lstat(prefs)?.mode).toBe(0o640);
    expect(readText(fs, `${root}/profiles.ini`)).not.toContain('IsRelative');
  });

  test('two edits of one file are both taken back', async () => {
    const second: Operation = {
      op: 'edit-prefs',
      path: prefs,
      why,
      changes: [{ name: 'z.last', from: 1, to: 2 }],
    };
    const { fs } = await applied(...edits, second);
    appendTo(fs, prefs, 'user_pref("zz.new", true);\n');
    await undoRun(fs);
    expect(readText(fs, prefs)).toContain('imap.example.org:993');
    expect(readText(fs, prefs)).toContain('user_pref("z.last", 1);\nuser_pref("zz.new", true);\n');
  });

  test('of a file that an edit made, and the program has written since, only our keys go', async () => {
    const made = `${profile}/chosen.js`;
    const changes = [{ name: 'a', from: null, to: 1 }];
    const { fs } = await applied({ op: 'edit-prefs', path: made, why, changes });
    appendTo(fs, made, 'user_pref("b", 2);\n');
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(readText(fs, made)).toBe('user_pref("b", 2);\n');
  });

  test('a value that both have changed is a conflict: both are shown, nothing is changed', async () => {
    const { fs } = await applied(...edits);
    writeFile(fs, prefs, readText(fs, prefs).replace('"imap.example.org"', '"other.example.org"'));
    const now = snapshot(fs, root);
    await expect(undoRun(fs)).rejects.toThrow(
      refusal(
        'UNDO_CONFLICT',
        3,
        /hostname was "imap.example.org:993", mailmend made it "imap.example.org", now it is "other/,
      ),
    );
    expect(snapshot(fs, root)).toEqual(now);
    expect(openRun(fs, profile)).toBeNull();
  });

  test.each([
    ['keep' as const, 'other.example.org'],
    ['take-back' as const, 'imap.example.org:993'],
  ])('asked, the person decides: %s', async (decision, host) => {
    const { fs } = await applied(...edits);
    writeFile(fs, prefs, readText(fs, prefs).replace('"imap.example.org"', '"other.example.org"'));
    const asked: string[] = [];
    await undoRun(fs, null, {
      async decide({ key }) {
        asked.push(key);
        return decision;
      },
    });
    expect(asked).toEqual(['mail.server.server1.hostname']);
    expect(readText(fs, prefs)).toContain(`"${host}"`);
    expect(readText(fs, prefs)).not.toContain('server1.port');
  });

  test.each([
    ['keep' as const, 9],
    ['take-back' as const, 1],
  ])('a key that the run changed twice is one question: %s', async (decision, left) => {
    const edit = (from: number, to: number): Operation => ({
      op: 'edit-prefs',
      path: prefs,
      why,
      changes: [{ name: 'z.last', from, to }],
    });
    const { fs } = await applied(edit(1, 2), edit(2, 3));
    writeFile(fs, prefs, readText(fs, prefs).replace('"z.last", 3', '"z.last", 9'));
    await expect(undoRun(fs)).rejects.toThrow(/z\.last was 2, mailmend made it 3, now it is 9\.$/);
    const asked: unknown[] = [];
    await undoRun(fs, null, {
      async decide({ before, ours, theirs }) {
        asked.push([before, ours, theirs]);
        return decision;
      },
    });
    expect(asked).toEqual([[2, 3, 9]]);
    expect(readText(fs, prefs)).toContain(`"z.last", ${left})`);
  });

  test('any other file that changed is never overwritten: the old one lies beside it', async () => {
    const { fs, run } = await applied(write(`${mail}/Inbox`, 'rebuilt'));
    appendTo(fs, `${mail}/Inbox`, 'new mail');
    const beside = `${mail}/Inbox.mailmend-${run}`;
    expect(await undoRun(fs)).toEqual({
      run,
      kept: [{ path: beside, why: expect.stringContaining('has changed since') }],
    });
    expect(readText(fs, `${mail}/Inbox`)).toBe('rebuiltnew mail');
    expect(readText(fs, beside)).toBe(tree[`${mail}/Inbox`]);
  });

  test('where even that name is taken it stays with the run', async () => {
    const { fs, run } = await applied(write(`${mail}/Inbox`, 'rebuilt'));
    appendTo(fs, `${mail}/Inbox`, 'new mail');
    writeFile(fs, `${mail}/Inbox.mailmend-${run}`, 'mine');
    const { kept } = await undoRun(fs);
    expect(kept[0]?.path).toBe(`${root}/.mailmend/abcd.default/${run}/before/0`);
    expect(readText(fs, kept[0]?.path ?? '')).toBe(tree[`${mail}/Inbox`]);
    expect(readText(fs, `${mail}/Inbox.mailmend-${run}`)).toBe('mine');
  });

  test('a settings file that became a folder is one of the others', async () => {
    const { fs, run } = await applied(...edits);
    fs.unlink(prefs);
    fs.makeFolder(prefs, 0o700);
    expect((await undoRun(fs)).kept[0]?.path).toBe(`${prefs}.mailmend-${run}`);
  });

  test('a file that the program has made again as it was is left', async () => {
    const { fs } = await applied(...edits);
    writeFile(fs, prefs, String(tree[prefs]));
    const { inode } = fs.lstat(prefs) ?? {};
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(fs.lstat(prefs)?.inode).toBe(inode);
  });

  test('a file that is gone comes back', async () => {
    const { fs } = await applied(write(`${mail}/Inbox`, 'rebuilt'));
    fs.unlink(`${mail}/Inbox`);
    await undoRun(fs);
    expect(readText(fs, `${mail}/Inbox`)).toBe(tree[`${mail}/Inbox`]);
  });

  test('unless the folder it lay in is gone, too', async () => {
    const { fs, run } = await applied(write(`${mail}/Inbox`, 'rebuilt'));
    fs.rename(mail, `${root}/taken away`);
    const { kept } = await undoRun(fs);
    expect(kept).toEqual([
      {
        path: `${root}/.mailmend/abcd.default/${run}/before/0`,
        why: expect.stringContaining('the folder it lay in is gone'),
      },
    ]);
  });

  test('a new file that has changed since stays; one that has not goes', async () => {
    const { fs, before } = await applied(write(`${profile}/new1`, 'a'), write(`${profile}/new2`, 'b'));
    appendTo(fs, `${profile}/new1`, 'more');
    const { kept } = await undoRun(fs);
    expect(kept).toEqual([{ path: `${profile}/new1`, why: expect.stringContaining('the repair made it') }]);
    expect(fs.lstat(`${profile}/new2`)).toBeNull();
    expect(Object.keys(snapshot(fs, root)).length).toBe(Object.keys(before).length + 1);
  });

  test('a new file that is gone is no loss', async () => {
    const { fs } = await applied(write(`${profile}/new1`, 'a'));
    fs.unlink(`${profile}/new1`);
    expect((await undoRun(fs)).kept).toEqual([]);
  });

  test('a new folder with other things in it stays; an empty one goes', async () => {
    const make = (path: string): Operation => ({ op: 'make-folder', path, mode: 0o700, why });
    const { fs } = await applied(
      make(`${root}/full`),
      make(`${root}/empty`),
      make(`${root}/gone`),
      make(`${root}/file`),
    );
    writeFile(fs, `${root}/full/mail`, '');
    fs.removeFolder(`${root}/gone`);
    fs.removeFolder(`${root}/file`);
    writeFile(fs, `${root}/file`, '');
    const { kept } = await undoRun(fs);
    expect(kept.map(({ path }) => path)).toEqual([`${root}/file`, `${root}/full`]);
    expect(fs.lstat(`${root}/empty`)).toBeNull();
  });

  test('a mode that somebody changed since stays', async () => {
    const mode = (path: string): Operation => ({ op: 'set-mode', path, mode: 0o644, why });
    const { fs } = await applied(mode(prefs), mode(`${mail}/Inbox`));
    fs.setMode(prefs, 0o640);
    fs.unlink(`${mail}/Inbox`);
    await undoRun(fs);
    expect(fs.lstat(prefs)?.mode).toBe(0o640);
  });

  test('what was moved aside comes back beside a new one of its name', async () => {
    const { fs, run } = await applied({ op: 'move-aside', path: `${mail}/Inbox.msf`, why });
    writeFile(fs, `${mail}/Inbox.msf`, 'rebuilt by the program');
    const beside = `${mail}/Inbox.msf.mailmend-${run}`;
    expect((await undoRun(fs)).kept).toEqual([
      { path: beside, why: expect.stringContaining('there is a new') },
    ]);
    expect(readText(fs, beside)).toBe('// <!-- mork -->');
    expect(readText(fs, `${mail}/Inbox.msf`)).toBe('rebuilt by the program');
  });

  test('what was moved stays where it is when its place is gone, or taken twice', async () => {
    const aside: Operation = { op: 'move-aside', path: `${mail}/Inbox.msf`, why };
    const first = await applied(aside);
    first.fs.rename(mail, `${root}/taken away`);
    const kept = `${root}/.mailmend/abcd.default/${first.run}/aside/0/Inbox.msf`;
    expect((await undoRun(first.fs)).kept).toEqual([
      { path: kept, why: expect.stringContaining('cannot go back') },
    ]);
    const second = await applied(aside);
    writeFile(second.fs, `${mail}/Inbox.msf`, 'new');
    writeFile(second.fs, `${mail}/Inbox.msf.mailmend-${second.run}`, 'mine');
    expect((await undoRun(second.fs)).kept[0]?.path).toContain('/aside/0/Inbox.msf');
  });

  test('what was moved and is nowhere any more is told', async () => {
    const { fs } = await applied({ op: 'move', from: `${mail}/Inbox`, path: `${mail}/Other`, why });
    fs.unlink(`${mail}/Other`);
    expect((await undoRun(fs)).kept).toEqual([
      { path: `${mail}/Other`, why: expect.stringContaining('is gone since') },
    ]);
  });

  test('what was moved, and moved back by hand under another inode, is left', async () => {
    const { fs } = await applied({ op: 'move', from: `${mail}/Inbox`, path: `${mail}/Other`, why });
    writeFile(fs, `${mail}/Inbox`, 'copied back');
    fs.unlink(`${mail}/Other`);
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(readText(fs, `${mail}/Inbox`)).toBe('copied back');
  });

  test('an image that somebody deleted cannot be put back, and that is told', async () => {
    const { fs, run } = await applied(
      write(`${mail}/Inbox`, 'rebuilt'),
      write(`${profile}/logins.json`, 'new'),
    );
    for (const step of [0, 1]) fs.unlink(`${root}/.mailmend/abcd.default/${run}/before/${step}`);
    appendTo(fs, `${profile}/logins.json`, 'changed');
    const { kept } = await undoRun(fs);
    expect(kept.map(({ path, why: reason }) => `${path} ${reason}`)).toEqual([
      `${profile}/logins.json what it was before is no longer in the folder of the run`,
      `${mail}/Inbox what it was before is no longer in the folder of the run`,
    ]);
  });

  test('folders that the program has changed since keep their new times; the others get the old ones', async () => {
    const { fs, before } = await applied(
      write(`${mail}/Inbox.msf`, 'new'),
      write(`${profile}/logins.json`, 'new'),
    );
    writeFile(fs, `${mail}/Sent`, '');
    fs.setTimes(mail, { atimeNs: 0n, mtimeNs: 1_700_000_000_000_000_000n });
    await undoRun(fs);
    expect(fs.lstat(mail)?.mtimeNs).not.toBe(undefined);
    expect(snapshot(fs, root)[mail]).not.toBe(before[mail]);
    expect(snapshot(fs, root)[profile]).toBe(before[profile]);
  });

  test('what was kept is told all the same when taking back was cut off and is finished', async () => {
    let finished = false;
    for (let after = 0; !finished; after++) {
      const { fs, run } = await applied(write(`${mail}/Inbox`, 'rebuilt'));
      appendTo(fs, `${mail}/Inbox`, 'new mail');
      const expected = {
        path: `${mail}/Inbox.mailmend-${run}`,
        why: expect.stringContaining('has changed since'),
      };
      finished = await undoRun(cutPowerAfter(fs, after)).then(
        () => true,
        () => false,
      );
      if (openRun(fs, profile)?.state === 'undoing') expect((await undoRun(fs)).kept).toEqual([expected]);
    }
  });

  test('a folder that is gone when a cut-off run is taken back needs no times', async () => {
    const { fs } = createMemory(tree);
    const plan = planFor(fs, [write(`${mail}/new`, 'a'), write(`${profile}/new`, 'b')]);
    await expect(applyPlan(cutPowerAfter(fs, 52), plan)).rejects.toThrow();
    fs.rename(mail, `${root}/taken away`);
    await undoRun(fs);
    expect(openRun(fs, profile)).toBeNull();
    expect(fs.lstat(`${profile}/new`)).toBeNull();
  });
});

describe('several runs', () => {
  test('any of them, unless a later one touched the same file; then it says which', async () => {
    const { fs, run: first, before } = await applied(...edits);
    const second = await applyPlan(fs, planFor(fs, [write(`${profile}/user.js`, '//')]));
    const third = await applyPlan(fs, planFor(fs, [{ op: 'set-mode', path: prefs, mode: 0o644, why }]));
    await expect(undoRun(fs, first)).rejects.toThrow(
      refusal('UNDO_CONFLICT', 3, new RegExp(`${third.run}.*prefs\\.js`)),
    );
    expect(await undoRun(fs, second.run)).toMatchObject({ run: second.run });
    await undoRun(fs);
    await undoRun(fs, first);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('a later one that moved the folder around a file touched it, too', async () => {
    const { fs, run } = await applied(write(`${mail}/Inbox.msf`, 'new'));
    await applyPlan(fs, planFor(fs, [{ op: 'move-aside', path: mail, why }]));
    await expect(undoRun(fs, run)).rejects.toThrow(refusal('UNDO_CONFLICT', 3, /Inbox\.msf/));
  });

  test('one that was cut off goes first', async () => {
    const { fs, run } = await applied(...edits);
    const plan = planFor(fs, [write(`${profile}/user.js`, '//')]);
    await expect(applyPlan(cutPowerAfter(fs, 20), plan)).rejects.toThrow();
    await expect(undoRun(fs, run)).rejects.toThrow(refusal('EARLIER_RUN_CUT_OFF', 5, /cut off/));
    expect((await undoRun(fs)).run).not.toBe(run);
    expect((await undoRun(fs)).run).toBe(run);
  });

  test('three that touched one file: all later ones are named, the newest first, with commands in that order', async () => {
    const { fs, run: first } = await applied(...edits);
    const mode = (bits: number): Operation => ({ op: 'set-mode', path: prefs, mode: bits, why });
    const second = await applyPlan(fs, planFor(fs, [mode(0o644)]));
    const third = await applyPlan(fs, planFor(fs, [mode(0o640)]));
    await expect(undoRun(fs, first)).rejects.toMatchObject({
      message: expect.stringMatching(new RegExp(`${third.run} \\(.*prefs.js\\), run ${second.run}`)),
      next: [third.run, second.run, first].map((run) =>
        expect.objectContaining({ words: ['undo', profile, '--run', run] }),
      ),
    });
    for (const run of [third.run, second.run, first]) expect(await undoRun(fs, run)).toMatchObject({ run });
  });

  test('the list says when, why, how much and in what state', async () => {
    const { fs, run } = await applied(write(`${mail}/Inbox`, 'rebuilt'), {
      op: 'move-aside',
      path: `${mail}/Inbox.msf`,
      why: 'stale',
    });
    expect(listRuns(fs, profile, null)).toEqual([
      {
        id: run,
        when: '2026-11-23T18:46:59.250Z',
        why: ['why', 'stale'],
        bytes: 18 + 16,
        state: 'applied',
        madeAt: profile,
      },
    ]);
  });
});

describe('an undo that fails', () => {
  test('before anything has changed says so', async () => {
    const { fs } = await applied(...edits);
    const broken = {
      ...fs,
      readFile(path: string, options?: { offset?: number; limit?: number }) {
        if (path === prefs) throw Object.assign(new Error('EIO'), { code: 'EIO', path });
        return fs.readFile(path, options);
      },
    };
    const now = snapshot(fs, root);
    await expect(undoRun(broken)).rejects.toThrow(refusal('WRITE_FAILED', 4, /Nothing was changed/));
    expect(snapshot(fs, root)).toEqual(now);
  });

  test('in the middle can be finished later', async () => {
    const { fs, before } = await applied(...edits);
    const full = {
      ...fs,
      rename(from: string, to: string) {
        if (to === prefs) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        fs.rename(from, to);
      },
    };
    await expect(undoRun(full)).rejects.toThrow(
      refusal('EARLIER_RUN_CUT_OFF', 5, /cut short: the disk is full/),
    );
    await undoRun(fs);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('because of a bug is told as one', async () => {
    const { fs } = await applied(...edits);
    const buggy = {
      ...fs,
      rename() {
        throw new TypeError('a bug');
      },
    };
    await expect(undoRun(buggy)).rejects.toThrow(TypeError);
  });
});

describe('an undo that is interrupted', () => {
  test('before it has begun: nothing was changed', async () => {
    const { fs } = await applied(...edits);
    const now = snapshot(fs, root);
    await expect(undoRun(fs, null, { signal: AbortSignal.abort() })).rejects.toThrow(
      refusal('INTERRUPTED', 130, /Nothing was changed/),
    );
    expect(snapshot(fs, root)).toEqual(now);
    expect(openRun(fs, profile)).toBeNull();
  });

  test('stops between two steps, says so, and undo again finishes it', async () => {
    const { fs, run, before } = await applied(...edits);
    const lock = testLock();
    const stop = new AbortController();
    const seen: unknown[] = [];
    const interrupted = undoRun(fs, null, {
      lock,
      signal: stop.signal,
      onProgress(progress) {
        seen.push(progress);
        stop.abort();
      },
    });
    await expect(interrupted).rejects.toMatchObject({
      code: 'INTERRUPTED',
      exit: 130,
      message: expect.stringContaining('undo again finishes it'),
      next: [expect.objectContaining({ words: ['undo', profile] })],
    });
    expect(seen).toEqual([{ done: 1, total: 2 }]);
    expect(lock).toMatchObject({ taken: 1, released: 1 });
    expect(openRun(fs, profile)).toMatchObject({ id: run, state: 'undoing' });
    expect(await undoRun(fs)).toEqual({ run, kept: [] });
    expect(snapshot(fs, root)).toEqual(before);
  });
});

describe('purging', () => {
  test('lists what goes, deletes it with its journal, and the run is no more', async () => {
    const { fs, run } = await applied({ op: 'move-aside', path: `${profile}/Mail/leftover`, why }, ...edits);
    const inAside = `${root}/.mailmend/abcd.default/${run}/aside/0/leftover`;
    fs.setMode(inAside, 0o500);
    const { files: kept } = previewPurge(fs, profile, null, run);
    expect(kept.map(({ path, bytes }) => `${path.slice(path.indexOf(run) + run.length)} ${bytes}`)).toEqual([
      '/aside/0/leftover/Trash 0',
      expect.stringMatching(/^\/before\/1 \d+$/),
      expect.stringMatching(/^\/before\/2 \d+$/),
    ]);
    const rest = snapshot(fs, root);
    expect(purge(fs, profile, null, run)).toEqual(kept);
    expect(fs.readFolder(`${root}/.mailmend/abcd.default`)).toEqual([]);
    expect(Object.keys(snapshot(fs, root))).toEqual(Object.keys(rest));
    expect(() => purge(fs, profile, null, run)).toThrow(refusal('NO_SUCH_RUN', 2, /no run/));
  });

  test('cut off at any operation it is finished by calling it again; such a run is never taken back', async () => {
    let [finished, half] = [false, 0];
    for (let after = 0; !finished; after++) {
      const { fs, run } = await applied(
        { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
        ...edits,
      );
      const now = snapshot(fs, root);
      try {
        purge(cutPowerAfter(fs, after, true), profile, null, run);
        finished = true;
      } catch {
        const [left] = listRuns(fs, profile, null);
        if (left?.state === 'purged') {
          half++;
          await expect(undoRun(fs, run)).rejects.toThrow(refusal('NO_SUCH_RUN', 2, /what it kept is gone/));
        }
        if (left?.state !== 'applied')
          await expect(undoRun(fs)).rejects.toMatchObject({ code: 'NO_SUCH_RUN' });
        if (fs.lstat(`${root}/.mailmend/abcd.default/${run}`) !== null) purge(fs, profile, null, run);
      }
      expect(listRuns(fs, profile, null)).toEqual([]);
      expect(fs.readFolder(`${root}/.mailmend/abcd.default`)).toEqual([]);
      expect(snapshot(fs, root)).toEqual(now);
    }
    expect(half).toBeGreaterThan(10);
  });

  test('a folder that is left of a run goes, too; one that keeps something does not', async () => {
    const { fs, run } = await applied(...edits);
    const folder = `${root}/.mailmend/abcd.default/${run}`;
    fs.unlink(`${folder}/journal.jsonl`);
    expect(() => purge(fs, profile, null, run)).toThrow(refusal('UNDO_CONFLICT', 3, /cannot be read/));
    for (const name of ['0', '1']) fs.unlink(`${folder}/before/${name}`);
    const note = { path: `${folder}/note`, bytes: 4, what: 'left over from a run' };
    writeFile(fs, note.path, 'mine');
    expect(previewPurge(fs, profile, null, run)).toEqual({ run: null, files: [note] });
    expect(purge(fs, profile, null, run)).toEqual([note]);
    expect(fs.lstat(folder)).toBeNull();
    expect(() => purge(fs, profile, null, '..')).toThrow(refusal('NO_SUCH_RUN', 2, /no run/));
  });

  test('says of each file what it is', async () => {
    const { fs, run } = await applied(
      { op: 'move-aside', path: `${profile}/Mail/leftover`, why },
      write(`${profile}/new`, 'a'),
      ...edits,
    );
    const folder = `${root}/.mailmend/abcd.default/${run}`;
    const what = () =>
      previewPurge(fs, profile, null, run).files.map(
        ({ path, what: said }) => `${path.slice(folder.length)}: ${said}`,
      );
    expect(what()).toEqual([
      `/aside/0/leftover/Trash: moved aside from ${profile}/Mail/leftover/Trash`,
      `/before/2: ${prefs} as it was before`,
      `/before/3: ${root}/profiles.ini as it was before`,
    ]);
    await undoRun(fs);
    writeFile(fs, `${folder}/note`, 'mine');
    expect(what()).toEqual([
      '/note: not from mailmend: somebody put it there',
      `/undone/1: written by mailmend for ${profile}/new`,
    ]);
  });

  test('is refused while the run is still needed', async () => {
    for (const after of [30, 33]) {
      const { fs } = createMemory(tree);
      await expect(applyPlan(cutPowerAfter(fs, after), planFor(fs, edits))).rejects.toThrow();
      const run = openRun(fs, profile)?.id ?? '';
      expect(() => purge(fs, profile, null, run)).toThrow(refusal('EARLIER_RUN_CUT_OFF', 5, /still needed/));
      await expect(undoRun(cutPowerAfter(fs, 8))).rejects.toThrow();
      expect(openRun(fs, profile)?.state).toBe('undoing');
      expect(() => purge(fs, profile, null, run)).toThrow(refusal('EARLIER_RUN_CUT_OFF', 5, /still needed/));
    }
  });
});

describe('a run whose journal was damaged', () => {
  const home = `${root}/.mailmend/abcd.default`;
  const aside: Operation = { op: 'move-aside', path: `${profile}/Mail/leftover`, why };
  const spoil = (fs: WritableFileSystem, run: string): void =>
    writeFile(fs, `${home}/${run}/journal.jsonl`, 'x');
  const folderOf = (run: string): RegExp =>
    new RegExp(`it kept are in ${home}/${run}\\. Nothing was changed`);

  test.each([
    ['overwritten', 'before/', edits],
    ['overwritten', 'aside/', [aside]],
  ])(
    '%s, and something lies in %s: it is listed, and not taken back or deleted',
    async (_how, _where, operations) => {
      const { fs, run } = await applied(...operations);
      spoil(fs, run);
      const now = snapshot(fs, root);
      expect(listRuns(fs, profile, null)).toEqual([
        {
          id: run,
          when: expect.stringMatching(/^\d{4}-.*Z$/),
          why: [`its journal cannot be read; the files that it kept are in ${home}/${run}`],
          bytes: expect.any(Number),
          state: 'damaged',
          madeAt: null,
        },
      ]);
      const refused = refusal('UNDO_CONFLICT', 3, folderOf(run));
      await expect(undoRun(fs)).rejects.toThrow(refused);
      await expect(undoRun(fs, run)).rejects.toThrow(refused);
      await expect(undoRun(fs, 'other')).rejects.toThrow(refusal('NO_SUCH_RUN', 2, /no run other/));
      expect(() => purge(fs, profile, null, run)).toThrow(refused);
      expect(openRun(fs, profile)).toBeNull();
      expect(snapshot(fs, root)).toEqual(now);
    },
  );

  test('it stops no repair, and the run after it is taken back as ever', async () => {
    const { fs, run } = await applied(...edits);
    spoil(fs, run);
    const later = (await applyPlan(fs, planFor(fs, [aside]), { now: () => new Date('2026-11-24') })).run;
    expect(listRuns(fs, profile, null).map(({ state }) => state)).toEqual(['damaged', 'applied']);
    expect(await undoRun(fs)).toEqual({ run: later, kept: [] });
    expect(fs.lstat(aside.path)).not.toBeNull();
    await expect(undoRun(fs)).rejects.toThrow(refusal('UNDO_CONFLICT', 3, folderOf(run)));
  });

  test('the one before it is taken back only when it is named', async () => {
    const { fs, run } = await applied(...edits);
    const options = { now: () => new Date('2026-11-24') };
    const later = String((await applyPlan(fs, planFor(fs, [aside]), options)).run);
    spoil(fs, later);
    const next = [{ say: expect.any(String), command: `mailmend undo ${profile} --run ${run}` }];
    await expect(undoRun(fs)).rejects.toMatchObject({ code: 'UNDO_CONFLICT', next });
    expect(await undoRun(fs, run)).toEqual({ run, kept: [] });
  });

  test('one that was cut off goes first', async () => {
    const { fs, run } = await applied(...edits);
    const options = { now: () => new Date('2026-11-24') };
    const later = String((await applyPlan(fs, planFor(fs, [aside]), options)).run);
    spoil(fs, later);
    await expect(undoRun(cutPowerAfter(fs, 8), run)).rejects.toThrow();
    expect(openRun(fs, profile)?.id).toBe(run);
    expect(await undoRun(fs)).toEqual({ run, kept: [] });
  });

  test('one that keeps nothing is none', async () => {
    const { fs, run } = await applied(aside);
    await undoRun(fs);
    spoil(fs, run);
    fs.removeFolder(`${home}/${run}/before`);
    writeFile(fs, `${home}/${run}/before`, '');
    expect(listRuns(fs, profile, null)).toEqual([]);
  });
});

describe('cut off before there was a run', () => {
  test('settling leaves the folder around the profile as it was, and locks only for that', async () => {
    let settled = 0;
    for (let after = 0; after < 14; after++) {
      const { fs } = createMemory(tree);
      const before = snapshot(fs, root);
      expect(() => makeRunFolder(cutPowerAfter(fs, after), profile, null, 'run1')).toThrow();
      const lock = testLock();
      await settle(fs, profile, lock);
      expect(tidy(snapshot(fs, root)), String(after)).toEqual(before);
      expect(lock.released).toBe(lock.taken);
      settled += lock.taken;
      await settle(fs, profile, lock);
      expect(lock.taken).toBeLessThan(2);
    }
    expect(settled).toBeGreaterThan(5);
  });

  test('a file called like the place of the runs is not touched', async () => {
    const { fs } = createMemory({ ...tree, [`${root}/.mailmend`]: '' });
    const lock = testLock();
    await settle(fs, profile, lock);
    expect(lock.taken).toBe(0);
  });
});
