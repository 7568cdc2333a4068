/**
 * Not everything lies on one disk, and not every disk knows hard links, owners or attributes: what the engine keeps is
 * then a copy, and taking back is as exact as before.
 */

import { describe, expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { appendTo, createMemory, readText } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

const why = 'why';
const stick = '/stick';
const mail = `${profile}/Mail/pop.example.org`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const write = (path: string, text: string): Operation => ({
  op: 'write',
  path,
  content: base64(text),
  mode: null,
  why,
});

/** `/stick` is a disk of its own: nothing is renamed or linked between it and the rest. */
function twoDisks(fs: WritableFileSystem): WritableFileSystem {
  const disk = (path: string): bigint => (path === stick || path.startsWith(`${stick}/`) ? 7n : 1n);
  const within = (from: string, to: string): void => {
    if (disk(from) !== disk(to)) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' });
  };
  const onDisk = (path: string, stat: ReturnType<typeof fs.lstat>) =>
    stat === null ? null : { ...stat, device: disk(path) };
  return {
    ...fs,
    lstat: (path) => onDisk(path, fs.lstat(path)),
    stat: (path) => onDisk(path, fs.stat(path)),
    rename(from, to) {
      within(from, to);
      fs.rename(from, to);
    },
    link(from, to) {
      within(from, to);
      fs.link(from, to);
    },
  };
}

const withStick = { ...tree, [stick]: null };
/** No move aside: that is a rename. */
const copying: Operation[] = [
  ...(scenarios['edits of prefs.js and profiles.ini'] ?? []),
  write(`${profile}/user.js`, 'user_pref("a", 1);\n'),
  write(`${profile}/logins.json`, 'one'),
  write(`${profile}/logins.json`, 'two'),
];

describe('what is replaced is kept on another disk', () => {
  test('everything comes back', async () => {
    const fs = twoDisks(createMemory(withStick).fs);
    const before = snapshot(fs, root);
    const { run } = await applyPlan(fs, planFor(fs, copying), { runs: stick });
    expect(readText(fs, `${profile}/logins.json`)).toBe('two');
    expect(fs.lstat(`${root}/.mailmend`)).toBeNull();
    expect(await undoRun(fs, null, { runs: stick })).toEqual({ run, kept: [] });
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('also after a cut at any moment, of the apply or of the undo', async () => {
    const counted = cutPowerAfter(twoDisks(createMemory(withStick).fs), Number.POSITIVE_INFINITY);
    await applyPlan(counted, planFor(counted, copying), { runs: stick });
    const total = counted.operations.length;
    for (let after = 0; after < total; after++) {
      const fs = twoDisks(createMemory(withStick).fs);
      const before = snapshot(fs, root);
      await expect(
        applyPlan(cutPowerAfter(fs, after, true), planFor(fs, copying), { runs: stick }),
      ).rejects.toThrow();
      await undoRun(cutPowerAfter(fs, after % 40), null, { runs: stick }).catch(() => undefined);
      await undoRun(fs, null, { runs: stick }).catch((error) => expect(error.code).toBe('NO_SUCH_RUN'));
      expect(openRun(fs, profile, stick)).toBeNull();
      expect(tidy(snapshot(fs, root)), counted.operations[after]).toEqual(before);
    }
  });

  test('an old file is placed beside the one that changed since', async () => {
    const fs = twoDisks(createMemory(withStick).fs);
    const { run } = await applyPlan(fs, planFor(fs, [write(`${mail}/Inbox`, 'rebuilt')]), { runs: stick });
    appendTo(fs, `${mail}/Inbox`, 'new mail');
    const { kept } = await undoRun(fs, null, { runs: stick });
    expect(kept[0]?.path).toBe(`${mail}/Inbox.mailmend-${run}`);
    expect(readText(fs, `${mail}/Inbox.mailmend-${run}`)).toBe(tree[`${mail}/Inbox`]);
  });

  test('mail is never copied and then deleted: moving aside to another disk is refused', async () => {
    const fs = twoDisks(createMemory(withStick).fs);
    const before = snapshot(fs, root);
    const aside: Operation = { op: 'move-aside', path: mail, why };
    const away: Operation = { op: 'write', path: `${root}/new/file`, content: '', mode: null, why };
    const make: Operation = { op: 'make-folder', path: `${root}/new`, mode: 0o700, why };
    const refused = { code: 'PLAN_INVALID', exit: 3, message: expect.stringContaining('another disk') };
    for (const operations of [[aside], [make, away]])
      await expect(applyPlan(fs, planFor(fs, operations), { runs: stick })).rejects.toMatchObject(refused);
    expect(snapshot(fs, root)).toEqual(before);
  });

  test('nor is anything moved from one disk to another', async () => {
    const outer = twoDisks(createMemory({ ...withStick, [`${stick}/store`]: '' }).fs);
    const { makePlan } = await import('../../src/repair/plan.ts');
    const move: Operation = { op: 'move', from: `${stick}/store`, path: `${mail}/store`, why };
    const plan = makePlan(outer, { profile, folders: [root, stick], operations: [move], now: new Date(0) });
    await expect(applyPlan(outer, plan)).rejects.toMatchObject({ code: 'PLAN_INVALID', exit: 3 });
  });
});

describe('a disk without hard links', () => {
  const withoutLinks = (fs: WritableFileSystem): WritableFileSystem => ({
    ...fs,
    link() {
      throw Object.assign(new Error('ENOTSUP'), { code: 'ENOTSUP' });
    },
  });

  test.each(Object.entries(scenarios))(
    '%s: everything comes back, with its time and mode',
    async (_name, operations) => {
      const fs = withoutLinks(createMemory(tree).fs);
      const before = snapshot(fs, root);
      await applyPlan(fs, planFor(fs, operations));
      await undoRun(fs);
      expect(snapshot(fs, root)).toEqual(before);
    },
  );

  test('also after a cut at any moment', async () => {
    const operations = scenarios['one path, again and again'] ?? [];
    for (let after = 0; ; after++) {
      const fs = withoutLinks(createMemory(tree).fs);
      const before = snapshot(fs, root);
      const done = await applyPlan(cutPowerAfter(fs, after, true), planFor(fs, operations)).catch(() => null);
      if (done !== null) break;
      if (openRun(fs, profile) !== null) await undoRun(fs);
      else await undoRun(fs).catch(() => undefined);
      expect(tidy(snapshot(fs, root)), String(after)).toEqual(before);
    }
  });
});

describe('extended attributes', () => {
  const text = (bytes: Uint8Array | undefined): string | null =>
    bytes === undefined ? null : new TextDecoder().decode(bytes);

  /** By inode, as a real disk has them. `refuses`: names that cannot be set. */
  function withAttributes(fs: WritableFileSystem, refuses: string[] = []): WritableFileSystem {
    const kept = new Map<bigint, Map<string, Uint8Array>>();
    const of = (path: string): Map<string, Uint8Array> => {
      const inode = fs.lstat(path)?.inode ?? -1n;
      const found = kept.get(inode) ?? new Map([['security.selinux', new TextEncoder().encode('label')]]);
      kept.set(inode, found);
      return found;
    };
    return {
      ...fs,
      extendedAttributes: (path) => new Map(of(path)),
      setExtendedAttribute(path, name, value) {
        if (refuses.includes(name)) throw Object.assign(new Error('ENOTSUP'), { code: 'ENOTSUP', path });
        of(path).set(name, value);
      },
    };
  }

  const prefs = `${profile}/prefs.js`;
  const tag = (fs: WritableFileSystem, path: string): string | null =>
    text(fs.extendedAttributes(path).get('user.tag'));
  const edits = scenarios['edits of prefs.js and profiles.ini'] ?? [];

  test('a file that is replaced keeps them, however often, and a copy gets them', async () => {
    const fs = withAttributes(createMemory(tree).fs);
    fs.setExtendedAttribute(prefs, 'user.tag', new TextEncoder().encode('mine'));
    const second: Operation = {
      op: 'edit-prefs',
      path: prefs,
      why,
      changes: [{ name: 'z.last', from: 1, to: 2 }],
    };
    const copy: Operation = { op: 'copy', from: prefs, path: `${profile}/prefs.bak`, why };
    await applyPlan(fs, planFor(fs, [copy, ...edits, second]));
    expect(tag(fs, prefs)).toBe('mine');
    expect(tag(fs, `${profile}/prefs.bak`)).toBe('mine');
    appendTo(fs, prefs, 'user_pref("zz", 1);\n');
    await undoRun(fs);
    expect(tag(fs, prefs)).toBe('mine');
  });

  test('one that cannot be kept stops the apply, unless it is the system’s own', async () => {
    const { fs: plain } = createMemory(tree);
    const fs = withAttributes(plain);
    fs.setExtendedAttribute(prefs, 'user.tag', new TextEncoder().encode('mine'));
    const strict: WritableFileSystem = {
      ...fs,
      setExtendedAttribute() {
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
    };
    await expect(applyPlan(strict, planFor(strict, edits))).rejects.toThrow(/disk is full/);
    const labelled = withAttributes(createMemory(tree).fs, ['security.selinux']);
    labelled.extendedAttributes(prefs);
    const other = { ...labelled };
    other.extendedAttributes = (path) =>
      path === prefs
        ? new Map([['security.selinux', new Uint8Array([1])]])
        : labelled.extendedAttributes(path);
    expect((await applyPlan(other, planFor(other, edits))).applied).toBe(true);
  });

  test('a copy is made all the same where they cannot be had', async () => {
    const fs = withAttributes(createMemory(tree).fs, ['user.tag']);
    const tagged = { ...fs };
    tagged.extendedAttributes = (path) =>
      path === prefs ? new Map([['user.tag', new Uint8Array([1])]]) : fs.extendedAttributes(path);
    const copy: Operation = { op: 'copy', from: prefs, path: `${profile}/prefs.bak`, why };
    expect((await applyPlan(tagged, planFor(tagged, [copy]))).applied).toBe(true);
  });
});
