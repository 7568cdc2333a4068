/**
 * A profile is hostile input (design.md 6.11), and so is whatever is typed: one clear line and the exit code of design.md
 * 3, or a finding; never a crash, never a hang, never a control character on the terminal, and nothing touched.
 */

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative as relativePath } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { World } from '../../src/library/world.ts';
import { lockedAway } from '../support/locked-away.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';
import { call, type Outcome } from './support/fake-io.ts';
import { libraryIn } from './support/library-in.ts';

let folder = '';
let root = '';
let own = '';
let world: World;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-bad-input-')));
  world = testWorld(folder);
  root = layOutRoot(join(folder, 'root'), 'small', 'plain').root;
  own = join(root, 'small');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const mailmend = (...words: string[]): Promise<Outcome> =>
  call([...words, '--root', root], { library: libraryIn(world) });

/** Every command that reads a profile, and the list of all. */
const commands = [
  ['check'],
  ['check', '--json'],
  ['inspect'],
  ['inspect', '--sheet'],
  ['repair'],
  ['undo', '--list'],
  ['diagnostic-profile'],
];

/** What a terminal obeys or hides: everything but line feeds. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** None of the commands crashes, changes anything, or hands anything raw to the terminal. @returns `check`. */
async function survives(...given: string[]): Promise<Outcome> {
  const before = treeListing(folder, { ctime: true });
  const outcomes = new Map<string, Outcome>();
  for (const [name = '', ...options] of commands) {
    outcomes.set([name, ...options].join(' '), await mailmend(name, ...given, ...options));
  }
  outcomes.set('', await mailmend(...given));
  outcomes.set('profiles', await mailmend('profiles'));
  expect(treeListing(folder, { ctime: true })).toEqual(before);
  for (const [name, { code, stdout, stderr }] of outcomes) {
    expect([name, [0, 1, 2, 3].includes(code), stderr]).toEqual([name, true, stderr]);
    expect([name, raw.exec(stdout + stderr)]).toEqual([name, null]);
    expect(stderr).not.toMatch(/\n {4}at /);
  }
  expect(() => JSON.parse(outcomes.get('check --json')?.stdout ?? '')).not.toThrow();
  return outcomes.get('check') ?? { code: -1, stdout: '', stderr: '', listeners: 0 };
}

/** The message as one line, whatever the width of the terminal. */
const lineOf = ({ stderr }: Outcome): string => stderr.replace(/\n +/g, ' ');

function pipeAt(path: string): void {
  rmSync(path, { recursive: true, force: true });
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
}

const broken = (): string =>
  readFileSync(join(own, 'prefs.js'), 'utf8').replace('"imap.example.org"', '"imap.example.org:993"');

describe('what is no profile is told in one line, exit 2', () => {
  it.each([
    ['nothing', () => join(root, 'nowhere'), 'There is nothing at'],
    ['a file', () => join(root, 'profiles.ini'), 'is a file. A profile is a folder'],
    [
      'a folder without a profile',
      () => {
        mkdirSync(join(folder, 'empty'));
        return join(folder, 'empty');
      },
      'is not a mail profile, and holds none',
    ],
    [
      'a loop of links',
      () => {
        symlinkSync('loop', join(root, 'loop'));
        return join(root, 'loop');
      },
      'is a link that leads nowhere',
    ],
    [
      'a link to nothing',
      () => {
        symlinkSync('gone', join(root, 'dangling'));
        return join(root, 'dangling');
      },
      'is a link that leads nowhere',
    ],
    [
      'a folder that may not be read',
      () => {
        world = lockedAway(world, own);
        return own;
      },
      'cannot be read: you may not have the rights to it',
    ],
    [
      'a folder below one that may not be read',
      () => {
        world = lockedAway(world, own);
        return join(own, 'Mail');
      },
      'cannot be read: you may not have the rights to it',
    ],
    ['a name that nobody has', () => 'no-such-name', 'There is nothing at no-such-name'],
    ['a name with escapes', () => 'x\u001b[2J\u202e\n', 'There is nothing at x\\u{1b}[2J\\u{202e}\\u{a}'],
    ['a name that is far too long', () => 'x'.repeat(70_000), 'There is nothing at xxx'],
    [
      'a profile of the list whose folder is gone',
      () => {
        renameSync(own, join(folder, 'elsewhere'));
        return 'small';
      },
      'The folder of that profile is not there',
    ],
  ])('%s', async (_what, make, says) => {
    const outcome = await survives(make());
    expect(outcome.code).toBe(2);
    expect(outcome.stdout).toBe('');
    expect(lineOf(outcome)).toContain(says);
    expect(lineOf(outcome).split('\n')[0]).toMatch(/^mailmend: /);
  });
});

