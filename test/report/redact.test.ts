/**
 * `--redact`: what is shown to others names nobody.
 */

import { describe, expect, it } from 'vitest';
import { checkDocument } from '../../src/library/documents/check.ts';
import { inspectDocument } from '../../src/library/documents/inspect.ts';
import { isPublicHost } from '../../src/report/public-hosts.ts';
import { createRedact } from '../../src/report/redact.ts';
import { brokenCheck, diagnostic, profileList, repairPlan, sheet } from './support/documents.ts';

const redact = createRedact(sheet, '/home/alice');
const names = /alice|bob|stone|example\.org|office|\bteam\b|\/home/i;

describe('a redacted document', () => {
  it('names nobody', () => {
    for (const document of [sheet, brokenCheck, repairPlan, diagnostic]) {
      const { addons: _publicNames, ...shown } = { addons: [], ...redact(document) };
      expect(JSON.stringify(shown)).not.toMatch(names);
    }
  });

  it('still fits its schema', () => {
    expect(inspectDocument.safeParse(redact(sheet)).success).toBe(true);
    expect(checkDocument.safeParse(redact(brokenCheck)).success).toBe(true);
  });

  it('keeps settings, numbers and the names of what mailmend speaks about', () => {
    const [account] = redact(sheet).accounts;
    expect(account?.incoming).toEqual({
      key: 'server1',
      type: 'imap',
      server: 'imap.domain-1.invalid',
      port: 993,
      username: 'account-1@domain-1.invalid',
      security: 'tls',
      authentication: 'password',
      replaces: null,
      directory: '~/.thunderbird/abcd1234.default-release/ImapMail/imap.domain-1.invalid',
      storage: 'mbox',
    });
    expect(account?.identities).toEqual([
      { key: 'id1', email: 'account-1@domain-1.invalid', name: 'person-1', outgoing: null },
    ]);
    expect(redact(brokenCheck).findings.map(({ check }) => check)).toEqual(
      brokenCheck.findings.map(({ check }) => check),
    );
  });

  it('gives one name the same pseudonym everywhere, in fields, sentences, addresses of folders and commands', () => {
    expect(redact('Mail of alice@example.org, and of ALICE@EXAMPLE.ORG.')).toBe(
      'Mail of account-1@domain-1.invalid, and of account-1@domain-1.invalid.',
    );
    expect(redact('imap://alice%40example.org@imap.example.org/INBOX')).toBe(
      'imap://account-1%40domain-1.invalid@imap.domain-1.invalid/INBOX',
    );
    expect(redact(`mailmend repair '/home/alice/x y'`)).toBe(`mailmend repair '~/x y'`);
    expect(redact('ImapMail/imap.example-1.org')).toBe('ImapMail/imap.domain-1.invalid');
    expect(redact('Alice Example wrote it on /media/alice/disk')).toMatch(
      /^person-1 wrote it on \/media\/[a-z0-9-]+\/disk$/,
    );
  });

  it('keeps folders that everybody has, and numbers the others', () => {
    expect(redact(sheet).folders.map(({ path }) => path)).toEqual(['INBOX', 'folder-1/folder-2']);
  });

  it('hides the paths of calendars and directories, which can hold names and tokens', () => {
    expect(redact(sheet).calendars.map(({ uri }) => uri)).toEqual([
      'moz-storage-calendar://',
      'https://dav.domain-1.invalid/...',
    ]);
    expect(redact(sheet).directories[0]?.uri).toBe('ldaps://ldap.domain-1.invalid:636/...');
  });

  it('learns names from the document alone where there is no sheet', () => {
    const alone = createRedact(null, '/home/alice');
    expect(alone(profileList).profiles[0]?.addresses).toEqual([
      'account-1@domain-1.invalid',
      'account-2@gmail.com',
    ]);
    expect(alone({ note: 'user carol signs in', username: 'carol' })).toEqual({
      note: 'user user-1 signs in',
      username: 'user-1',
    });
  });

  it('does not mistake ordinary words and short names for people', () => {
    const one = createRedact(null, '/root');
    const document = {
      username: 'mail',
      note: 'mail.server.server1.type of the mail server',
      path: '/root/x',
      other: '/rooted',
    };
    expect(one(document)).toEqual({
      username: 'user-1',
      note: 'mail.server.server1.type of the mail server',
      path: '~/x',
      other: '/rooted',
    });
  });

  it('knows the home folder in the forms in which paths are written on Windows', () => {
    const windows = createRedact(null, 'C:\\Users\\Carol');
    expect(windows('C:\\Users\\Carol\\AppData')).toBe('~\\AppData');
    expect(windows('directory = "C:\\\\Users\\\\Carol\\\\x"')).toBe('directory = "~\\\\x"');
    expect(windows('C:\\Users\\Caroline')).toBe('C:\\Users\\Caroline');
  });

  it('leaves nothing readable of a domain of one person', () => {
    expect(createRedact(null, '/h')({ host: 'carol.smith.name' })).toEqual({ host: 'x.domain-1.invalid' });
    expect(createRedact(null, '/h')({ host: 'imap.smith.co.uk' })).toEqual({ host: 'imap.domain-1.invalid' });
  });
});

describe('public hosts', () => {
  it('are those of large providers and this computer itself', () => {
    const all = [
      'imap.gmail.com',
      'gmail.com',
      'outlook.office365.com',
      'imap.mail.yahoo.co.jp',
      'hotmail.fr',
      '127.0.0.1',
      'localhost',
    ];
    expect(all.filter((host) => !isPublicHost(host))).toEqual([]);
  });

  it('are not those that only sound like them', () => {
    const none = [
      'notgmail.com',
      'gmail.com.smith.org',
      'yahoo.smith.example',
      'live.smithfamily.org',
      '192.168.1.2',
    ];
    expect(none.filter(isPublicHost)).toEqual([]);
  });
});
