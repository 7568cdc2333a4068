/**
 * Commands that only look: what they print, where, and with which exit code (design.md 3).
 */

import { describe, expect, it } from 'vitest';
import { documentSchemas } from '../../src/library/documents/json-schemas.ts';
import { MailmendError } from '../../src/repair/error.ts';
import { brokenCheck, healthyCheck, profilePath } from '../report/support/documents.ts';
import { call } from './support/fake-io.ts';
import { fakeLibrary, undecided } from './support/fake-library.ts';

const healthy = fakeLibrary({ checkProfile: () => healthyCheck }).library;

describe('check', () => {
  it('answers 1 when something is wrong and 0 when nothing is', async () => {
    expect((await call(['check'], fakeLibrary())).code).toBe(1);
    expect((await call(['check'], { library: healthy })).code).toBe(0);
  });

  it('lets --fail-on decide from where on', async () => {
    const onlyWarning = { ...brokenCheck, counts: { error: 0, warning: 1, info: 3 } };
    const { library } = fakeLibrary({ checkProfile: () => onlyWarning });
    expect((await call(['check'], { library })).code).toBe(0);
    expect((await call(['check', '--fail-on', 'warning'], { library })).code).toBe(1);
    expect((await call(['check', '--fail-on=never'], fakeLibrary())).code).toBe(0);
  });

  it('prints the report on standard output and nothing on standard error', async () => {
    const { stdout, stderr } = await call(['check'], fakeLibrary());
    expect(stdout).toMatch(/^Nothing was changed: mailmend has only looked\.\n/);
    expect(stderr).toBe('');
  });

  it('hands on what is asked for: commas and repetition, one account', async () => {
    const fake = fakeLibrary();
    await call(
      ['check', 'work', '--only', 'settings, passwords', '--only', 'a1b2', '--account', 'alice@example.org'],
      fake,
    );
    expect(fake.calls).toContainEqual(['selectProfile', 'work', []]);
    expect(fake.calls).toContainEqual([
      'checkProfile',
      { only: ['settings', 'passwords', 'a1b2'], account: 'alice@example.org' },
    ]);
  });

  it('takes names of profiles that look like numbers or options', async () => {
    const fake = fakeLibrary();
    await call(['check', '007'], fake);
    await call(['check', '--', '--json'], fake);
    expect(fake.calls.filter(([name]) => name === 'selectProfile')).toEqual([
      ['selectProfile', '007', []],
      ['selectProfile', '--json', []],
    ]);
  });
});

describe('--json', () => {
  it.each([
    ['check', ['check']],
    ['check', []],
    ['inspect', ['inspect']],
    ['inspect', ['inspect', '--sheet']],
    ['profiles', ['profiles']],
    ['explain', ['explain', 'x']],
    ['repair', ['repair']],
    ['undo', ['undo', '--list']],
    ['diagnostic-profile', ['diagnostic-profile']],
  ] as const)('is one document that fits its schema: %s', async (name, words) => {
    const { stdout, stderr } = await call([...words, '--json'], fakeLibrary());
    expect(documentSchemas[name].safeParse(JSON.parse(stdout)).success).toBe(true);
    expect(stderr).toBe('');
  });

  it('is one document on failure as well, and the exit code stays', async () => {
    const next = [{ say: 'Look.', command: 'mailmend profiles' }];
    const { library } = fakeLibrary({
      selectProfile: () => {
        throw new MailmendError('NOT_A_PROFILE', 2, '/x is not a profile.', next);
      },
    });
    const { code, stdout, stderr } = await call(['check', '/x', '--json'], { library });
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      schema: 'mailmend/error@1',
      code: 'NOT_A_PROFILE',
      message: '/x is not a profile.',
      next,
    });
    expect(stderr).toBe('');
  });

  it('holds nothing that a terminal obeys', async () => {
    const { library } = fakeLibrary({
      checkProfile: () => ({
        ...brokenCheck,
        verdict: { ...brokenCheck.verdict, sentence: '\u009b2J\u202e\u001b' },
      }),
    });
    const { stdout } = await call(['check', '--json'], { library });
    expect(stdout).toContain('\\u009b2J\\u202e\\u001b');
    expect(JSON.parse(stdout).verdict.sentence).toBe('\u009b2J\u202e\u001b');
  });
});

describe('mailmend alone', () => {
  it('shows the short sheet, the check, and one next command', async () => {
    const { stdout, code } = await call([], fakeLibrary());
    expect(stdout).toMatch(/^2 accounts\n/);
    expect(stdout).toContain('✗ Error: The server name');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`  mailmend repair ${profilePath}`);
    expect(code).toBe(1);
  });

  it('takes a folder', async () => {
    const fake = fakeLibrary();
    await call(['/some/folder'], fake);
    expect(fake.calls[0]).toEqual(['selectProfile', '/some/folder', []]);
  });
});