describe('settings that are no settings are told in one line, exit 2', () => {
  const prefs = (): string => join(own, 'prefs.js');

  it.each([
    ['200 MB of them', () => truncateSync(prefs(), 200 * 1024 * 1024), 'prefs.js is 200 MB'],
    [
      'a pipe, which would never end',
      () => pipeAt(prefs()),
      'prefs.js cannot be read: it is no ordinary file',
    ],
    [
      'a folder',
      () => {
        rmSync(prefs());
        mkdirSync(prefs());
      },
      'prefs.js cannot be read: it is a folder',
    ],
    [
      'a device, which would never end',
      () => {
        rmSync(prefs());
        symlinkSync('/dev/zero', prefs());
      },
      'prefs.js cannot be read: it is no ordinary file',
    ],
    [
      'a file that may not be read',
      () => {
        world = lockedAway(world, prefs());
      },
      'prefs.js cannot be read: the system does not let it be read (EACCES)',
    ],
    [
      'a pipe as user.js',
      () => pipeAt(join(own, 'user.js')),
      'user.js cannot be read: it is no ordinary file',
    ],
  ])('%s', async (_what, make, says) => {
    make();
    const outcome = await survives(own);
    expect(outcome.code).toBe(2);
    expect(lineOf(outcome)).toContain(says);
    expect(lineOf(outcome)).toContain('Nothing was changed.');
  });

  it('garbage is a finding: the mail is still there', async () => {
    writeFileSync(prefs(), Buffer.from(Array.from({ length: 50_000 }, (_, i) => (i * 7919 + 13) % 256)));
    const { code, stdout } = await survives(own);
    expect(code).toBe(1);
    expect(stdout).toContain('Do not start Thunderbird now');
  });
});

describe('a prefs.js that is a link', () => {
  it('is read like any other, as the program does', async () => {
    renameSync(join(own, 'prefs.js'), join(folder, 'my-prefs.js'));
    symlinkSync(join(folder, 'my-prefs.js'), join(own, 'prefs.js'));
    expect((await survives(own)).code).toBe(0);
    expect((await mailmend('profiles')).stdout).toContain('alice@example.org');
  });

  it.each(['outside of the profile', 'inside'])(
    'and leads %s is not repaired, and stays a link',
    async (where) => {
      const target = join(where === 'inside' ? own : folder, 'my-prefs.js');
      writeFileSync(target, broken());
      rmSync(join(own, 'prefs.js'));
      symlinkSync(target, join(own, 'prefs.js'));
      expect((await survives(own)).code).toBe(1);
      const outcome = await mailmend('repair', own, '--apply');
      expect(outcome.code).toBe(3);
      expect(lineOf(outcome)).toContain('prefs.js is a link: mailmend does not write through links.');
      expect(readlinkSync(join(own, 'prefs.js'))).toBe(target);
      expect(readFileSync(target, 'utf8')).toContain('imap.example.org:993');
    },
  );
});

