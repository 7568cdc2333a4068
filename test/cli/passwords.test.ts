/**
 * The `passwords` commands as they are typed: what they show, what they write, what undo gives back, how they refuse.
 */

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Library } from '../../src/cli/library.ts';
import * as library from '../../src/index.ts';
import { documentSchemas } from '../../src/library/documents/json-schemas.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { testWorld } from '../support/test-world.ts';
import { treeListing } from '../support/tree-hash.ts';
import { call } from './support/fake-io.ts';

const vectors = join(import.meta.dirname, '../../fixtures/vectors');
const password = 'hunter2 ünï';
let folder = '';
let plain = '';
let own: Library;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-passwords-'));
  plain = laidOut('plain');
  const world = testWorld(folder, [
    { folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' },
  ]);
  own = { ...library, systemWorld: () => world };
  writeFileSync(join(folder, 'primary'), `${password}\r\n`);
  writeFileSync(join(folder, 'phrase'), 'six invented words\n');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function laidOut(fixture: string): string {
  const into = join(folder, `fixture-${fixture}`);
  mkdirSync(into);
  return layOutFixture(fixture, into).profile;
}

/** Lines are wrapped where they may be. */
async function typed(...words: string[]) {
  const { stderr, ...rest } = await call(words, { library: own });
  return { ...rest, stderr: stderr.replace(/\s+/g, ' ') };
}

const primary = () => ['--primary-password-file', join(folder, 'primary')];
const phrase = () => ['--passphrase-file', join(folder, 'phrase')];

function vector(name: string): string {
  const at = join(folder, name);
  cpSync(join(vectors, name), at, { recursive: true });
  return at;
}

async function listed(profile: string, ...words: string[]) {
  const { stdout } = await typed('passwords', 'list', profile, '--json', ...words);
  return documentSchemas['passwords-list'].strict().parse(JSON.parse(stdout));
}

describe('passwords list', () => {
  it('tells who uses which login, and never a password', async () => {
    const { code, stdout } = await typed('passwords', plain);
    expect(code).toBe(0);
    expect(stdout).toContain('2 saved logins: nothing is wrong with them.');
    expect(stdout).toContain('imap://imap.example.org  alice@example.org');
    const { logins, store, complete } = await listed(plain);
    expect(store.state).toBe('readable');
    expect(complete).toBe(true);
    expect(logins.map(({ state, usedBy }) => [state, usedBy])).toEqual([
      ['used', ['smtp1']],
      ['used', ['server1']],
    ]);
  });

  it('tells what can be told without the primary password, and all with it', async () => {
    const profile = vector('d-pw-tb153');
    const locked = await listed(profile);
    expect(locked.store.state).toBe('needs-primary-password');
    expect(locked.complete).toBe(false);
    expect(locked.logins.every(({ username }) => username === null)).toBe(true);
    const { logins, store } = await listed(profile, ...primary());
    expect(store.state).toBe('readable');
    expect(logins[0]?.username).toBe('alice@example.org');
  });

  it('refuses a wrong primary password, and leaves one alone that is not needed', async () => {
    writeFileSync(join(folder, 'wrong'), 'not it');
    const wrong = await typed(
      'passwords',
      'list',
      vector('d-pw-tb153'),
      '--primary-password-file',
      join(folder, 'wrong'),
    );
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('This is not the primary password');
    const unneeded = await typed('passwords', 'list', plain, ...primary());
    expect(unneeded.code).toBe(0);
    expect(unneeded.stderr).toContain('not needed');
  });

  it('asks on a terminal, shows nothing that is typed, and lets it be tried again', async () => {
    const words = ['passwords', 'list', vector('d-pw-tb153')];
    const { code, stdout, stderr } = await call(words, {
      library: own,
      terminal: true,
      answers: ['wrong', password],
    });
    expect(code).toBe(0);
    expect(stderr).toContain('That is not it.');
    expect(stdout).toContain('alice@example.org');
    expect(stdout + stderr).not.toContain(password);
    const given = await call(words, { library: own, terminal: true, answers: ['a', 'b', 'c'] });
    expect(given.code).toBe(2);
  });

  it('knows a key store of another profile, and a damaged one', async () => {
    expect((await listed(vector('f-mismatch'))).store.state).toBe('wrong-key');
    expect((await listed(vector('g2-zero-key4'))).store.state).toBe('damaged');
    expect(
      (await listed(vector('f8-null-password'))).logins.filter(({ state }) => state === 'unreadable'),
    ).toHaveLength(1);
  });

  it('writes nothing', async () => {
    const before = treeListing(plain, { ctime: true });
    await listed(plain);
    expect(treeListing(plain, { ctime: true })).toEqual(before);
  });
});

describe('passwords backup and restore', () => {
  const backup = (profile: string, ...words: string[]) =>
    typed('passwords', 'backup', profile, '--to', join(folder, 'kept'), ...phrase(), ...words);

  it.each(['s1-signons-sqlite-pw', 's2-signons3-2e', 'e2-dbm-pw', 'd-pw-tb153'])(
    'carries the passwords of %s into a Thunderbird profile; undo is exact',
    async (name) => {
      const saved = await backup(vector(name), ...primary());
      expect(saved.code).toBe(0);
      if (process.platform !== 'win32') expect(statSync(join(folder, 'kept')).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, 'kept'), 'utf8')).not.toContain('alice');
      const before = treeListing(plain);
      const restored = await typed(
        'passwords',
        'restore',
        plain,
        '--from',
        join(folder, 'kept'),
        ...phrase(),
        '--apply',
        '--json',
      );
      const document = documentSchemas['passwords-restore'].parse(JSON.parse(restored.stdout));
      expect(document.applied).toBe(true);
      const { logins } = await listed(plain);
      expect(logins.length).toBe(2 + document.added.length);
      expect(logins.filter(({ state }) => state === 'unreadable')).toEqual([]);
      const again = await typed(
        'passwords',
        'restore',
        plain,
        '--from',
        join(folder, 'kept'),
        ...phrase(),
        '--apply',
      );
      expect(again.stdout).toContain('Everything in this backup is in the profile already.');
      await typed('undo', plain, '--apply');
      expect(treeListing(plain)).toEqual(before);
    },
  );

  it('makes a key store where there is none, with the primary password that is given', async () => {
    await backup(vector('c-nopw-tb153'));
    for (const file of ['key4.db', 'logins.json', 'encrypted-openpgp-passphrase.txt'])
      rmSync(join(plain, file));
    const words = ['passwords', 'restore', plain, '--from', join(folder, 'kept'), ...phrase()];
    expect((await typed(...words, ...primary(), '--apply')).code).toBe(0);
    expect((await listed(plain)).store.state).toBe('needs-primary-password');
    const { logins } = await listed(plain, ...primary());
    expect(logins.length).toBe(10);
    expect(logins.every(({ username }) => username !== null)).toBe(true);
  });

  it('never replaces a newer login, and says so', async () => {
    await backup(plain);
    const list = join(plain, 'logins.json');
    const changed = JSON.parse(readFileSync(list, 'utf8'));
    for (const row of changed.logins) row.timePasswordChanged += 1000;
    writeFileSync(list, JSON.stringify(changed));
    const { stdout } = await typed(
      'passwords',
      'restore',
      plain,
      '--from',
      join(folder, 'kept'),
      ...phrase(),
    );
    expect(stdout).toContain('Nothing was changed');
    expect(stdout).toMatch(/The same is saved already|newer one, which stays/);
  });

  it('refuses a wrong pass phrase, a file that is none, and a place that is taken', async () => {
    await backup(plain);
    writeFileSync(join(folder, 'other'), 'other words');
    const restore = (from: string, file: string) =>
      typed(
        'passwords',
        'restore',
        plain,
        '--from',
        join(folder, from),
        '--passphrase-file',
        join(folder, file),
      );
    expect(await restore('kept', 'other')).toMatchObject({ code: 2 });
    expect((await restore('phrase', 'phrase')).stderr).toContain('is no backup of passwords');
    expect((await restore('nowhere', 'phrase')).code).toBe(2);
    expect(await backup(plain)).toMatchObject({ code: 3 });
    expect((await typed('passwords', 'backup', plain, '--to', join(plain, 'x'), ...phrase())).code).toBe(2);
    expect((await typed('passwords', 'backup', plain, '--to', join(folder, 'x'))).code).toBe(2);
    expect((await typed('passwords', 'backup', plain)).code).toBe(2);
    expect((await typed('passwords', 'restore', plain)).code).toBe(2);
  });

  it('needs the primary password for what is locked', async () => {
    const { code, stderr } = await backup(vector('d-pw-tb153'));
    expect(code).toBe(2);
    expect(stderr).toContain('locked with a primary password');
    expect(existsSync(join(folder, 'kept'))).toBe(false);
  });

  it('takes a pass phrase on a terminal, twice the same', async () => {
    const words = ['passwords', 'backup', plain, '--to', join(folder, 'kept')];
    const { code, stderr, stdout } = await call(words, {
      library: own,
      terminal: true,
      answers: ['one phrase', 'another', 'one phrase', 'one phrase'],
    });
    expect(code).toBe(0);
    expect(stderr).toContain('The two are not the same.');
    expect(stdout + stderr).not.toContain('one phrase');
  });
});

