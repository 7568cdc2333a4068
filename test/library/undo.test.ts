/**
 * The library's side of undo, on real disks: where runs may be kept, deleting what they keep, profiles that were moved,
 * and that every next command runs as it is printed.
 */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as library from '../../src/index.ts';
import { selectedAt } from '../../src/library/select.ts';
import type { World } from '../../src/library/world.ts';
import { systemLocks } from '../../src/system/system-locks.ts';
import { call, type Outcome } from '../cli/support/fake-io.ts';
import { libraryIn } from '../cli/support/library-in.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';

let sandbox = '';
let root = '';
let profile = '';
let world: World;

beforeEach(() => {
  sandbox = mkdtempSync(path.join(tmpdir(), 'mailmend-undo-'));
  world = testWorld(sandbox);
  root = path.join(sandbox, "it's a root");
  profile = path.join(root, 'host-malformed-port');
  mkdirSync(root);
  layOutFixture('host-malformed-port', root);
  writeFileSync(
    path.join(root, 'profiles.ini'),
    '[Profile0]\nName=work\nIsRelative=1\nPath=host-malformed-port\n',
  );
});
afterEach(() => rmSync(sandbox, { recursive: true, force: true }));

const mailmend = (...words: string[]): Promise<Outcome> => call(words, { library: libraryIn(world) });
const here = (...words: string[]): Promise<Outcome> => mailmend(...words, '--root', root);
const prefs = (at = profile): string => path.join(at, 'prefs.js');
const text = (at = profile): string => readFileSync(prefs(at), 'utf8');
const change = (from: string, to: string): void => writeFileSync(prefs(), text().replace(from, to));
const json = async (outcome: Promise<Outcome>) => JSON.parse((await outcome).stdout);
const repaired = async (...words: string[]): Promise<string> =>
  String((await json(here('repair', profile, '--apply', '--json', ...words))).run);
const oneLine = (said: string): string => said.replace(/\s+/g, ' ');
const bad = '"imap.example.org:993"';
const good = '"imap.example.org"';

/** The words behind `mailmend`, as a real shell reads them. */
function wordsOf(command: string): string[] {
  const line = command.replace(/^mailmend /, "printf '%s\\0' ");
  return spawnSync('bash', ['-c', line], { encoding: 'utf8' }).stdout.split('\0').slice(0, -1);
}

const nextOf = async (outcome: Promise<Outcome>): Promise<string[]> => {
  const { next } = (await json(outcome)) as { next: { command: string | null }[] };
  return next.flatMap(({ command }) => (command?.startsWith('mailmend ') ? [command] : []));
};

describe('what a run keeps', () => {
  it('is deleted only while what it put right stays so', async () => {
    const run = await repaired();
    change(good, bad);
    const words = ['undo', profile, '--purge', '--run', run, '--apply', '--json'];
    const refused = await here(...words);
    expect(refused.code).toBe(3);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      code: 'RUN_STILL_NEEDED',
      message: expect.stringContaining('The server name "imap.example.org:993" is not a name'),
    });
    change(bad, good);
    const done = await json(here(...words));
    expect(done).toMatchObject({ purged: run, deleted: [run], runs: [] });
    expect(done.goes).toEqual([
      {
        run,
        path: path.join(root, '.mailmend', 'host-malformed-port', run, 'before', '0'),
        bytes: expect.any(Number),
        what: `${prefs()} as it was before`,
        messages: 0,
      },
    ]);
  });

  it('is not deleted while the checks cannot look', async () => {
    const run = await repaired();
    writeFileSync(prefs(), `${text()}user_pref("cut`);
    const refused = await json(here('undo', profile, '--purge', '--run', run, '--apply', '--json'));
    expect(refused).toMatchObject({
      code: 'RUN_STILL_NEEDED',
      message: expect.stringContaining('cannot be told'),
    });
  });

  it('with --all goes as far as it is no longer needed; nothing goes without a yes', async () => {
    const first = await repaired();
    await here('undo', profile, '--apply');
    const second = await repaired();
    change(good, bad);
    const before = treeListing(root);
    const plan = await json(here('undo', profile, '--purge', '--all', '--json'));
    expect(plan).toMatchObject({ toDelete: [first], deleted: [], needed: [{ run: second }] });
    expect(treeListing(root)).toEqual(before);
    const done = await json(here('undo', profile, '--purge', '--all', '--apply', '--json'));
    expect(done).toMatchObject({ deleted: [first], runs: [{ id: second }] });
    const none = await here('undo', profile, '--purge', '--all', '--apply');
    expect([none.code, none.stdout]).toEqual([0, expect.stringContaining('there is nothing to delete')]);
  });

  it('says that there is mail in it', async () => {
    const store = path.join(profile, 'Mail', 'old');
    writeFileSync(store, 'From - Mon\nSubject: a\n\nhello\n\nFrom - Tue\n\nbye\n');
    const selected = selectedAt(world, profile, [root]);
    const { makePlan } = await import('../../src/repair/plan.ts');
    const operations = [{ op: 'move-aside' as const, path: store, why: 'why' }];
    const plan = makePlan(world.fs, { profile, folders: [profile], operations, now: world.now() });
    const { signal } = new AbortController();
    const { run } = await library.applyPlan(world, plan, { signal, runs: null });
    expect(library.previewPurgeRun(world, selected, { runs: null, run }).goes).toMatchObject([
      { what: `moved aside from ${store}`, messages: 2 },
    ]);
    const shown = await here('undo', profile, '--purge', '--run', String(run));
    expect(shown.stdout).toContain(
      'There is mail among it. It will be gone from this computer for good:\n  2 messages:',
    );
  });

  it('is not deleted while another mailmend, or the program, works', async () => {
    const run = await repaired();
    const held = systemLocks()?.take(path.join(profile, '.parentlock'));
    const refused = await here('undo', profile, '--purge', '--run', run, '--apply', '--json');
    held?.release();
    expect([refused.code, JSON.parse(refused.stdout).code]).toEqual([3, 'PROFILE_IN_USE']);
  });
});

