/**
 * Commands that people paste: whatever the profile is called, the shell must read it as one word.
 */

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandLine, nextCommand } from '../../src/library/command-line.ts';

describe('a command line for Unix', () => {
  it('quotes only what needs it', () => {
    expect(commandLine(['mailmend', 'check', '/home/a/.thunderbird/x.default'], 'linux')).toBe(
      'mailmend check /home/a/.thunderbird/x.default',
    );
    expect(commandLine(['mailmend', 'check', 'my profile'], 'darwin')).toBe("mailmend check 'my profile'");
    expect(commandLine(['mailmend', ''], 'linux')).toBe("mailmend ''");
  });

  it('is read by a real shell as it was meant', () => {
    const words = [
      "it's",
      '$(rm -rf ~)',
      '`x`',
      'a"b',
      'a\nb',
      'a\tb\\',
      '~',
      '*',
      '!x',
      '日本',
      "'\u0001'",
      '-n',
      '\u007f',
    ];
    const line = commandLine(['printf', '%s\\0', ...words], 'linux');
    const { stdout } = spawnSync('bash', ['-c', line], { encoding: 'utf8' });
    expect(stdout.split('\0').slice(0, -1)).toEqual(words);
  });
});

describe('a command line for Windows', () => {
  it('uses double quotes, which both shells understand', () => {
    expect(commandLine(['mailmend', 'check', 'C:\\Users\\a b\\x.default'], 'win32')).toBe(
      'mailmend check "C:\\Users\\a b\\x.default"',
    );
    expect(commandLine(['mailmend', 'check', 'C:\\x.default'], 'win32')).toBe('mailmend check C:\\x.default');
    expect(commandLine(['a"b'], 'win32')).toBe('"ab"');
  });
});

describe('a next command', () => {
  const world = { platform: 'linux', given: { roots: ['/r'], runs: '/k' } } as const;
  const given = (...words: string[]): string =>
    nextCommand({ ...world, given: { roots: [...world.given.roots], runs: world.given.runs } }, ...words);

  it('of the list of profiles that writes carries where the profiles and the runs are', () => {
    for (const words of [
      ['use', 'x'],
      ['register', '/p'],
      ['relink', 'x', '/p'],
    ]) {
      const line = ['mailmend', 'profiles', ...words, '--root', '/r', '--runs', '/k'].join(' ');
      expect(given('profiles', ...words)).toBe(line);
    }
  });

  it('that only looks needs no place for runs', () => {
    expect(given('profiles')).toBe('mailmend profiles --root /r');
    expect(given('check', '/p')).toBe('mailmend check /p --root /r');
  });
});
