/**
 * Ctrl-C, `kill`, a closed terminal, and a reader who leaves, while mailmend writes: the tree is as before, or the work
 * is done whole; never something in between.
 */

import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { isOpen, journalOf, type RecordType } from './support/journal-on-disk.ts';
import { saveLongPlan } from './support/long-plan.ts';
import { type Ended, type RunningMailmend, runMailmend, startMailmend } from './support/mailmend-process.ts';
import { describeWhere } from './support/needs.ts';
import type { CommandLine } from './support/private-namespace.ts';
import { type WritingStage, writingStage } from './support/writing-stage.ts';

describeWhere(['linux'], 'while mailmend writes', () => {
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
    apply = ['apply', saveLongPlan(stage), '--root', stage.root, '--apply'];
  });
  afterEach(() => stage.remove());

  const undo = (): string[] => ['undo', stage.profile, '--root', stage.root, '--apply'];
  const journal = (): RecordType[] => journalOf(stage);
  const start = (words: string[], within?: (command: CommandLine) => CommandLine): RunningMailmend =>
    startMailmend({ main: mailmend.main, words, home: stage.home, ...(within && { within }) });
  const run = (words: string[]): Promise<Ended> =>
    runMailmend({ main: mailmend.main, words, home: stage.home });

  /** When it has begun, or taken back, so many steps. */
  async function inTheMiddle(
    running: RunningMailmend,
    type: 'begin' | 'take-back',
    steps = 20,
  ): Promise<void> {
    while (journal().filter((one) => one === type).length < steps) {
      if (running.exited() !== null) throw new Error(`too early at its end: ${(await running.ended).stderr}`);
      await wait(5);
    }
  }

  async function isAsBefore(): Promise<void> {
    expect(stage.listing()).toEqual(before);
    expect(journal().at(-1)).toBe('rolled-back');
    const list = await run(['undo', stage.profile, '--root', stage.root, '--list', '--json']);
    expect(JSON.parse(list.stdout).runs).toMatchObject([{ state: 'rolled-back' }]);
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s takes everything back', async (signal) => {
    const running = start(apply);
    await inTheMiddle(running, 'begin');
    running.process.kill(signal);
    expect(await running.ended).toMatchObject({
      code: 130,
      stderr: expect.stringContaining('Interrupted; everything is as before.'),
    });
    await isAsBefore();
  });

  it('a second and a third Ctrl-C change nothing about that', async () => {
    const running = start(apply);
    await inTheMiddle(running, 'begin');
    for (let times = 0; times < 3 && running.exited() === null; times++) {
      running.process.kill('SIGINT');
      await wait(5);
    }
    expect(await running.ended).toMatchObject({ code: 130 });
    await isAsBefore();
  });

  it('a terminal that is closed takes its output with it, and everything is taken back', async () => {
    const running = start(apply);
    await inTheMiddle(running, 'begin');
    running.process.stdout?.destroy();
    running.process.stderr?.destroy();
    running.process.kill('SIGHUP');
    expect(await running.exit).toMatchObject({ code: 130 });
    await isAsBefore();
  });

  it('a signal before the first write changes nothing', async () => {
    const running = start(apply);
    await wait(50);
    running.process.kill('SIGINT');
    expect(await running.exit).toMatchObject({ signal: 'SIGINT' });
    expect(stage.listing()).toEqual(before);
    expect(existsSync(`${stage.root}/.mailmend`)).toBe(false);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s during undo, and undo once more', async (signal) => {
    expect(await run(apply)).toMatchObject({ code: 0 });
    const running = start(undo());
    await inTheMiddle(running, 'take-back');
    running.process.kill(signal);
    const { code, stderr } = await running.ended;
    expect([code, stderr]).toEqual([130, expect.stringContaining('mailmend undo')]);
    expect(isOpen(journal())).toBe(true);
    expect(stage.listing()).not.toEqual(before);

    const refused = await run(['repair', stage.profile, '--root', stage.root, '--apply']);
    expect(refused.code).toBe(5);
    expect(await run(undo())).toMatchObject({ code: 0 });
    expect(stage.listing()).toEqual(before);
    expect(journal().at(-1)).toBe('undone');
  });

  it('a reader who has left (head) does not stop it half-way', async () => {
    const running = start(apply, ({ file, args }) => ({
      file: '/bin/sh',
      args: ['-c', '"$@" | head -n 1', 'sh', file, ...args],
    }));
    expect(await running.ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[^\n]+\n$/) });
    expect(journal().at(-1)).toBe('applied');
    await run(undo());
    expect(stage.listing()).toEqual(before);
  });

  it('a reader who leaves in the middle does not stop it half-way', async () => {
    const running = start(apply);
    await once(running.process, 'spawn');
    running.process.stdout?.destroy();
    running.process.stderr?.destroy();
    expect(await running.exit).toMatchObject({ code: 0 });
    expect(journal().at(-1)).toBe('applied');
  });

  it('a disk for the output that is full is told before anything is changed', async () => {
    const running = start(apply, ({ file, args }) => ({
      file: '/bin/sh',
      args: ['-c', 'exec "$@" > /dev/full', 'sh', file, ...args],
    }));
    expect(await running.ended).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('The result could not be written'),
    });
    expect(stage.listing()).toEqual(before);
    expect(journal()).toEqual([]);
  });
});