describe('a list of profiles that cannot be trusted', () => {
  const list = (): string => join(root, 'profiles.ini');
  const entry = (index: number, path: string, relative: 0 | 1): string =>
    `[Profile${index}]\nName=n${index}\nIsRelative=${relative}\nPath=${path}\n`;

  it.each([
    ['/etc', 0],
    ['UP/etc', 1],
    ['.', 1],
  ] as const)('leads to %s, which is no profile', async (path, relative) => {
    writeFileSync(list(), entry(0, path.replace('UP', relativePath(root, '/')), relative));
    const outcome = await survives('n0');
    expect(outcome.code).toBe(2);
    expect(lineOf(outcome)).toContain('is not a mail profile');
  });

  it.each([
    ['profiles.ini', 1],
    ['/dev/zero', 0],
    ['', 1],
  ] as const)('leads to %j, which is no folder', async (path, relative) => {
    writeFileSync(list(), entry(0, path, relative));
    expect((await survives('n0')).code).toBe(2);
    expect((await survives(own)).code).not.toBe(70);
  });

  it('names places that are no profiles: they are not offered', async () => {
    writeFileSync(list(), entry(0, '/etc', 0) + entry(1, '.', 1) + entry(2, 'small', 1));
    const { code, stderr } = await mailmend('check');
    expect(code).toBe(2);
    expect(stderr).toContain('could be meant');
    expect(stderr).not.toContain('/etc');
  });

  it.each([
    [
      'of 2 MB',
      () => writeFileSync(list(), `;${'x'.repeat(2 * 1024 * 1024)}\n`),
      'larger than 1048576 bytes',
    ],
    ['that is a pipe', () => pipeAt(list()), 'it is not a file'],
    [
      'that is a folder',
      () => {
        rmSync(list());
        mkdirSync(list());
      },
      'it is not a file',
    ],
    [
      'that is a link to itself',
      () => {
        rmSync(list());
        symlinkSync('profiles.ini', list());
      },
      'it is a link that leads nowhere',
    ],
    [
      'that may not be read',
      () => {
        world = lockedAway(world, list());
      },
      'EACCES',
    ],
  ])('%s: the profile is looked at without it, and that is said', async (_what, make, says) => {
    make();
    const { code, stdout } = await survives(own);
    // With a list that cannot be read the program does not start; one that is only too large for mailmend it may read.
    expect(code).toBe(says.startsWith('larger') ? 0 : 1);
    expect(stdout).toContain(says.startsWith('larger') ? 'not everything could be' : 'cannot start properly');
    expect(stdout.replace(/\s+/g, ' ')).toContain(says);
    const refused = await mailmend('diagnostic-profile', own, '--apply');
    expect(refused.code).toBe(3);
    expect(lineOf(refused)).toContain(says);
    expect((await survives()).code).toBe(2);
  });

  it.each([
    // Nothing that is a list: it is lost.
    ['garbage', 1, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + 13) % 256))],
    [
      'one folder ten thousand times',
      0,
      Array.from({ length: 10_000 }, (_, i) => entry(i, 'small', 1)).join(''),
    ],
  ])('that holds %s', async (_what, code, content) => {
    writeFileSync(list(), content);
    expect((await survives(own)).code).toBe(code);
  });
});

describe('what cannot be looked at is said, and not called safe', () => {
  const incomplete = async (what: string): Promise<void> => {
    const { code, stdout } = await survives(own);
    expect(code).toBe(0);
    expect(stdout).toContain('Nothing is wrong in what could be looked at, but not everything could be.');
    expect(stdout).toContain('Not looked at');
    expect(stdout.replace(/\s+/g, ' ')).toContain(what);
    const document = JSON.parse((await mailmend('check', own, '--json')).stdout);
    expect(document.complete).toBe(false);
    expect(document.leftOut).not.toEqual([]);
  };

  it('a key store that may not be read', async () => {
    world = lockedAway(world, join(own, 'key4.db'));
    await incomplete('key4.db');
  });

  it('folders of mail that may not be read', async () => {
    world = lockedAway(world, join(own, 'Mail'), join(own, 'ImapMail'));
    await incomplete('not all of it could be listed');
  });

  it('folders of mail that are a loop of links, or a file', async () => {
    rmSync(join(own, 'Mail'), { recursive: true });
    symlinkSync('Mail', join(own, 'Mail'));
    await incomplete('Mail it is a link that leads to no folder');
    rmSync(join(own, 'Mail'));
    writeFileSync(join(own, 'Mail'), '');
    await incomplete('Mail it is no folder');
  });

  it('pipes in place of every file', async () => {
    for (const name of [
      'logins.json',
      'logins-backup.json',
      'key4.db',
      'cert9.db',
      'compatibility.ini',
      'times.json',
      'abook.sqlite',
      'extensions.json',
      'Invalidprefs.js',
      'prefs-1.js',
      'user-1.js',
      'mailmend-diagnostic.json',
      'Mail/Local Folders/Inbox',
      'ImapMail/imap.example.org/INBOX',
    ]) {
      pipeAt(join(own, name));
    }
    await incomplete('key4.db');
  });
});

