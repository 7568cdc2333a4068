/**
 * Two mailmends on one profile, one plan twice, a plan that is out of date or for another profile, and a root that moved:
 * what may be done is done, anything else is refused, and changes nothing.
 */

import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { journalOf } from './support/journal-on-disk.ts';
import { saveLongPlan } from './support/long-plan.ts';
import { type Ended, runMailmend, startMailmend } from './support/mailmend-process.ts';
import { describeWhere } from './support/needs.ts';
import { copyTree } from './support/working-copy.ts';
import { type WritingStage, writingStage } from './support/writing-stage.ts';

describeWhere(['linux'], 'mailmend', () => {
  let mailmend: BuiltMailmend;
  let stage: WritingStage;
  let before: string[];
  let apply: string[];

  beforeAll(() => {
    mailmend = buildMailmend();
  });
  afterAll(() => mailmend.remove());

  beforeEach(() => {
    stage = writingStage();
    before = stage.listing();
    apply = ['apply', saveLongPlan(stage), '--root', stage.root, '--apply', '--json'];
  });
  afterEach(() => stage.remove());

  const call = (words: string[]) => ({ main: mailmend.main, words, home: stage.home });
  const run = (words: string[]): Promise<Ended> => runMailmend(call(words));
  const undo = (profile = stage.profile, root = stage.root): string[] => [
    'undo',
    profile,
    '--root',
    root,
    '--apply',
    '--json',
  ];
  const repair = (): string[] => ['repair', stage.profile, '--root', stage.root, '--apply', '--json'];
  const runs = (): number => readdirSync(join(stage.root, '.mailmend', 'orphan-server-identity')).length;
  const document = ({ stdout }: Ended) => JSON.parse(stdout);

  it('refuses while another mailmend writes to the same profile, and says so', async () => {
    const first = startMailmend(call(apply));
    while (journalOf(stage).length < 20 && first.exited() === null) await wait(5);
    first.process.kill('SIGSTOP');
    const others = await Promise.all([repair(), undo(), apply].map(run));
    expect(first.exited()).toBeNull();
    first.process.kill('SIGCONT');
    for (const other of others) {
      expect(other.code).toBe(3);
      expect(document(other)).toMatchObject({ code: 'PROFILE_IN_USE' });
      expect(document(other).message).toMatch(/mailmend.* has this profile open\. Nothing was changed\./);
    }
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(journalOf(stage).at(-1)).toBe('applied');
    expect(runs()).toBe(1);
    expect(await run(undo())).toMatchObject({ code: 0 });
    expect(stage.listing()).toEqual(before);
  });

  it('applies a plan once when it is started several times at the same moment', async () => {
    const all = await Promise.all([apply, apply, apply].map(run));
    const outcomes = all.map((one) => (one.code === 0 ? document(one).applied : document(one).code));
    expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(1);
    // The others came while it wrote, or when it had been done.
    const rest = outcomes.filter((outcome) => outcome !== true);
    expect(rest.filter((outcome) => outcome !== false && outcome !== 'PROFILE_IN_USE')).toEqual([]);
    expect(runs()).toBe(1);
    expect(await run(undo())).toMatchObject({ code: 0 });
    expect(stage.listing()).toEqual(before);
  });

  it('has nothing to do the second time', async () => {
    const first = await run(apply);
    expect(document(first).applied).toBe(true);
    const after = stage.listing();
    const second = await run(apply);
    expect([second.code, document(second).applied, document(second).run]).toEqual([
      0,
      false,
      document(first).run,
    ]);
    expect(stage.listing()).toEqual(after);
    expect(runs()).toBe(1);
  });

  it('refuses a plan when what it rests on has changed since, and names it', async () => {
    const prefs = join(stage.profile, 'prefs.js');
    writeFileSync(prefs, `${readFileSync(prefs, 'utf8')}user_pref("mail.more", 1);\n`);
    const after = stage.listing();
    const refused = await run(apply);
    expect(refused.code).toBe(3);
    expect(document(refused)).toMatchObject({
      code: 'PLAN_OUT_OF_DATE',
      message: expect.stringContaining('prefs.js'),
    });
    expect(stage.listing()).toEqual(after);
    expect(existsSync(join(stage.root, '.mailmend'))).toBe(false);
  });

  it('refuses a plan on a copy of the profile, be it at the same place or named in the plan', async () => {
    const original = join(stage.home, 'original');
    renameSync(stage.profile, original);
    copyTree(original, stage.profile);
    const copied = stage.listing();
    const refused = await run(apply);
    expect([refused.code, document(refused).message]).toEqual([3, expect.stringContaining('profile')]);
    expect(stage.listing()).toEqual(copied);

    const [, plan = ''] = apply;
    writeFileSync(plan, readFileSync(plan, 'utf8').replaceAll('orphan-server-identity', 'small'));
    const other = await run(apply);
    expect([2, 3]).toContain(other.code);
    expect(stage.listing()).toEqual(copied);
    expect(existsSync(join(stage.root, '.mailmend'))).toBe(false);
  });

  it('takes a run back after the whole root was renamed', async () => {
    expect(await run(apply)).toMatchObject({ code: 0 });
    const moved = join(dirname(stage.root), 'moved');
    renameSync(stage.root, moved);
    const undone = await run(undo(join(moved, 'orphan-server-identity'), moved));
    renameSync(moved, stage.root);
    expect([undone.code, undone.stdout]).toEqual([0, expect.stringContaining('"undone": "')]);
    expect(stage.listing()).toEqual(before);
  });
});
