/** Logins of before Thunderbird 3 in the form in which the program of today looks them up (nss.md 7, formats.md 4.5). */

import { describe, expect, it } from 'vitest';
import { newsPairs } from '../../../src/formats/nss/news-pairs.ts';
import { convertOldLogin } from '../../../src/formats/nss/old-mail-logins.ts';

const converted = (origin: string, username = '', realm: string | null = null) =>
  convertOldLogin({ origin, realm, formSubmitUrl: null, username }).map((login) => [
    login.origin,
    login.realm,
    login.username,
  ]);

describe('an old mail login', () => {
  it.each([
    ['mailbox://user%40example.org@pop.example.org', 'mailbox://pop.example.org', 'user@example.org'],
    ['imap://alice@imap.example.org:143', 'imap://imap.example.org', 'alice'],
    ['pop3://bob@pop.example.org', 'mailbox://pop.example.org', 'bob'],
    ['smtp://carol@smtp.example.org:25', 'smtp://smtp.example.org', 'carol'],
    ['imap://100%@imap.example.org', 'imap://imap.example.org', '100%'],
  ])('%s has its user in the address', (origin, today, username) => {
    expect(converted(origin)).toEqual([[today, today, username]]);
  });

  it('keeps the user name that it has', () => {
    expect(converted('imap://alice@imap.example.org', 'alice@example.org')).toEqual([
      ['imap://imap.example.org', 'imap://imap.example.org', 'alice@example.org'],
    ]);
  });

  it('keeps the path of an address book in its realm, and a port of its own', () => {
    expect(converted('ldap://ldap.example.org/dc=example,dc=org??sub', 'cn=x')).toEqual([
      ['ldap://ldap.example.org', 'ldap://ldap.example.org/dc=example,dc=org??sub', 'cn=x'],
    ]);
    expect(converted('ldap://ldap.example.org:3389/dc=x', 'cn=x')).toEqual([
      ['ldap://ldap.example.org:3389', 'ldap://ldap.example.org:3389/dc=x', 'cn=x'],
    ]);
  });

  it('of today stays as it is, as does one of the web', () => {
    expect(converted('imap://host', 'u', 'imap://host')).toEqual([['imap://host', 'imap://host', 'u']]);
    expect(converted('https://web.example.org', 'u', 'Realm')).toEqual([
      ['https://web.example.org', 'Realm', 'u'],
    ]);
    expect(converted('oauth://accounts.google.com', 'u', 'mail')).toEqual([
      ['oauth://accounts.google.com', 'mail', 'u'],
    ]);
  });

  it('of a web server without a scheme gets the one of its port, or both', () => {
    expect(converted('host:443', 'u', 'r')).toEqual([['https://host', 'r', 'u']]);
    expect(converted('host:80', 'u', 'r')).toEqual([['http://host', 'r', 'u']]);
    expect(converted('host:8080', 'u', 'r').map(([origin]) => origin)).toEqual([
      'http://host:8080',
      'https://host:8080',
    ]);
  });
});

describe('two halves of a news login', () => {
  it('become one', () => {
    const rows = [
      { origin: 'news://news.example.org:119/#password', password: 'secret' },
      { origin: 'imap://host', password: 'other' },
      { origin: 'news://news.example.org:119/#username', password: 'bob' },
      { origin: 'news://alone.example.org/#username', password: 'x' },
    ];
    expect(newsPairs(rows)).toEqual([
      { origin: 'news://news.example.org:119', halves: [2, 0], username: 'bob', password: 'secret' },
    ]);
  });
});