describe('paths that no system has', () => {
  const set = (name: string, value: string): void =>
    appendFileSync(join(own, 'prefs.js'), `user_pref("mail.server.server1.${name}", "${value}");\n`);

  it.each([
    ['a name that is too long', 'directory-rel', `[ProfD]Mail/${'x'.repeat(5000)}`],
    ['a way out of the profile', 'directory-rel', `[ProfD]${'../'.repeat(200)}etc`],
    ['a device', 'directory-rel', '[ProfD]../../../../../../../../../../dev/zero'],
    ['a NUL', 'directory-rel', '[ProfD]Mail/a\\x00b'],
    ['a key that is none', 'directory-rel', '[Nothing]Mail/x'],
    ['a server name of 70,000 letters', 'hostname', 'y'.repeat(70_000)],
  ])('%s', async (_what, name, value) => {
    set(name, value);
    expect((await survives(own)).code).not.toBe(70);
  });

  it('links up the tree are not followed into a circle', async () => {
    symlinkSync('..', join(own, 'Mail/Local Folders/up.sbd'));
    symlinkSync('/', join(own, 'Mail/Local Folders/all.sbd'));
    symlinkSync(own, join(own, 'Mail/itself'));
    expect((await survives(own)).code).toBe(0);
  });
});

describe('names that a terminal would obey', () => {
  const hostile = '\u001b]0;title\u0007\u001b[2J\u009b31m\u202eevil';

  it('in settings', async () => {
    const name = (key: string, value: string): string => `user_pref("${key}", "${value}");\n`;
    appendFileSync(
      join(own, 'prefs.js'),
      [
        name('mail.identity.id1.fullName', hostile),
        name('mail.identity.id1.useremail', `${hostile}@example.org`),
        name('mail.server.server1.name', hostile),
        name('mail.server.server1.userName', `a${hostile}`),
        name('mail.server.server1.hostname', `${hostile}\\r\\nNothing is wrong.`),
        name('mail.smtpserver.smtp1.hostname', hostile),
        name('mail.smtpserver.smtp1.description', hostile),
        name('mail.accountmanager.accounts', `account1,account2,${hostile}`),
        name(`mail.server.${hostile}.type`, 'imap'),
        name('ldap_2.servers.x.description', hostile),
        name('ldap_2.servers.x.uri', `ldap://${hostile}`),
        name(`calendar.registry.${hostile}.name`, hostile),
        name(`calendar.registry.${hostile}.type`, hostile),
        name(`calendar.registry.${hostile}.uri`, hostile),
      ].join(''),
    );
    expect((await survives(own)).code).toBe(1);
    expect((await survives(own, '--verbose')).code).toBe(1);
    const { identities } = JSON.parse((await mailmend('inspect', own, '--json')).stdout).accounts[0] ?? {
      identities: [],
    };
    for (const { name: shown } of identities) expect(shown).toBe(hostile);
  });

  it('in the names of profiles and folders', async () => {
    const moved = join(root, `a${hostile}\nb`);
    renameSync(own, moved);
    mkdirSync(join(moved, 'Mail', `f${hostile}`));
    writeFileSync(join(moved, 'Mail', `f${hostile}`, `g${hostile}\nh`), 'From - x\nA: b\nB: c\n\nx\n');
    writeFileSync(
      join(root, 'profiles.ini'),
      `[Profile0]\nName=n${hostile}\nIsRelative=0\nPath=${join(root, `gone${hostile}`)}\n[Profile1]\nName=m${hostile}\nPath=y\n`,
    );
    expect((await survives(moved)).code).not.toBe(70);
    expect((await survives()).code).toBe(2);
    const { profiles } = JSON.parse((await mailmend('profiles', '--json')).stdout);
    expect(profiles.map(({ path }: { path: string }) => path)).toContain(moved);
  });
});