describe('other names that people type', () => {
  it.each([
    ['doctor', 'checkProfile'],
    ['diagnose', 'checkProfile'],
    ['scan', 'checkProfile'],
    ['fix', 'planRepair'],
    ['list', 'listProfiles'],
    ['ls', 'listProfiles'],
    ['accounts', 'selectProfile'],
    ['revert', 'listRuns'],
    ['restore', 'listRuns'],
  ])('%s works', async (word, called) => {
    const fake = fakeLibrary();
    await call([word], fake);
    expect(fake.calls.map(([name]) => name)).toContain(called);
  });

  it('are not shown in the help', async () => {
    const { stdout, code } = await call(['--help'], fakeLibrary());
    expect(code).toBe(0);
    expect(stdout).toContain('mailmend check [profile]');
    expect(stdout).not.toMatch(/doctor|migrate|undefined/);
  });
});

describe('what is to be seen on a terminal', () => {
  it('has colours there, and none with NO_COLOR, --no-color, TERM=dumb or in a pipe', async () => {
    const colours = async (words: string[], terminal: boolean, env: Record<string, string>) =>
      (await call(['check', ...words], { ...fakeLibrary(), terminal, env })).stdout.includes('\u001b[');
    expect(await colours([], true, { TERM: 'xterm' })).toBe(true);
    expect(await colours([], true, { NO_COLOR: '1' })).toBe(false);
    expect(await colours(['--no-color'], true, {})).toBe(false);
    expect(await colours([], true, { TERM: 'dumb' })).toBe(false);
    expect(await colours([], false, {})).toBe(false);
  });

  it('is ASCII where the terminal cannot show more', async () => {
    const { stdout } = await call(['check'], { ...fakeLibrary(), terminal: true, env: { LANG: 'C' } });
    expect(stdout).toContain('x Error:');
  });
});

describe('--redact', () => {
  it('numbers names as the sheet of the profile does, also in commands and errors', async () => {
    const { stdout } = await call(['check', '--redact', '--root', '/home/alice/.thunderbird'], fakeLibrary());
    expect(stdout).not.toMatch(/alice|example\.org/);
    expect(stdout).toContain('imap.domain-1.invalid');
    const { library } = fakeLibrary({
      checkProfile: () => {
        throw new MailmendError('BAD_ARGUMENTS', 2, 'No account has the address alice@example.org.');
      },
    });
    const failed = await call(['check', '--redact'], { library });
    expect(failed.stderr).toBe('mailmend: No account has the address account-1@domain-1.invalid.\n');
  });
});

describe('several profiles', () => {
  it('are a numbered question on a terminal', async () => {
    const fake = fakeLibrary({ selectProfile: undecided });
    const { stderr, stdout, code } = await call(['inspect'], {
      ...fake,
      terminal: true,
      env: { NO_COLOR: '1' },
      answers: ['7', '2'],
    });
    expect(stderr).toContain('2   "second" of Thunderbird');
    expect(stderr).toContain('(this is the one that opens now)');
    expect(stderr.match(/Which one\? \(1 to 2\)/g)?.length).toBeGreaterThanOrEqual(2);
    expect(stdout).toContain('Account 1');
    expect(code).toBe(0);
  });

  it('are the same list and exit 2 without one', async () => {
    const fake = fakeLibrary({ selectProfile: undecided });
    const { stderr, stdout, code } = await call(['inspect'], fake);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('2   "second" of Thunderbird');
    expect(stderr).toContain(`For the one that opens now:\n  mailmend inspect ${profilePath}\n`);
  });

  it('are all named in the JSON answer', async () => {
    const fake = fakeLibrary({ selectProfile: undecided });
    const { stdout, stderr, code } = await call(['check', '--json'], { ...fake, terminal: true });
    expect(code).toBe(2);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout).next.map(({ command }: { command: string }) => command)).toEqual([
      `mailmend check ${profilePath}`,
      'mailmend check /home/alice/second',
    ]);
  });

  it('are not asked about with --no-input, and an end of the input is no answer', async () => {
    const asked = await call(['check', '--no-input'], {
      ...fakeLibrary({ selectProfile: undecided }),
      terminal: true,
      answers: ['1'],
    });
    expect(asked.code).toBe(2);
    expect(asked.stderr).not.toContain('Which one?');
    const ended = await call(['check'], { ...fakeLibrary({ selectProfile: undecided }), terminal: true });
    expect(ended.code).toBe(2);
  });
});

describe('a reader who leaves', () => {
  const failing = (code: string) => Object.assign(new Error(`write ${code}`), { code });

  it('is no error', async () => {
    const { code, stderr } = await call(['inspect'], { ...fakeLibrary(), stdoutFails: failing('EPIPE') });
    expect(code).toBe(0);
    expect(stderr).toBe('');
  });

  it('is something else than a full disk', async () => {
    const { code, stderr } = await call(['inspect'], { ...fakeLibrary(), stdoutFails: failing('ENOSPC') });
    expect(code).toBe(2);
    expect(stderr).toBe('mailmend: The result could not be written: write ENOSPC\n');
  });
});