describe('the place where runs are kept', () => {
  it('is never a synced folder: the same command with a folder of this computer is offered, and works', async () => {
    mkdirSync(path.join(root, '.stfolder'));
    const before = treeListing(root);
    const refused = await here('repair', profile, '--apply', '--json');
    expect(refused.code).toBe(3);
    const error = JSON.parse(refused.stdout);
    expect(error).toMatchObject({ code: 'RUNS_PLACE_UNSAFE', message: expect.stringContaining('Syncthing') });
    expect(treeListing(root)).toEqual(before);
    const command = error.next[0].command;
    expect(command).toContain(path.join(world.home, 'mailmend-runs'));
    expect((await mailmend(...wordsOf(command))).code).toBe(0);
    expect(text()).toContain(good);
    const listed = await here('undo', profile);
    expect(listed.stdout).toContain(`its runs are in\n${path.join(world.home, 'mailmend-runs')}.`);
    const undo = listed.stdout.split('\n').find((line) => line.startsWith('  mailmend undo')) ?? '';
    expect((await mailmend(...wordsOf(undo.trim()), '--apply')).code).toBe(0);
    expect(treeListing(root)).toEqual(before);
  });

  it.each<[string, () => string, number]>([
    ['in the profile', () => path.join(profile, 'Mail'), 2],
    ['in the root of a profile', () => path.join(root, 'keep'), 2],
    ['a file', () => prefs(), 3],
    ['nowhere', () => path.join(sandbox, 'none', 'none'), 3],
    ['in a synced folder', () => path.join(world.home, 'Dropbox', 'keep'), 3],
  ])('is refused %s, in words, and nothing is changed', async (_where, folder, exit) => {
    mkdirSync(path.join(world.home, 'Dropbox'));
    const before = treeListing(sandbox);
    const { code, stderr } = await here('repair', profile, '--apply', '--runs', folder());
    expect([code, oneLine(stderr)]).toEqual([exit, expect.stringContaining('Nothing was changed.')]);
    expect(treeListing(sandbox)).toEqual(before);
  });

  it('is refused where it is not the user’s own, or closed; root may use that of the owner', async () => {
    const keep = path.join(sandbox, 'keep');
    mkdirSync(keep);
    chownSync(keep, 4242, 4242);
    expect((await here('repair', profile, '--apply', '--runs', keep)).stderr).toContain(
      'belongs to another user',
    );
    chownSync(profile, 4242, 4242);
    world = { ...world, uid: 4242 };
    const closed = path.join(sandbox, 'closed');
    mkdirSync(closed);
    chownSync(closed, 4242, 4242);
    chmodSync(closed, 0o500);
    expect((await here('repair', profile, '--apply', '--runs', closed)).stderr).toContain(
      'may not be written to',
    );
    mkdirSync(path.join(root, '.mailmend'));
    const sudo = await here('repair', profile, '--apply');
    expect(sudo.stderr).toContain('belongs to root (perhaps after a call with sudo)');
    expect(sudo.stderr).toContain("  sudo chown -R 4242 '");
    world = { ...world, uid: 0 };
    expect((await here('repair', profile, '--apply', '--runs', keep)).code).toBe(0);
  });

  it('that may not even be read stops no looking, and is told by what needs it', async () => {
    await repaired();
    const home = path.join(root, '.mailmend');
    const readFolder = (at: string) => {
      if (at.startsWith(home)) throw Object.assign(new Error('EACCES'), { code: 'EACCES', path: at });
      return testWorld(sandbox).fs.readFolder(at);
    };
    world = { ...world, uid: 4242, fs: { ...world.fs, readFolder } };
    expect((await here('check', profile)).code).toBe(0);
    const { code, stderr } = await here('undo', profile);
    expect([code, stderr]).toEqual([3, expect.stringContaining('belongs to root')]);
  });

  it('is for its owner alone, at every depth', async () => {
    const run = await repaired();
    const home = path.join(root, '.mailmend');
    for (const folder of [
      home,
      path.join(home, 'host-malformed-port'),
      path.join(home, 'host-malformed-port', run),
    ])
      expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('on another disk is told in the plan: what is then not kept', async () => {
    const stat = (at: string) => {
      const found = testWorld(sandbox).fs.stat(at);
      return found !== null && at.endsWith('stick') ? { ...found, device: found.device + 1n } : found;
    };
    world = { ...world, fs: { ...world.fs, stat } };
    const stick = path.join(sandbox, 'stick');
    mkdirSync(stick);
    const plan = await json(here('repair', profile, '--runs', stick, '--json'));
    expect(plan.notKept).toEqual([
      expect.stringMatching(/kept as a copy, since .*stick is on another disk.*inode/),
    ]);
    expect(oneLine((await here('repair', profile, '--runs', stick)).stdout)).toContain('is on another disk');
    expect((await json(here('repair', profile, '--json'))).notKept).toEqual([]);
  });

  it('is no place of profiles: one that lies there is not listed', async () => {
    await repaired();
    cpSync(profile, path.join(root, '.mailmend', 'kept.default'), { recursive: true });
    const { profiles } = await json(here('profiles', '--json'));
    expect(profiles.map((one: { path: string }) => one.path)).toEqual([profile]);
  });
});

describe('what both have changed', () => {
  const changedBoth = async (): Promise<string> => {
    const run = await repaired();
    change(good, '"imap.other.example"');
    return run;
  };

  it.each([
    ['keep', '"imap.other.example"'],
    ['take-back', bad],
  ])('is refused without a terminal, and the command it names does it: %s', async (how, left) => {
    await changedBoth();
    const commands = await nextOf(here('undo', profile, '--apply', '--json'));
    const command = commands.find((one) => one.includes(`--conflicts ${how}`)) ?? '';
    expect((await mailmend(...wordsOf(command))).code).toBe(0);
    expect(text()).toContain(left);
  });

  it('is asked for on a terminal, one by one: enter keeps', async () => {
    await changedBoth();
    const terminal = (answers: string[]) =>
      call(['undo', profile, '--no-color', '--root', root], {
        library: libraryIn(world),
        terminal: true,
        answers,
      });
    expect((await terminal(['back', 'no'])).stdout).toContain('Nothing was changed.');
    expect((await terminal(['\u0003'])).code).toBe(130);
    const { code, stderr } = await terminal(['', 'yes']);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /Before the repair +"imap\.example\.org:993"\n +Made by the repair +"imap\.example\.org"\n +Now +"imap\.other\.example"/,
    );
    expect(text()).toContain('"imap.other.example"');
  });

  it('is put back when that is the answer, after words that are none', async () => {
    await changedBoth();
    await call(['undo', profile, '--root', root], {
      library: libraryIn(world),
      terminal: true,
      answers: ['what', 'b', 'y'],
    });
    expect(text()).toContain(bad);
  });

  it('with a name that tells of a password shows no value', async () => {
    appendFileSync(prefs(), 'user_pref("mail.my.password", "old secret");\n');
    const { makePlan } = await import('../../src/repair/plan.ts');
    const changes = [{ name: 'mail.my.password', from: 'old secret', to: 'our secret' }];
    const operations = [{ op: 'edit-prefs' as const, path: prefs(), why: 'why', changes }];
    const plan = makePlan(world.fs, { profile, folders: [profile], operations, now: world.now() });
    await library.applyPlan(world, plan, { signal: new AbortController().signal, runs: null });
    change('our secret', 'their secret');
    for (const words of [[], ['--json'], ['--apply'], ['--apply', '--json']]) {
      const { stdout, stderr } = await here('undo', profile, ...words);
      expect(stdout + stderr).toContain('mail.my.password');
      expect(stdout + stderr).not.toContain('secret"');
      expect(stdout + stderr).not.toContain('our secret');
    }
  });

  it('is not decided by an answer to something else', async () => {
    const run = await changedBoth();
    const selected = selectedAt(world, profile, [root]);
    const { signal } = new AbortController();
    const seen: string[] = [];
    await library.undoRun(world, selected, {
      runs: null,
      run,
      signal,
      decide: ({ now }) => {
        seen.push(now);
        return 'keep';
      },
    });
    expect(seen).toEqual(['"imap.other.example"']);
  });
});

describe('an undo that gets a signal', () => {
  it('ends with 130; the words say what to do, and the command does it', async () => {
    await repaired();
    const before = text();
    const outcome = await call(['undo', profile, '--apply', '--json', '--root', root], {
      library: libraryIn(world),
      onInterruptible: (interrupt) => interrupt(),
    });
    expect([outcome.code, JSON.parse(outcome.stdout).code]).toEqual([130, 'INTERRUPTED']);
    expect(text()).toBe(before);
    expect((await here('undo', profile, '--apply')).code).toBe(0);
  });
});

describe('every next command', () => {
  const runs = (): string => path.join(sandbox, 'kept $HOME "here"');

  it('runs as it is printed, with the roots and the runs that were given', async () => {
    mkdirSync(runs());
    const given = ['--root', root, '--runs', runs()];
    const lines = (stdout: string): string[] =>
      stdout
        .split('\n')
        .filter((line) => /^ {2}mailmend /.test(line))
        .map((line) => line.trim());
    const follow = async (commands: string[]): Promise<void> => {
      expect(commands.length).toBeGreaterThan(0);
      for (const command of commands) {
        const words = wordsOf(command);
        expect(words.join('\0')).toContain(['--root', root].join('\0'));
        if (words[0] === 'undo' || words[0] === 'repair') expect(words).toContain(runs());
        const { code, stderr } = await mailmend(...words.filter((word) => word !== '--apply'), '--no-input');
        expect([command, code === 0 || code === 1, stderr]).toEqual([command, true, '']);
      }
    };
    const ask = async (...words: string[]): Promise<string[]> => {
      const { stdout, stderr } = await mailmend(...words, ...given);
      return lines(`${stdout}\n${stderr}`);
    };
    const [checked = ''] = lines((await mailmend('check', profile, '--root', root)).stdout);
    expect(wordsOf(checked)).toEqual(['repair', profile, '--root', root]);
    await follow(await ask('repair', profile));
    await follow(await ask('repair', profile, '--apply'));
    const first = path.basename((await json(mailmend('undo', profile, '--json', ...given))).runs[0].id);
    change(good, bad);
    await follow(await ask('repair', profile, '--apply'));
    await follow(await ask('undo', profile, '--list'));
    await follow(await ask('undo', profile, '--purge'));
    await follow(await ask('undo', profile, '--purge', '--all'));
    await follow((await ask('undo', profile, '--run', first)).slice(0, 1));
    await follow(await ask('undo', profile, '--run', 'none'));
    change(good, '"imap.other.example"');
    await follow(await ask('undo', profile));
    await follow(await ask('undo', profile, '--apply'));
    await follow(await ask('undo', profile, '--apply', '--conflicts', 'keep'));
  });

  it('leads to the runs of a profile that was moved alone', async () => {
    const run = await repaired();
    const alone = path.join(sandbox, 'alone');
    renameSync(profile, alone);
    const [command = ''] = (await here('undo', alone)).stdout
      .split('\n')
      .filter((line) => line.startsWith('  mailmend'));
    const done = await mailmend(...wordsOf(command.trim()), '--apply');
    expect([done.stderr, done.stdout]).toEqual(['', expect.stringContaining(`Run ${run} was taken back.`)]);
    expect(text(alone)).toContain(bad);
  });

  it('leads from a copy to the original', async () => {
    const run = await repaired();
    const copy = path.join(sandbox, 'copy');
    cpSync(root, copy, { recursive: true });
    const at = path.join(copy, 'host-malformed-port');
    const listed = await mailmend('undo', at, '--list');
    expect(listed.stdout.replace(/\s+/g, ' ')).toContain(`(it was made at ${profile})`);
    const [command = ''] = await nextOf(mailmend('undo', at, '--run', run, '--apply', '--json'));
    expect(text(at)).toContain(good);
    expect((await mailmend(...wordsOf(command), '--apply')).code).toBe(0);
    expect([text(), text(at)]).toEqual([expect.stringContaining(bad), expect.stringContaining(good)]);
  });
});
