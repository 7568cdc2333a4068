/**
 * The lock of a profile between mailmend and the real Thunderbird: each sees the other's.
 */

import {
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { lockFor } from '../../src/library/locks.ts';
import { apply } from '../../src/repair/apply.ts';
import { MailmendError } from '../../src/repair/error.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { lockLink } from '../../src/system/lock-link.ts';
import { lockState } from '../../src/system/lock-state.ts';
import { loadNative } from '../../src/system/native.ts';
import { whoHolds } from '../../src/system/processes.ts';
import { acquireProfileLock, type ProfileLock } from '../../src/system/profile-lock.ts';
import { everything, type Stage, stageFixture } from '../support/fixture-stage.ts';
import { withThunderbird } from './support/eval-in.ts';
import { describeWhere } from './support/needs.ts';
import { type RunningThunderbird, startThunderbird } from './support/thunderbird.ts';

const plain = fileURLToPath(new URL('../../fixtures/profiles/plain/files', import.meta.url));

describeWhere(['linux', 'thunderbird'], 'Thunderbird and mailmend', () => {
  const native = loadNative();
  const fs = createFileSystem(undefined, native);
  let profile = '';
  let running: RunningThunderbird | null = null;
  let lock: ProfileLock | null = null;

  beforeEach(() => {
    profile = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-lock-'));
    cpSync(plain, profile, { recursive: true });
  });

  afterEach(async () => {
    lock?.release();
    await running?.kill();
    [lock, running] = [null, null];
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  const start = async () => {
    running = await startThunderbird({ profile });
    return running;
  };

  // Without a window "already running" is printed, and Thunderbird ends; with one it would wait for a click.
  const startHeadless = () => startThunderbird({ profile, args: ['--headless'] });

  const hold = () => {
    lock = acquireProfileLock({ fs, locks: native, profilePath: profile });
    return lock;
  };

  it('a running Thunderbird is seen with its process, and mailmend does not write', async () => {
    expect(lockState(fs, native, profile).state).toBe('free');
    const { pid, quit } = await start();
    const asked = { state: 'held', pid, how: 'its lock was asked' };
    expect(lockState(fs, native, profile)).toEqual(asked);
    expect(lockState(fs, null, profile)).toEqual({ ...asked, how: '/proc/locks was read' });
    expect(whoHolds(pid)?.name).toBe('Thunderbird');
    expect(lockLink(fs, profile)).toMatchObject({ pid, withLock: true, process: 'alive' });
    expect(hold).toThrow(expect.objectContaining({ code: 'PROFILE_IN_USE', exit: 3 }));
    expect(hold).toThrow(new RegExp(`^Thunderbird \\(process ${pid}\\) has this profile open`));

    await quit();
    expect(lockState(fs, native, profile).state).toBe('free');
    expect(existsSync(join(profile, '.parentlock'))).toBe(true);
  });

  it('asking a running Thunderbird touches neither its lock file nor its lock', async () => {
    const { pid } = await start();
    const file = () => lstatSync(join(profile, '.parentlock'), { bigint: true });
    const before = file();
    lockState(fs, native, profile);
    lockState(fs, null, profile);
    expect(hold).toThrow(MailmendError);
    expect(file()).toEqual(before);
    expect(lockState(fs, native, profile)).toMatchObject({ state: 'held', pid });
  });

  it('a Thunderbird whose lock file was deleted is still seen', async () => {
    const { pid } = await start();
    rmSync(join(profile, '.parentlock'));
    expect(lockState(fs, native, profile)).toMatchObject({ state: 'held', pid });
    expect(hold).toThrow(expect.objectContaining({ code: 'PROFILE_IN_USE' }));
    expect(existsSync(join(profile, '.parentlock'))).toBe(false);
  });

  it('while mailmend holds the lock Thunderbird does not start; afterwards it does', async () => {
    const held = hold();
    // Neither reading nor opening the lock file once more gives it away.
    closeSync(openSync(join(profile, '.parentlock'), 'r+'));
    lockState(fs, native, profile);
    await expect(startHeadless()).rejects.toThrow(/Thunderbird is already running/);
    expect(readdirSync(profile)).not.toContain('lock');

    held.release();
    const { pid } = await start();
    expect(lockState(fs, native, profile)).toMatchObject({ state: 'held', pid });
  });

  it('a profile that had no lock file is held as well', async () => {
    rmSync(join(profile, '.parentlock'), { force: true });
    const held = hold();
    expect(held.created).toBe(true);
    await expect(startHeadless()).rejects.toThrow(/Thunderbird is already running/);
    held.release();
    expect(existsSync(join(profile, '.parentlock'))).toBe(false);
  });
});

describeWhere(['linux', 'thunderbird'], 'Thunderbird and a repair', () => {
  const signal = new AbortController().signal;
  let sandbox = '';
  let stage: Stage;

  beforeEach(() => {
    sandbox = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-lock-'));
    stage = stageFixture('orphan-server-login', sandbox);
  });

  afterEach(() => {
    rmSync(sandbox, { recursive: true, force: true, maxRetries: 5 });
  });

  /** The lock file is emptied, and the program counts how often it did not get it. */
  const ofFailedStart = ['.parentlock', 'Telemetry.FailedProfileLocks.txt'];

  const contents = (): [string, string][] =>
    readdirSync(stage.profile, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !ofFailedStart.includes(entry.name))
      .map(({ parentPath, name }): [string, string] => [
        join(parentPath, name),
        readFileSync(join(parentPath, name), 'base64'),
      ])
      .sort(([a], [b]) => (a < b ? -1 : 1));

  it('started in the middle of one, it says that the profile is in use, and changes nothing', async () => {
    const { world, profile } = stage;
    const { plan } = stage.plan(everything);
    let tried = 0;
    const { applied } = await apply(world.fs, plan, {
      runs: null,
      lock: lockFor(world, plan),
      now: world.now,
      async verify() {
        const written = contents();
        await expect(startThunderbird({ profile, args: ['--headless'] })).rejects.toThrow(/already running/);
        expect(contents()).toEqual(written);
        tried++;
        return null;
      },
    });
    expect({ applied, tried }).toEqual({ applied: true, tried: 1 });
    await withThunderbird(profile, async ({ pid }) =>
      expect(lockState(world.fs, world.locks, profile)).toMatchObject({ state: 'held', pid }),
    );
  });

  /** What the repair would take out. The program itself may save other settings at any moment while it is open. */
  const leftovers = (): { settings: string[]; login: boolean } => ({
    settings: readFileSync(join(stage.profile, 'prefs.js'), 'utf8')
      .split('\n')
      .filter((line) => line.includes('"mail.server.server3.')),
    login: readFileSync(join(stage.profile, 'logins.json'), 'utf8').includes(
      '{4edc409c-b746-4c86-9fac-74f9df056df9}',
    ),
  });

  it('open, it refuses one: with its name, how to quit it, and the command to run again', async () => {
    const { world, profile } = stage;
    const { plan } = stage.plan(everything);
    const before = leftovers();
    expect(before).toEqual({ settings: expect.arrayContaining([expect.any(String)]), login: true });
    await withThunderbird(profile, async ({ pid }) => {
      await expect(applyPlan(world, plan, { signal, runs: null })).rejects.toMatchObject({
        code: 'PROFILE_IN_USE',
        exit: 3,
        message: `Thunderbird (process ${pid}) has this profile open. Nothing was changed.`,
        next: [
          { say: expect.stringContaining('Quit Thunderbird (menu, Quit; or Ctrl+Q)'), command: null },
          { say: 'Then run the same command again.', command: `mailmend repair ${profile} --apply` },
        ],
      });
      expect(lockState(world.fs, world.locks, profile)).toMatchObject({ state: 'held', pid });
      expect(leftovers()).toEqual(before);
    });
    expect(readdirSync(sandbox)).not.toContain('.mailmend');
    const again = stage.plan(['leftovers']).plan;
    expect(await applyPlan(world, again, { signal, runs: null })).toMatchObject({ applied: true });
    expect(leftovers().settings).toEqual([]);
    expect(lockState(world.fs, world.locks, profile).state).toBe('free');
  });
});
