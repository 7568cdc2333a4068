/**
 * What the kernel sees of a command that only reads (strace): below the profile's root nothing is opened for writing,
 * made, renamed, removed, or given another time, mode or owner. The whole program runs, built as it is shipped.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { type BuiltMailmend, buildMailmend } from './support/built-mailmend.ts';
import { findTool } from './support/machine.ts';
import { describeWhere } from './support/needs.ts';

/** Calls that change something by its path; those that only read (stat, access, readlink, getxattr) are not named. */
const changing =
  /^(rename|unlink|rmdir|mkdir|mknod|link|symlink|chmod|fchmod|chown|lchown|fchown|utime|futimes|truncate|ftruncate|fallocate|setxattr|lsetxattr|fsetxattr|removexattr|lremovexattr|fremovexattr|creat)/;
const opensForWriting = /O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)/;

describeWhere(['linux', 'strace'], 'under strace', () => {
  let folder = '';
  let root = '';
  let mailmend: BuiltMailmend;

  beforeAll(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-strace-')));
    ({ root } = layOutRoot(join(folder, 'root'), 'plain', 'prefs-damaged-cut'));
    mailmend = buildMailmend();
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
    mailmend.remove();
  });

  /** Lines `name(arguments) = result` of calls that name something below the root, by path or by descriptor. */
  function callsOf(words: string[]): { exit: number | null; calls: string[] } {
    const log = join(folder, 'strace.log');
    const { status } = spawnSync(
      findTool('strace') ?? 'strace',
      ['-f', '-y', '-s', '4096', '-e', 'trace=%file,%desc', '-o', log, process.execPath].concat(
        mailmend.main,
        words,
        '--root',
        root,
      ),
      { env: { ...process.env, HOME: folder }, stdio: 'ignore' },
    );
    const calls = readFileSync(log, 'utf8')
      .split('\n')
      .filter((line) => line.includes(root))
      .map((line) => line.replace(/^\d+ +(<\.\.\. )?/, ''));
    return { exit: status, calls };
  }

  const writing = (calls: string[]): string[] =>
    calls.filter(
      (call) =>
        changing.test(call) ||
        (/^open/.test(call) && opensForWriting.test(call)) ||
        // What is printed names paths, too: only what goes into a file of the root counts.
        (/^p?write/.test(call) && call.slice(0, call.indexOf('>')).includes(root)),
    );

  it.each([
    [['profiles'], 0],
    [['check', 'plain', '--json', '--verbose'], 0],
    [['inspect', 'plain'], 0],
    [['repair', 'prefs-damaged-cut'], 0],
    [['diagnostic-profile', 'plain', '--account', 'alice@example.org'], 0],
  ])('mailmend %s writes nothing', (words, code) => {
    const { exit, calls } = callsOf(words);
    expect(exit).toBe(code);
    expect(calls.filter((call) => /^openat.*prefs\.js/.test(call)).length).toBeGreaterThan(0);
    expect(writing(calls)).toEqual([]);
  });

  it('is seen to write with a yes', () => {
    const { exit, calls } = callsOf(['diagnostic-profile', 'plain', '--apply']);
    expect(exit).toBe(0);
    const names = new Set(writing(calls).map((call) => call.slice(0, call.indexOf('('))));
    expect([...names]).toEqual(expect.arrayContaining(['mkdir', 'openat', 'write', 'rename', 'chmod']));
  });
});