describe('passwords remove', () => {
  it('takes the old ones out, says what will be asked for, and undo is exact', async () => {
    await typed('passwords', 'backup', vector('e-dbm-nopw'), '--to', join(folder, 'kept'), ...phrase());
    await typed('passwords', 'restore', plain, '--from', join(folder, 'kept'), ...phrase(), '--apply');
    const before = treeListing(plain);
    const shown = await typed('passwords', 'remove', plain);
    expect(shown.stdout).toContain('mailbox://pop.example.net  bob');
    expect(shown.stdout).not.toContain('imap://imap.example.org');
    expect(treeListing(plain)).toEqual(before);
    expect((await typed('passwords', 'remove', plain, '--apply')).code).toBe(0);
    expect((await listed(plain)).logins.filter(({ state }) => state === 'orphaned')).toEqual([]);
    expect((await typed('passwords', 'remove', plain)).stdout).toContain(
      'There is no saved login to take out.',
    );
    await typed('undo', plain, '--apply');
    expect(treeListing(plain)).toEqual(before);
  });

  it('takes those of one account, or all', async () => {
    const { stdout } = await typed('passwords', 'remove', plain, '--account', 'alice@example.org', '--json');
    const document = documentSchemas['passwords-remove'].parse(JSON.parse(stdout));
    expect(document.removes.map(({ origin }) => origin)).toEqual([
      'smtp://smtp.example.org',
      'imap://imap.example.org',
    ]);
    expect(document.needs).toEqual([
      'The password of alice@example.org for smtp.example.org (for sending).',
      'The password of alice@example.org for imap.example.org (for fetching).',
    ]);
    expect((await typed('passwords', 'remove', plain, '--account', 'nobody@example.org')).code).toBe(2);
    expect((await typed('passwords', 'remove', plain, '--all', '--account', 'alice@example.org')).code).toBe(
      2,
    );
    expect((await typed('passwords', 'remove', plain, '--all', '--apply')).code).toBe(0);
    expect((await listed(plain)).logins).toEqual([]);
  });

  it('leaves the list of an older program alone', async () => {
    const { code, stderr } = await typed('passwords', 'remove', vector('s2-signons3-2e'), '--all');
    expect(code).toBe(2);
    expect(stderr).toContain('the list of an older program');
  });
});

