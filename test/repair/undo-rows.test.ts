/** Saved logins taken out by a run, and put back from its folder after the program has saved others. */

import { describe, expect, test } from 'vitest';
import { journalName } from '../../src/repair/journal.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { readPlan } from '../../src/repair/plan.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { createMemory, readText, writeFile } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot } from './support/snapshot.ts';

const logins = `${profile}/logins.json`;
const operations = scenarios['saved logins taken out'] ?? [];
const home = `${root}/.mailmend/abcd.default`;

async function applied(list: readonly Operation[] = operations) {
  const { fs } = createMemory(tree);
  const plan = planFor(fs, list);
  const { run } = await applyPlan(fs, plan);
  return { fs, plan, run: String(run) };
}

const guidsIn = (text: string): string[] => JSON.parse(text).logins.map(({ guid }: { guid: string }) => guid);
/** As the program saves: rows added, others changed. */
const withRow = (text: string, row: object): string => {
  const file = JSON.parse(text);
  return JSON.stringify({ ...file, nextId: file.nextId + 1, logins: [...file.logins, row] });
};

describe('saved logins', () => {
  test('neither the plan nor the journal holds what is in them, and a saved plan is read back', async () => {
    const { fs, plan, run } = await applied();
    expect(guidsIn(readText(fs, logins))).toEqual([]);
    const journal = readText(fs, `${home}/${run}/${journalName}`);
    for (const text of [JSON.stringify(plan), journal]) {
      expect(text).not.toMatch(/sealed|c2VhbGVk/);
      expect(text).toContain('"what":"login a"');
    }
    const { fs: again } = createMemory(tree);
    expect(await readPlan(again, new TextEncoder().encode(JSON.stringify(plan)))).toEqual(plan);
  });

  test('come back among those that were saved since', async () => {
    const { fs } = await applied();
    writeFile(fs, logins, withRow(readText(fs, logins), { id: 4, guid: 'd', cipher: 'new' }), 0o600);
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(guidsIn(readText(fs, logins))).toEqual(['a', 'b', 'c', 'd']);
    expect(fs.lstat(logins)?.mode).toBe(0o600);
  });

  test('come back once, wherever taking back is cut off', async () => {
    let finished = false;
    for (let after = 0; !finished; after++) {
      const { fs } = await applied();
      writeFile(fs, logins, withRow(readText(fs, logins), { id: 4, guid: 'd' }));
      finished = await undoRun(cutPowerAfter(fs, after)).then(
        () => true,
        () => false,
      );
      await undoRun(fs).catch((error: { code?: string }) => expect(error.code).toBe('NO_SUCH_RUN'));
      expect(guidsIn(readText(fs, logins)), String(after)).toEqual(['a', 'b', 'c', 'd']);
    }
  });

  test('one that was saved anew is asked about, and nobody is shown what is in it', async () => {
    const { fs } = await applied();
    writeFile(fs, logins, withRow(readText(fs, logins), { id: 4, guid: 'b', cipher: 'sealed anew' }));
    const now = snapshot(fs, root);
    const refused = undoRun(fs);
    await expect(refused).rejects.toMatchObject({ code: 'UNDO_CONFLICT', exit: 3 });
    await expect(refused).rejects.toThrow(
      /login b \(b\) was there, mailmend made it taken out, now it is another one/,
    );
    await expect(refused).rejects.not.toThrow(/sealed/);
    expect(snapshot(fs, root)).toEqual(now);
    await undoRun(fs, null, { decide: async () => 'keep' });
    expect(JSON.parse(readText(fs, logins)).logins.map(({ cipher }: { cipher: string }) => cipher)).toEqual([
      'sealed a',
      'sealed anew',
      'sealed c',
    ]);
  });

  test.each(['', '{"logins":[', '{"nextId":1}'])(
    'a list that cannot be read any more (%j) is left, and the old one lies beside it',
    async (garbage) => {
      const { fs, run } = await applied(operations.slice(0, 1));
      writeFile(fs, logins, garbage);
      const beside = `${logins}.mailmend-${run}`;
      expect((await undoRun(fs)).kept).toEqual([
        { path: beside, why: expect.stringContaining('has changed since') },
      ]);
      expect(readText(fs, logins)).toBe(garbage);
      expect(readText(fs, beside)).toBe(tree[logins]);
    },
  );

  test('are told to be lost when somebody has emptied the folder of the run', async () => {
    const { fs, run } = await applied(operations.slice(0, 1));
    fs.unlink(`${home}/${run}/before/0`);
    writeFile(fs, logins, withRow(readText(fs, logins), { id: 4, guid: 'd' }));
    expect((await undoRun(fs)).kept).toEqual([
      { path: logins, why: 'what it was before is no longer in the folder of the run' },
    ]);
    expect(guidsIn(readText(fs, logins))).toEqual(['b', 'd']);
  });

  test('a plan whose row was changed by hand is none', async () => {
    const { fs } = createMemory(tree);
    const plan = planFor(fs, operations);
    const text = JSON.stringify(plan).replace('"to":null', '"to":"{}"');
    await expect(readPlan(fs, new TextEncoder().encode(text))).rejects.toMatchObject({
      code: 'PLAN_INVALID',
    });
  });
});

describe('profiles.ini', () => {
  const registry = `${root}/profiles.ini`;
  const add: Operation = {
    op: 'edit-ini',
    path: registry,
    why: 'why',
    changes: Object.entries({ Name: 'fresh', IsRelative: '1', Path: 'fresh' }).map(([key, to]) => ({
      section: 'Profile1',
      key,
      from: null,
      to,
    })),
  };
  const since = (rest: string): string =>
    `[Profile1]\n${rest}\n[Profile0]\nName=default\nPath=abcd.default\nIsRelative=1\n\n[General]\nVersion=2\n`;

  test('gives up an entry that it still holds under this number', async () => {
    const { fs } = await applied([add]);
    writeFile(fs, registry, since('Name=fresh\nIsRelative=1\nPath=fresh\n'));
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(readText(fs, registry)).not.toContain('fresh');
    expect(readText(fs, registry)).toContain('IsRelative=1');
  });

  test('keeps the profile that has this number since', async () => {
    const { fs } = await applied([add]);
    writeFile(fs, registry, since('Name=other\nIsRelative=1\nPath=other\n'));
    expect((await undoRun(fs)).kept).toEqual([]);
    expect(readText(fs, registry)).toBe(since('Name=other\nIsRelative=1\nPath=other\n'));
  });

  test('tells what of it stays as the repair left it', async () => {
    const { fs, run } = await applied([add]);
    fs.unlink(`${home}/${run}/before/0`);
    writeFile(fs, registry, since('Name=fresh\nIsRelative=1\nPath=fresh\n'));
    expect((await undoRun(fs)).kept).toEqual([
      { path: registry, why: expect.stringContaining('its entries stay as they are') },
    ]);
  });
});
