/**
 * A repair that is killed (SIGKILL, as kill -9 and the kernel out of memory do), and the undo of it as well: `mailmend
 * undo` makes the tree as it was before, to the last bit. Killed at every call that changes a file, and at random.
 */

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { everything } from '../support/fixture-stage.ts';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { eachOnStages } from './support/each-on-stages.ts';
import { isOpen, journalOf } from './support/journal-on-disk.ts';
import { type ChangingCall, traceMailmend } from './support/killing-calls.ts';
import { saveLongPlan } from './support/long-plan.ts';
import { type Ended, type MailmendCall, runMailmend, startMailmend } from './support/mailmend-process.ts';
import { describeWhere } from './support/needs.ts';
import { type WritingStage, writingStage } from './support/writing-stage.ts';

/** Each on a stage of its own. They wait for the disk as much as for the processor. */
const workers = 3;

/** After these a process of its own takes back. */
const renaming = new Set(['rename', 'link', 'unlink', 'mkdir', 'rmdir', 'write']);

/** Of the plan that takes a while. */
const stepsPlanned = 30;

const minutes = 60_000;

describeWhere(['linux', 'strace'], 'a killed mailmend', () => {
  let mailmend: BuiltMailmend;
  const counted = { atCalls: 0, atRandom: 0, inside: 0 };
  const damaged: string[] = [];

  beforeAll(() => {
    mailmend = buildMailmend();
  });

  afterAll(() => {
    mailmend.remove();
    const { atCalls, atRandom, inside } = counted;
    console.log(
      `killed: ${atCalls} at syscalls, ${atRandom} at random moments, ${inside} of them inside the journal, ${damaged.length} damaged`,
    );
  });

  type Words = (stage: WritingStage) => string[];
  const yes = ({ root }: WritingStage): string[] => ['--root', root, '--apply', '--json'];
  const repair: Words = (stage) => ['repair', stage.profile, '--only', everything.join(','), ...yes(stage)];
  const apply: Words = (stage) => ['apply', join(stage.home, 'plan.json'), ...yes(stage)];
  const undo: Words = (stage) => ['undo', stage.profile, ...yes(stage)];

  const call = (stage: WritingStage, words: Words): MailmendCall => ({
    main: mailmend.main,
    words: words(stage),
    home: stage.home,
  });

  /** After a kill: undo, and compare. Clean again if nothing was damaged, and told if so. */
  async function recover(
    stage: WritingStage,
    before: readonly string[],
    how: string,
    again: () => Promise<Pick<Ended, 'code' | 'stdout'>> = () => runMailmend(call(stage, undo)),
  ): Promise<boolean> {
    const { code, stdout } = await again();
    const now = stage.listing();
    const differs = [
      ...(code === 0 ? [] : [`exit ${code}: ${stdout}`]),
      ...before.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
      ...now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`),
    ];
    if (differs.length > 0) damaged.push([how, ...differs].join('\n  '));
    else stage.clean();
    return differs.length === 0;
  }

  /** The calls of one run from its beginning to its end, with those of a second run to see that they are always the same. */
  async function callsOf(
    words: Words,
    makeStage: () => WritingStage,
    repaired: boolean,
  ): Promise<ChangingCall[]> {
    const traces: ChangingCall[][] = [];
    for (let times = 0; times < 2; times++) {
      const stage = makeStage();
      if (repaired) await stage.repair();
      const { code, stdout, calls } = await traceMailmend(call(stage, words), stage.root, null);
      expect(`${code} ${stdout}`).toMatch(/^0 /);
      traces.push(calls);
      stage.remove();
    }
    const [first = [], second = []] = traces;
    expect(first.filter(isCountable)).toEqual(second.filter(isCountable));
    expect(first.map(({ where }) => where)).toEqual(second.map(({ where }) => where));
    return first;
  }

  /** Node itself writes, too, to wake its threads, and not always as often: it may die at another write. */
  const isCountable = ({ name }: ChangingCall): boolean => name !== 'write';

  interface Killing {
    makeStage: () => WritingStage;
    /** Before it begins, the stage is repaired. */
    repaired: boolean;
    /** At least so many calls of each of these are there to die at. */
    atLeast: Record<string, number>;
    /** At which of all calls; left out: at each. */
    at?: (call: ChangingCall) => boolean;
  }

  async function killAtEach(words: Words, killing: Killing): Promise<void> {
    const { makeStage, repaired, atLeast, at = () => true } = killing;
    const calls = (await callsOf(words, makeStage, repaired)).filter(at);
    for (const [name, number] of Object.entries(atLeast))
      expect([name, calls.filter((one) => one.name === name).length >= number]).toEqual([name, true]);
    await eachOnStages(workers, calls, makeStage, async (target, stage, before) => {
      if (repaired) await stage.repair();
      const { signal, calls: seen } = await traceMailmend(call(stage, words), stage.root, target);
      const how = `${words(stage)[0]} killed at ${target.name} ${target.number} ${target.where}`;
      if (isCountable(target)) expect([how, signal, seen.at(-1)]).toEqual([how, 'SIGKILL', target]);
      if (signal === 'SIGKILL' && seen.at(-1)?.name === target.name) counted.atCalls++;
      // Other calls leave a tree that differs in owners, modes and times at most: undone in this process, for speed.
      const again = renaming.has(target.name) ? undefined : stage.undo;
      return recover(stage, before, how, again);
    });
    expect(damaged).toEqual([]);
  }

  const small = (): WritingStage => writingStage({ fixture: 'orphan-server-login' });
  /** With a plan beside it that takes a while. */
  const planned = (): WritingStage => {
    const stage = writingStage({ fixture: 'orphan-server-identity' });
    saveLongPlan(stage, stepsPlanned);
    return stage;
  };

  /** As after a move or a restore that has left the lock file out: mailmend makes it and takes it away. */
  const unlocked = (): WritingStage => writingStage({ fixture: 'orphan-server-login', lockFile: false });
  const ofItsLockFile = ({ where }: ChangingCall): boolean => /\.parentlock|\.mailmend-lock/.test(where);

  const written = { rename: 4, fsync: 4, write: 4 };
  it('at each call of a repair', { timeout: 5 * minutes }, () =>
    killAtEach(repair, { makeStage: small, repaired: false, atLeast: written }),
  );
  it('at each call of an undo', { timeout: 5 * minutes }, () =>
    killAtEach(undo, { makeStage: small, repaired: true, atLeast: written }),
  );
  for (const [name, words] of Object.entries({ repair, undo }))
    it(`at each call that makes or takes away the lock file of ${name}`, { timeout: 5 * minutes }, () =>
      killAtEach(words, {
        makeStage: unlocked,
        repaired: words === undo,
        atLeast: { link: 1, fsync: 1, write: 2, unlink: 2 },
        at: ofItsLockFile,
      }),
    );

  it('at random moments', { timeout: 8 * minutes }, async () => {
    const whole = await lifeOf(repair);
    const attempts = function* (): Generator<number> {
      const isEnough = () => counted.atRandom >= 200 && counted.inside >= 100;
      for (let number = 0; number < 500 && !isEnough(); number++) yield number;
    };
    await eachOnStages(workers, attempts(), planned, async (_, stage, before) => {
      // Half of them shall be inside, which is the smaller part of its life.
      if (counted.inside * 2 > counted.atRandom) {
        const later = Math.random() * whole;
        await kill(stage, repair, () => true, later);
        const how = `repair killed after ${Math.round(later)} of ${whole} ms`;
        return recover(stage, before, how, stage.hasRuns() ? undefined : stage.undo);
      }
      // The last step is begun when all but the verifying is done.
      const begun = below(stepsPlanned + 1);
      await kill(
        stage,
        apply,
        () => journalOf(stage).filter((one) => one === 'begin').length >= begun,
        below(10),
      );
      const how = `apply killed after step ${begun}`;
      if (!isOpen(journalOf(stage))) return recover(stage, before, how);
      // The undo of it is killed as well.
      const back = below(Math.max(begun, 1));
      const isThere = () =>
        journalOf(stage).filter((one) => one === 'undo' || one === 'take-back').length > back;
      await kill(stage, undo, isThere, below(10));
      return recover(stage, before, `${how}, then undo after ${back} of them`);
    });
    expect(damaged).toEqual([]);
    expect(counted.atRandom).toBeGreaterThanOrEqual(200);
    expect(counted.inside).toBeGreaterThanOrEqual(100);
  });

  /** Kills it so many milliseconds after the moment has come. */
  async function kill(
    stage: WritingStage,
    words: Words,
    hasCome: () => boolean,
    later: number,
  ): Promise<void> {
    const running = startMailmend(call(stage, words));
    while (!hasCome() && running.exited() === null) await wait(3);
    await Promise.race([wait(later), running.ended]);
    await running.kill();
    if ((await running.ended).signal !== 'SIGKILL') return;
    counted.atRandom++;
    if (isOpen(journalOf(stage))) counted.inside++;
  }

  /** In milliseconds, with as many others at the same time as there will be. */
  async function lifeOf(words: Words): Promise<number> {
    const lives: number[] = [];
    await eachOnStages(workers, Array(workers), planned, async (_, stage) => {
      const start = performance.now();
      expect(await runMailmend(call(stage, words))).toMatchObject({ code: 0 });
      lives.push(performance.now() - start);
      return false;
    });
    return Math.round(Math.max(...lives));
  }
});

/** A whole number from 0. */
const below = (limit: number): number => Math.floor(Math.random() * limit);
