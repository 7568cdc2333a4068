/**
 * Reading never writes (design.md 6.1): after any command that writes nothing, and after any that shows a plan and gets
 * no yes, every file and folder of profile and root has the same bytes, mode, times of change, and name.
 */

import { mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { World } from '../src/library/world.ts';
import { call } from './cli/support/fake-io.ts';
import { libraryIn } from './cli/support/library-in.ts';
import { layOutRoot } from './support/root-of-fixtures.ts';
import { testWorld } from './support/test-world.ts';
import { treeListing } from './support/tree-hash.ts';

/** Healthy ones with all kinds of files, with a lock link and a user.js, with maildir, and broken ones. */
const fixtures = [
  'plain',
  'user-js',
  'maildir',
  'directories',
  'primary',
  'prefs-damaged-cut',
  'account-list-lost',
  'prefs-empty-with-copy',
];

let sandbox = '';
let world: World;
let root = '';
let before: string[] = [];

beforeAll(async () => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-read-only-')));
  world = testWorld(sandbox, [{ folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' }]);
  ({ root } = layOutRoot(join(sandbox, 'root'), ...fixtures));
  symlinkSync('127.0.0.1:+4711', join(root, 'plain/lock'));
  // There is a run to list, a plan to apply, and a diagnostic profile to take away.
  for (const prepared of [
    ['repair', profile('prefs-damaged-cut'), '--out', join(sandbox, 'plan.json')],
    ['repair', profile('account-list-lost'), '--apply'],
    ['diagnostic-profile', profile('plain'), '--apply'],
  ]) {
    const { code, stderr } = await mailmend(prepared);
    if (code !== 0) throw new Error(stderr);
  }
  before = treeListing(root, { ctime: true });
});

afterAll(() => {
  rmSync(sandbox, { recursive: true });
});

const profile = (name: string): string => join(root, name);

const mailmend = (given: string[], answers?: string[]) =>
  call([...given, '--root', root], {
    library: libraryIn(world),
    ...(answers === undefined ? {} : { terminal: true, answers }),
  });

const words = (line: string): string[] => line.split(' ');

describe('nothing is written by', () => {
  it.each([
    'PROFILE',
    'check PROFILE',
    'check PROFILE --json --verbose',
    'inspect PROFILE',
    'inspect PROFILE --sheet',
    'inspect PROFILE --json',
    'repair PROFILE',
    'repair PROFILE --json',
    'undo PROFILE --list',
  ])('mailmend %s', async (line) => {
    for (const name of fixtures) {
      const { code, stdout } = await mailmend(words(line.replace('PROFILE', profile(name))));
      expect([0, 1]).toContain(code);
      expect(stdout).not.toBe('');
    }
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it.each([
    'profiles',
    'profiles --json --verbose',
    'explain profile/prefs-damaged',
    'check plain --account alice@example.org --only settings',
    'check plain --redact',
    'undo account-list-lost',
    'undo account-list-lost --json',
    'diagnostic-profile user-js',
    'diagnostic-profile user-js --account lena@example.org --json',
    'diagnostic-profile plain --remove',
  ])('mailmend %s', async (line) => {
    const { code, stdout } = await mailmend(words(line));
    expect(code).toBe(0);
    expect(stdout).not.toBe('');
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it('mailmend apply PLAN, without a yes', async () => {
    const { code, stdout } = await mailmend(['apply', join(sandbox, 'plan.json')]);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing was changed');
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it.each([
    'repair prefs-damaged-cut',
    'undo account-list-lost',
    'diagnostic-profile user-js',
    'diagnostic-profile plain --remove',
  ])('mailmend %s, when a person answers no, or presses Ctrl-C', async (line) => {
    expect((await mailmend(words(line), ['no'])).code).toBe(0);
    expect((await mailmend(words(line), ['\u0003'])).code).toBe(130);
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });

  it.each([
    'check ROOT/nowhere',
    'check ROOT/profiles.ini',
    'repair plain --only no-such-check',
    'apply ROOT/profiles.ini',
    'undo plain --run nope',
    'repair plain --out ROOT/plain/plan.json',
    'diagnostic-profile plain --account nobody@example.org',
  ])('mailmend %s, which cannot be answered', async (line) => {
    expect((await mailmend(words(line.replace('ROOT', root)))).code).toBe(2);
    expect(treeListing(root, { ctime: true })).toEqual(before);
  });
});
