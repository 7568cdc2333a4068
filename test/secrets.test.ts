/**
 * The canary: 200 secrets, each the only one of its kind, go into profiles, and none comes out: not on standard output or
 * error, in no document, plan, journal or kept file, and in no temporary file. Only `passwords export` may write them.
 */

import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Library } from '../src/cli/library.ts';
import { newKey4File } from '../src/formats/nss/key4-file.ts';
import { newKeyStore } from '../src/formats/nss/key4-write.ts';
import { encryptSdr } from '../src/formats/nss/sdr-encrypt.ts';
import { Secret } from '../src/formats/secret.ts';
import { sqliteEngine } from '../src/formats/sqlite.ts';
import * as library from '../src/index.ts';
import { call } from './cli/support/fake-io.ts';
import { layOutFixture } from './support/lay-out-fixture.ts';
import { testWorld } from './support/test-world.ts';

/** Letters and signs that JSON, HTML and shells write in ways of their own. */
const canary = (i: number): string => `Canary-${i}-${randomBytes(9).toString('base64url')}-"ü&<`;
const secrets = Array.from({ length: 200 }, (_, i) => canary(i));
const [primaryPassword = '', passPhrase = '', wrongPassword = '', ...passwords] = secrets;

let folder = '';
const printed: string[] = [];
let own: Library;

