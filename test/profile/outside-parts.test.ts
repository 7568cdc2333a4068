/**
 * What belongs to a profile and lies elsewhere: mail folders, signatures, calendars that its settings name.
 */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { outsideParts } from '../../src/profile/outside-parts.ts';
import { readProfile } from '../../src/profile/read-profile.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';

let root = '';
let profile = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(path.join(tmpdir(), 'mailmend-outside-')));
  profile = path.join(root, 'p.default');
  mkdirSync(path.join(profile, 'Mail/pop.example.org'), { recursive: true });
  mkdirSync(path.join(root, 'data/mail'), { recursive: true });
  writeFileSync(path.join(root, 'sig.txt'), 'Alice');
});
afterEach(() => rmSync(root, { recursive: true }));

function parts(prefs: Record<string, string | boolean>): [string, string, boolean][] {
  const all = {
    'mail.accountmanager.accounts': 'account1',
    'mail.account.account1.server': 'server1',
    'mail.account.account1.identities': 'id1',
    'mail.identity.id1.useremail': 'a@example.org',
    'mail.server.server1.type': 'pop3',
    'mail.server.server1.hostname': 'pop.example.org',
    'mail.server.server1.userName': 'a',
    'mail.server.server1.directory-rel': '[ProfD]Mail/pop.example.org',
    ...prefs,
  };
  const text = Object.entries(all).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(path.join(profile, 'prefs.js'), text.join(''));
  const fs = createFileSystem();
  const read = readProfile(fs, { path: profile, name: null, program: 'thunderbird', home: root });
  return outsideParts(fs, read, root).map(({ path: at, why, exists }) => [
    path.relative(root, at),
    why,
    exists,
  ]);
}

it('is nothing where all lies in the profile', () => {
  expect(parts({})).toEqual([]);
});

it('is a mail folder elsewhere, also by a link, also one that is not there now', () => {
  const mail = path.join(root, 'data/mail');
  expect(parts({ 'mail.server.server1.directory-rel': '[ProfD]../data/mail' })).toEqual([
    ['data/mail', 'the mail of server1', true],
  ]);
  symlinkSync(mail, path.join(profile, 'Mail/away'));
  expect(parts({ 'mail.server.server1.directory-rel': '[ProfD]Mail/away' })).toEqual([
    ['data/mail', 'the mail of server1', true],
  ]);
  const gone = path.join(root, 'unplugged/mail');
  expect(parts({ 'mail.server.server1.directory-rel': '', 'mail.server.server1.directory': gone })).toEqual([
    ['unplugged/mail', 'the mail of server1', false],
  ]);
});

it('is a signature that is in use, and a calendar in a file', () => {
  const signature = { 'mail.identity.id1.sig_file-rel': '[ProfD]../sig.txt' };
  expect(parts(signature)).toEqual([]);
  expect(parts({ ...signature, 'mail.identity.id1.attach_signature': true })).toEqual([
    ['sig.txt', 'the signature of id1', true],
  ]);
  expect(
    parts({
      'mail.identity.id1.sig_file': path.join(root, 'sig.txt'),
      'mail.identity.id1.attach_signature': true,
    }),
  ).toEqual([['sig.txt', 'the signature of id1', true]]);
  expect(parts({ 'mail.identity.id1.attach_signature': true })).toEqual([]);
  const calendar = (uri: string) => ({
    'calendar.registry.c1.type': 'ics',
    'calendar.registry.c1.uri': uri,
    'calendar.registry.c1.name': 'x',
  });
  expect(parts(calendar(`file://${root}/home.ics`))).toEqual([['home.ics', 'the calendar c1', false]]);
  expect(parts(calendar('https://example.org/x.ics'))).toEqual([]);
  expect(parts(calendar('file://else/x.ics'))).toEqual([]);
});
