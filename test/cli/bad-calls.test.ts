/**
 * Calls that cannot be answered: one plain line, exit 2, and the word that was perhaps meant. Never a trace.
 */

import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../src/cli/did-you-mean.ts';
import { MailmendError } from '../../src/repair/error.ts';
import { call } from './support/fake-io.ts';
import { fakeLibrary } from './support/fake-library.ts';

const nothingThere = fakeLibrary({
  selectProfile: () => {
    throw new MailmendError('NO_SUCH_PATH', 2, 'There is nothing at that place.');
  },
}).library;

describe('a mistyped command', () => {
  it('is told what was perhaps meant, and nothing is run', async () => {
    const { code, stdout, stderr } = await call(['chekc'], { library: nothingThere });
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toBe(
      'mailmend: There is neither a command nor a profile named "chekc".\nPerhaps you meant:\n  mailmend check\n',
    );
  });

  it('with a profile behind it as well', async () => {
    const { code, stderr } = await call(['repiar', '/x'], fakeLibrary());
    expect(code).toBe(2);
    expect(stderr).toContain('Perhaps you meant:\n  mailmend repair\n');
  });

  it('is a profile that does not exist when it is like no command', async () => {
    const { code, stderr } = await call(['/no/where'], { library: nothingThere });
    expect(code).toBe(2);
    expect(stderr).toBe('mailmend: There is nothing at that place.\n');
  });
});

describe('a mistyped option', () => {
  it('is named, with the one that was perhaps meant', async () => {
    const { code, stderr } = await call(['check', '--jsn'], fakeLibrary());
    expect(code).toBe(2);
    expect(stderr).toContain('There is no option --jsn. Perhaps you meant --json.');
  });

  it.each([
    [['check', '--fail-on', 'never-ever'], 'Invalid values'],
    [['check', '--only'], 'only'],
    [['check', '--account', 'a@b', '--account', 'c@d'], '--account is given more than once.'],
    [['check', '--account', ''], '--account has no value.'],
    [['apply'], 'Something is missing behind the command.'],
    [['explain'], 'Say what is to be explained'],
    [['diagnostic-profile', '--as', 'pop3', '--account', 'a@b'], 'Invalid values'],
    [['diagnostic-profile', '--as', 'imap'], 'name it with --account'],
    [['diagnostic-profile', '--remove', '--account', 'a@b'], '--remove goes without'],
    [['undo', '--purge'], 'Say which run'],
    [['undo', '--run', 'nope'], 'There is no run nope in this profile.'],
    [['undo', '--run', '20261101-080000-cd34'], 'cannot be taken back: it already was.'],
  ])('%j is one plain answer', async (words, said) => {
    const { code, stdout, stderr } = await call(words, fakeLibrary());
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/^mailmend: /);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('is one JSON document with --json', async () => {
    const { code, stdout } = await call(['check', '--nope', '--json'], fakeLibrary());
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'mailmend/error@1', code: 'BAD_ARGUMENTS' });
  });
});

describe('what is not there yet', () => {
  it.each([
    ['migrate'],
    ['import'],
    ['folders'],
    ['rescue', 'Inbox', '--to', '/x'],
    ['recover'],
    ['probe'],
    ['lookup', 'a@b'],
    ['guide'],
    ['report'],
  ])('%s says so in one line', async (...words) => {
    const { code, stderr } = await call(words, fakeLibrary());
    expect(code).toBe(2);
    expect(stderr).toBe(`mailmend: "mailmend ${words[0]}" is not there yet.\n`);
  });
});

describe('a fault of mailmend itself', () => {
  const { library } = fakeLibrary({
    checkProfile: () => {
      throw new TypeError('x is not a\u001b[2J function', { cause: new Error('deep down') });
    },
  });

  it('is one line with the place to report it, and exit 70', async () => {
    const { code, stderr } = await call(['check'], { library });
    expect(code).toBe(70);
    expect(stderr.replace(/\s+/g, ' ')).toMatch(
      /^mailmend: This is a fault of mailmend itself \(TypeError: x is not a\\u\{1b\}\[2J function\)\. Please report it: \S+/,
    );
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it('has a trace only with --verbose', async () => {
    const { stderr } = await call(['check', '--verbose'], { library });
    expect(stderr).toMatch(/\n {4}at /);
    expect(stderr).toContain('caused by Error: deep down');
    expect(stderr).not.toContain('\u001b');
  });

  it('is a document with --json', async () => {
    const { code, stdout } = await call(['check', '--json'], { library });
    expect(code).toBe(70);
    expect(JSON.parse(stdout).code).toBe('BUG');
  });
});

describe('did you mean', () => {
  it('finds a word with letters added, left out, changed or swapped, and nothing far away', () => {
    const words = ['check', 'repair', 'undo'];
    expect(
      ['chekc', 'chek', 'checkk', 'shock', 'REPAIR', 'und'].map((typed) => didYouMean(typed, words)),
    ).toEqual(['check', 'check', 'check', 'check', 'repair', 'undo']);
    expect(didYouMean('work', words)).toBeNull();
    expect(didYouMean('', words)).toBeNull();
  });
});