beforeAll(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-canary-'));
  mkdirSync(join(folder, 'tmp'));
  vi.stubEnv('TMPDIR', join(folder, 'tmp'));
  const world = testWorld(folder, []);
  own = { ...library, systemWorld: () => world };
  writeFileSync(join(folder, 'primary'), primaryPassword);
  writeFileSync(join(folder, 'phrase'), passPhrase);
  writeFileSync(join(folder, 'wrong'), wrongPassword);
  await profileWith('open', '', passwords.slice(0, 98));
  await profileWith('locked', primaryPassword, passwords.slice(98));
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** A profile of the ordinary kind whose logins are these, half of them tokens. */
async function profileWith(name: string, password: string, own: readonly string[]): Promise<void> {
  mkdirSync(join(folder, name));
  const { profile } = layOutFixture('plain', join(folder, name));
  const store = {
    password: Secret.fromText(password),
    keys: [{ cipher: 'aes256' as const }],
    saltLength: 48 as const,
  };
  const { rows, keys } = await newKeyStore(store, randomBytes);
  const engine = sqliteEngine();
  const [key] = keys;
  if (engine === null || key === undefined) throw new Error('no database here');
  writeFileSync(join(profile, 'key4.db'), newKey4File(engine, rows));
  const encrypt = (text: string): string => encryptSdr(Secret.fromText(text), key, randomBytes);
  const logins = own.map((secret, i) => {
    const origin =
      i % 2 === 0 ? `imap://imap${i}.${name}.example.org` : `oauth://issuer${i}.${name}.example.org`;
    return {
      id: i + 1,
      hostname: origin,
      httpRealm: i % 2 === 0 ? origin : 'mail',
      formSubmitURL: null,
      usernameField: '',
      passwordField: '',
      encryptedUsername: encrypt(`user${i}@example.org`),
      encryptedPassword: encrypt(secret),
      guid: `{00000000-0000-4000-8000-${String(i).padStart(12, '0')}}`,
      encType: 1,
      timeCreated: 1,
      timeLastUsed: 1,
      timePasswordChanged: 1,
      timesUsed: 1,
    };
  });
  writeFileSync(join(profile, 'logins.json'), JSON.stringify({ nextId: own.length + 1, logins, version: 3 }));
}

async function type(...words: string[]): Promise<number> {
  const { code, stdout, stderr } = await call(words, { library: own });
  printed.push(stdout, stderr);
  return code;
}

/** As it stands in text of any kind. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
    bytes.toString('hex'),
    // The middle: what stands before it moves the letters of base64.
    ...[0, 1, 2].map((skip) => bytes.subarray(skip, skip + 12).toString('base64')),
    Buffer.from(secret, 'utf16le').toString('latin1'),
  ];
}

function filesIn(at: string): string[] {
  if (!existsSync(at)) return [];
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

it('keeps 200 secrets to itself', { timeout: 300_000 }, async () => {
  const open = join(folder, 'open/plain');
  const locked = join(folder, 'locked/plain');
  const password = ['--primary-password-file', join(folder, 'primary')];
  const phrase = ['--passphrase-file', join(folder, 'phrase')];
  const kept = (name: string): string => join(folder, `${name}.kept`);
  for (const [profile, ...more] of [
    [open],
    [locked],
    [locked, ...password],
    [locked, '--primary-password-file', join(folder, 'wrong')],
  ] as [string, ...string[]][]) {
    for (const form of [[], ['--json'], ['--verbose'], ['--redact'], ['--json', '--redact']]) {
      await type('passwords', 'list', profile, ...more, ...form);
      await type('passwords', 'remove', profile, ...more, ...form);
      await type('passwords', 'remove', profile, '--all', ...more, ...form);
      await type('check', profile, '--unlock', ...more, ...form);
      await type('repair', profile, '--unlock', '--only', 'passwords', ...more, ...form);
      await type('inspect', profile, ...form);
    }
  }
  expect(await type('passwords', 'backup', open, '--to', kept('open'), ...phrase)).toBe(0);
  expect(
    await type('passwords', 'backup', locked, '--to', kept('locked'), ...password, ...phrase, '--json'),
  ).toBe(0);
  await type('passwords', 'backup', locked, '--to', kept('none'), ...phrase);
  const restore = (profile: string, name: string, ...more: string[]) =>
    type('passwords', 'restore', profile, '--from', kept(name), ...more);
  expect(await restore(open, 'locked', ...phrase, '--apply', '--verbose')).toBe(0);
  expect(await restore(locked, 'open', ...phrase, ...password, '--apply', '--json')).toBe(0);
  await restore(open, 'locked', '--passphrase-file', join(folder, 'wrong'), '--verbose');
  expect(await type('passwords', 'remove', open, '--all', '--apply', '--json')).toBe(0);
  await type('undo', open, '--list');
  expect(await type('undo', open, '--apply', '--json')).toBe(0);
  await type('passwords', 'export', locked, '--to', join(folder, 'out.csv'), ...password);

  const exported = readFileSync(join(folder, 'out.csv'), 'utf8');
  expect(passwords.filter((secret) => exported.includes(secret.replaceAll('"', '""'))).length).toBe(197);

  const given = ['primary', 'phrase', 'wrong', 'out.csv'].map((name) => join(folder, name));
  const left = filesIn(folder);
  const texts = [
    ...printed.map((text, i) => [`printed ${i}`, text] as const),
    ...left
      .filter((file) => !given.includes(file))
      .map((file) => [file, readFileSync(file, 'latin1')] as const),
  ];
  expect(texts.length).toBeGreaterThan(150);
  const forms = secrets.flatMap((secret, i) =>
    formsOf(secret).flatMap(
      (form) =>
        [
          [i, form],
          [i, Buffer.from(form).toString('latin1')],
        ] as const,
    ),
  );
  const leaks = texts.flatMap(([where, text]) =>
    forms.filter(([, form]) => text.includes(form)).map(([i]) => `secret ${i} in ${where}`),
  );
  expect(leaks).toEqual([]);
  const shown = secrets.map((text) =>
    inspect({ error: new Error('x', { cause: Secret.fromText(text) }) }, { depth: 9, showHidden: true }),
  );
  expect(shown.filter((text, i) => formsOf(secrets[i] ?? '').some((form) => text.includes(form)))).toEqual(
    [],
  );
});

it('would notice one', () => {
  const [first = ''] = secrets;
  expect(formsOf(first).every((form) => `before ${form} behind`.includes(form))).toBe(true);
  expect(Buffer.from(`x${first}`).toString('base64')).toContain(
    Buffer.from(first).subarray(2, 14).toString('base64').slice(0, 12),
  );
});
