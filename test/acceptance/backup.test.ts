/**
 * `mailmend backup` as a process: killed or interrupted in the middle it leaves the profile as it was and a backup that is
 * known to be unfinished; the same call goes on with it, and the end is told by mailmend and by sha256sum alike.
 */

import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { fitsSums } from '../support/sha256sum.ts';
import { treeListing } from '../support/tree-hash.ts';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { type Ended, type RunningMailmend, runMailmend, startMailmend } from './support/mailmend-process.ts';
import { describeWhere } from './support/needs.ts';

describeWhere(['linux'], 'a backup', () => {
  let mailmend: BuiltMailmend;
  let home: string;
  let profile: string;
  let target: string;
  let before: string[];

  beforeAll(() => {
    mailmend = buildMailmend();
  });
  afterAll(() => mailmend.remove());

  /** With some hundred mails, so that there is a middle. */
  beforeEach(() => {
    home = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-backup-')));
    profile = layOutRoot(join(home, '.thunderbird'), 'plain').profiles[0] ?? '';
    target = join(home, 'usb');
    const maildir = join(profile, 'Mail', 'pop.example.org', 'Inbox', 'cur');
    mkdirSync(maildir, { recursive: true });
    for (let n = 0; n < 400; n++)
      writeFileSync(join(maildir, `${n}.eml`), `Subject: ${n}\n\n${'x'.repeat(n)}\n`);
    before = listing();
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const listing = (): string[] => treeListing(join(home, '.thunderbird'), { ctime: true });
  const call = (...words: string[]) => ({ main: mailmend.main, words, home });
  const backup = (): RunningMailmend => startMailmend(call('backup', profile, '--to', target, '--json'));
  const verify = (): Promise<Ended> => runMailmend(call('backup', '--verify', target, '--json'));

  /** When so many files and folders have been copied. */
  async function inTheMiddle(running: RunningMailmend, copied: number): Promise<void> {
    const count = () => (existsSync(target) ? readdirSync(target, { recursive: true }).length : 0);
    while (count() < copied) {
      if (running.exited() !== null) throw new Error(`too early at its end: ${(await running.ended).stderr}`);
      await wait(2);
    }
  }

  async function isFinished(): Promise<void> {
    const { code, stdout } = await backup().ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'mailmend/backup@1',
      complete: true,
      continued: true,
    });
    const verified = await verify();
    expect(verified.code).toBe(0);
    expect(JSON.parse(verified.stdout)).toMatchObject({ state: 'intact', problems: [] });
    expect(fitsSums(target)).toBe(true);
    const original = treeListing(profile).filter((line) => !line.startsWith('./.parentlock '));
    expect(treeListing(join(target, 'profile'))).toEqual(original);
    expect(listing()).toEqual(before);
  }

  it('killed three times goes on each time', async () => {
    for (const copied of [3, 120, 300]) {
      const running = backup();
      await inTheMiddle(running, copied);
      await running.kill();
      expect(listing()).toEqual(before);
      const { code, stdout } = await verify();
      expect(code).toBe(1);
      expect(JSON.parse(stdout)).toMatchObject({ state: 'unfinished', complete: false });
    }
    await isFinished();
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ended by %s says how to go on', async (signal) => {
    const running = backup();
    await inTheMiddle(running, 100);
    running.process.kill(signal);
    const { code, stdout } = await running.ended;
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'INTERRUPTED',
      next: [{ command: `mailmend backup ${profile} --to ${target}` }],
    });
    expect(listing()).toEqual(before);
    await isFinished();
  });
});