describe('passwords export', () => {
  it('writes what Firefox writes, for its owner alone', async () => {
    const to = join(folder, 'out.csv');
    expect((await typed('passwords', 'export', vector('c-nopw-tb153'), '--to', to)).code).toBe(0);
    const [head, first] = readFileSync(to, 'utf8').split('\r\n');
    expect(head).toBe(
      '"url","username","password","httpRealm","formActionOrigin","guid","timeCreated","timeLastUsed","timePasswordChanged"',
    );
    expect(first).toMatch(
      /^"imap:\/\/imap\.example\.org","alice@example\.org","correct horse battery staple","imap:\/\/imap\.example\.org",,"\{/,
    );
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
    expect((await typed('passwords', 'export', plain, '--to', to)).code).toBe(3);
    expect((await typed('passwords', 'export', plain)).code).toBe(2);
  });

  it('counts what cannot be read, and is done also with no row', async () => {
    const { code, stdout } = await typed(
      'passwords',
      'export',
      vector('f-mismatch'),
      '--to',
      join(folder, 'x.csv'),
      '--json',
    );
    expect(code).toBe(0);
    expect(documentSchemas['passwords-export'].parse(JSON.parse(stdout))).toMatchObject({
      logins: 0,
      unreadable: 10,
    });
  });
});

describe('--unlock', () => {
  it('is passed on to the next command, and brings the key back', async () => {
    const profile = laidOut('key-of-other-profile');
    expect((await typed('check', profile)).stdout).not.toContain('another key');
    const { code, stdout } = await typed('check', profile, '--unlock');
    expect(code).toBe(1);
    expect(stdout).toMatch(/mailmend repair .* --only \w+ --unlock/);
    expect((await typed('repair', profile, '--unlock', '--only', 'passwords', '--apply')).code).toBe(0);
    expect((await listed(profile)).logins.map(({ state }) => state)).toEqual(['used', 'used']);
  });
});
