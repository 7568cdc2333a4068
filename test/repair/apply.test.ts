/** Carrying a plan out: all of it, under the lock, once; or nothing. */

import { describe, expect, test } from 'vitest';
import type { FileStat, WritableFileSystem } from '../../src/repair/file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { listRuns } from '../../src/repair/runs.ts';
import { applyPlan, planFor, testLock, undoRun } from './support/carry.ts';
import { appendTo, createMemory, readText, writeFile } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

const why = 'why';
const prefs = `${profile}/prefs.js`;
const edits = scenarios['edits of prefs.js and profiles.ini'] ?? [];
const moves = scenarios['a folder and a file moved aside'] ?? [];
const refusal = (code: string, exit: number, words: RegExp) =>
  expect.objectContaining({ code, exit, message: expect.stringMatching(words) });

function written(): { fs: WritableFileSystem; before: ReturnType<typeof snapshot> } {
  const { fs } = createMemory(tree);
  return { fs, before: snapshot(fs, root) };
}

describe('an apply', () => {
  test('changes what the plan says and nothing else, and says how far it is', async () => {
    const { fs } = written();
    const steps: string[] = [];
    const lock = testLock();
    const { run, applied } = await applyPlan(fs, planFor(fs, edits), {
      lock,
      onProgress: ({ done, total, step }) => steps.push(`${done}/${total} ${step.step}`),
    });
    expect({ run, applied }).toEqual({ run: expect.stringMatching(/^20261123T184659250Z-/), applied: true });
    expect(steps).toEqual(['1/2 place', '2/2 place']);
    expect(readText(fs, prefs)).toContain('"imap.example.org")');
    expect(readText(fs, `${root}/profiles.ini`)).toContain('IsRelative=1');
    expect(fs.lstat(`${root}/profiles.ini`)?.mode).toBe(0o644);
    expect(lock).toMatchObject({ taken: 1, released: 1 });
  });

  test('keeps what is moved aside under its own name', async () => {
    const { fs } = written();
    const { run } = await applyPlan(fs, planFor(fs, moves));
    const aside = `${root}/.mailmend/abcd.default/${run}/aside`;
    expect(fs.readFolder(`${aside}/0`)).toEqual([{ name: 'leftover', kind: 'folder' }]);
    expect(fs.readFolder(`${aside}/1`)).toEqual([{ name: 'Inbox.msf', kind: 'file' }]);
  });

  test('keeps the time of a copied mail store, since its index rests on it', async () => {
    const { fs } = written();
    const inbox = `${profile}/Mail/pop.example.org/Inbox`;
    await applyPlan(fs, planFor(fs, [{ op: 'copy', from: inbox, path: `${profile}/Mail/Copy`, why }]));
    expect(fs.lstat(`${profile}/Mail/Copy`)?.mtimeNs).toBe(fs.lstat(inbox)?.mtimeNs);
  });

  test('a copy over another file keeps that one’s mode', async () => {
    const { fs, before } = written();
    const index = `${profile}/Mail/pop.example.org/Inbox.msf`;
    await applyPlan(fs, planFor(fs, [{ op: 'copy', from: prefs, path: index, why }]));
    expect(readText(fs, index)).toBe(readText(fs, prefs));
    expect(fs.lstat(index)).toMatchObject({ mode: 0o644, mtimeNs: fs.lstat(prefs)?.mtimeNs });
    await undoRun(fs);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('with nothing to do writes nothing', async () => {
    const { fs, before } = written();
    const idle: Operation[] = [
      { op: 'set-mode', path: prefs, mode: 0o600, why },
      { op: 'make-folder', path: `${profile}/Mail`, mode: 0o700, why },
      { op: 'copy', from: prefs, path: prefs, why },
      {
        op: 'write',
        path: `${profile}/logins.json`,
        content: Buffer.from(String(tree[`${profile}/logins.json`])).toString('base64'),
        mode: null,
        why,
      },
    ];
    expect(await applyPlan(fs, planFor(fs, idle))).toEqual({ run: null, applied: false });
    expect(snapshot(fs, root)).toEqual(before);
    expect(fs.lstat(`${root}/.mailmend`)).toBeNull();
  });

  test('of the same plan again does nothing and says which run it was', async () => {
    const { fs } = written();
    const plan = planFor(fs, [...edits, ...moves]);
    const { run } = await applyPlan(fs, plan);
    const after = snapshot(fs, root);
    expect(await applyPlan(fs, plan)).toEqual({ run, applied: false });
    expect(snapshot(fs, root)).toEqual(after);
  });

  test('of the same plan after somebody changed its result is out of date', async () => {
    const { fs } = written();
    const plan = planFor(fs, edits);
    await applyPlan(fs, plan);
    appendTo(fs, prefs, 'user_pref("more", 1);\n');
    await expect(applyPlan(fs, plan)).rejects.toThrow(
      refusal('PLAN_OUT_OF_DATE', 3, /prefs\.js was written since/),
    );
  });

  test('of a plan that was taken back works again: the times it rests on are back, too', async () => {
    const { fs } = written();
    const plan = planFor(fs, edits);
    const first = await applyPlan(fs, plan);
    await undoRun(fs);
    const second = await applyPlan(fs, plan);
    expect(second.applied).toBe(true);
    expect(second.run).not.toBe(first.run);
    expect(listRuns(fs, profile, null).map(({ state }) => state)).toEqual(['undone', 'applied']);
  });

  test('of another plan on the same files is refused when they changed', async () => {
    const { fs } = written();
    const [first, second] = [planFor(fs, edits), planFor(fs, moves.concat(edits))];
    await applyPlan(fs, first);
    const after = snapshot(fs, root);
    await expect(applyPlan(fs, second)).rejects.toThrow(refusal('PLAN_OUT_OF_DATE', 3, /written since/));
    expect(snapshot(fs, root)).toEqual(after);
  });
});

describe('an apply is refused', () => {
  test('when the lock cannot be had', async () => {
    const { fs, before } = written();
    const lock = {
      acquire() {
        throw new Error('in use');
      },
    };
    await expect(
      applyPlan(fs, planFor(fs, edits), { lock }).catch((error) => {
        throw error;
      }),
    ).rejects.toThrow('in use');
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('after a run that was cut off', async () => {
    const { fs } = written();
    const plan = planFor(fs, edits);
    await expect(applyPlan(cutPowerAfter(fs, 30), plan)).rejects.toThrow();
    expect(openRun(fs, profile)?.state).toBe('open');
    await expect(applyPlan(fs, plan)).rejects.toThrow(refusal('EARLIER_RUN_CUT_OFF', 5, /cut off/));
  });

  test('when what it reads first cannot be read', async () => {
    const { fs, before } = written();
    const plan = planFor(fs, edits);
    const broken = {
      ...fs,
      readFile(path: string): Uint8Array {
        throw Object.assign(new Error('EIO'), { code: 'EIO', path });
      },
    };
    await expect(applyPlan(broken, plan)).rejects.toThrow(
      refusal('WRITE_FAILED', 4, /error while reading.*prefs\.js/),
    );
    expect(snapshot(fs, root)).toEqual(before);
  });
});

describe('an apply is rolled back', () => {
  test('when verify says no, with its words', async () => {
    const { fs, before } = written();
    const seen: string[] = [];
    const verify = async () => {
      seen.push(readText(fs, prefs));
      return 'the finding is still there';
    };
    const failed = applyPlan(fs, planFor(fs, edits), { verify });
    await expect(failed).rejects.toThrow(refusal('WRITE_FAILED', 4, /the finding is still there/));
    expect(seen[0]).toContain('"imap.example.org")');
    expect(snapshot(fs, root)).toEqual(before);
    expect(listRuns(fs, profile, null).map(({ state }) => state)).toEqual(['rolled-back']);
  });

  test('when verify fails of itself: that is a bug, and told as one', async () => {
    const { fs, before } = written();
    const verify = async () => {
      throw new TypeError('a bug');
    };
    await expect(applyPlan(fs, planFor(fs, edits), { verify })).rejects.toThrow(TypeError);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('and stays when verify is content', async () => {
    const { fs } = written();
    await applyPlan(fs, planFor(fs, edits), { verify: async () => null });
    expect(listRuns(fs, profile, null)[0]?.state).toBe('applied');
  });

  test('when it is interrupted, at whatever step', async () => {
    for (const after of [0, 1]) {
      const { fs, before } = written();
      const interrupt = new AbortController();
      const stopped = applyPlan(fs, planFor(fs, edits), {
        signal: interrupt.signal,
        onProgress: ({ done }) => done > after && interrupt.abort(),
      });
      await expect(stopped).rejects.toThrow(refusal('INTERRUPTED', 130, /everything is as before/));
      expect(snapshot(fs, root)).toEqual(before);
      expect(openRun(fs, profile)).toBeNull();
    }
  });

  test('while a large file is copied, in the middle of it', async () => {
    const { fs } = written();
    writeFile(fs, `${profile}/Mail/large`, new Uint8Array(9 * 1024 * 1024));
    const before = snapshot(fs, root);
    const plan = planFor(fs, [
      { op: 'copy', from: `${profile}/Mail/large`, path: `${profile}/Mail/copy`, why },
    ]);
    const interrupt = new AbortController();
    const pieces: number[] = [];
    const counting = {
      ...fs,
      write(handle: number, bytes: Uint8Array) {
        if (bytes.length > 1_000_000) pieces.push(bytes.length);
        if (pieces.length === 2) interrupt.abort();
        return fs.write(handle, bytes);
      },
    };
    await expect(applyPlan(counting, plan, { signal: interrupt.signal })).rejects.toThrow(/Interrupted/);
    expect(pieces).toHaveLength(2);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('when what was written is not what is read back', async () => {
    const { fs, before } = written();
    const plan = planFor(fs, edits);
    const lying = {
      ...fs,
      readFile(path: string, options?: { offset?: number; limit?: number }) {
        const bytes = fs.readFile(path, options);
        return path.endsWith('/new/0') ? bytes.map((byte) => byte ^ 1) : bytes;
      },
    };
    await expect(applyPlan(lying, plan)).rejects.toThrow(
      refusal('WRITE_FAILED', 4, /disk reported an error/),
    );
    expect(tidy(snapshot(fs, root))).toEqual(before);
  });

  test('and says so honestly when even that fails; undo then finishes it', async () => {
    const { fs, before } = written();
    const broken = {
      ...fs,
      rename(from: string, to: string) {
        if (to.endsWith('profiles.ini') || from.includes('/before/'))
          throw Object.assign(new Error('EIO'), { code: 'EIO' });
        fs.rename(from, to);
      },
    };
    const failed = applyPlan(broken, planFor(fs, edits));
    await expect(failed).rejects.toThrow(refusal('EARLIER_RUN_CUT_OFF', 5, /not everything is back yet/));
    expect(openRun(fs, profile)?.state).toBe('undoing');
    await undoRun(fs);
    expect(snapshot(fs, root)).toEqual(before);
  });
});

describe('on Windows', () => {
  const held = (fs: WritableFileSystem, times: number, code = 'EBUSY') => {
    let refused = 0;
    const scanner = {
      ...fs,
      rename(from: string, to: string) {
        if (to === prefs && refused++ < times) throw Object.assign(new Error(code), { code });
        fs.rename(from, to);
      },
    };
    return scanner;
  };

  test('a rename that a scanner refuses is tried again', async () => {
    const { fs } = written();
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    const { applied } = await applyPlan(held(fs, 3), planFor(fs, edits), { sleep });
    expect(applied).toBe(true);
    expect(waits).toEqual([200, 200, 200]);
  });

  test('for ten seconds, then it is rolled back', async () => {
    const { fs, before } = written();
    let waited = 0;
    const sleep = async (milliseconds: number) => {
      waited += milliseconds;
    };
    const failed = applyPlan(held(fs, Number.POSITIVE_INFINITY), planFor(fs, edits), { sleep });
    await expect(failed).rejects.toThrow(refusal('WRITE_FAILED', 4, /another program/));
    expect(waited).toBe(10_000);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('any other refusal at once', async () => {
    const { fs } = written();
    const sleep = async () => expect.unreachable();
    await expect(applyPlan(held(fs, 1, 'ENOSPC'), planFor(fs, edits), { sleep })).rejects.toThrow(
      /disk is full/,
    );
  });
});

describe('owners', () => {
  test('what root makes belongs to the owner of its folder; what others make is theirs', async () => {
    for (const uid of [0, 1000]) {
      const { fs } = written();
      const given: string[] = [];
      const owned = {
        ...fs,
        lstat(path: string) {
          const stat = fs.lstat(path);
          const owner = path === root || path === profile ? 500 : uid;
          return stat === null ? null : { ...stat, uid: owner, gid: owner };
        },
        stat(path: string) {
          const stat = fs.stat(path);
          return stat === null ? null : { ...stat, uid: 500, gid: 500 };
        },
        setOwner: (path: string, ...owner: number[]) => void given.push(`${path.split('/').at(-1)} ${owner}`),
      };
      const operations: Operation[] = [
        { op: 'write', path: `${profile}/user.js`, content: '', mode: null, why },
        { op: 'make-folder', path: `${profile}/new`, mode: 0o700, why },
      ];
      await applyPlan(owned, planFor(owned, operations));
      const expected = uid === 0 ? ['0 500,500', 'new 500,500'] : [];
      expect(given.filter((line) => /^(0|new) 500/.test(line) && !line.startsWith('new 0'))).toEqual(
        expect.arrayContaining(expected),
      );
      if (uid !== 0) expect(given).toEqual([]);
    }
  });

  test('a file that is replaced keeps its owner; where that cannot be, nothing changes', async () => {
    const { fs, before } = written();
    const somebody = (path: string, stat: FileStat | null): FileStat | null =>
      stat !== null && path === prefs ? { ...stat, uid: 1234, gid: 1234 } : stat;
    const shared = {
      ...fs,
      lstat: (path: string) => somebody(path, fs.lstat(path)),
      setOwner() {
        throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
      },
    };
    await expect(applyPlan(shared, planFor(shared, edits))).rejects.toThrow(
      refusal('WRITE_FAILED', 4, /does not permit/),
    );
    expect(snapshot(fs, root)).toEqual(before);
  });
});
