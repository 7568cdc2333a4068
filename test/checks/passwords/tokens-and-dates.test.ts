import { describe, expect, it } from 'vitest';
import { loginBeforeCutOff } from '../../../src/checks/passwords/login-before-cut-off.ts';
import { loginBlocksWindow } from '../../../src/checks/passwords/login-blocks-window.ts';
import { loginListOdd } from '../../../src/checks/passwords/login-list-odd.ts';
import { loginsLeftBehind } from '../../../src/checks/passwords/logins-left-behind.ts';
import { openPgpLocked } from '../../../src/checks/passwords/openpgp-locked.ts';
import { savingForbidden } from '../../../src/checks/passwords/saving-forbidden.ts';
import { isoDay, tokenShadowed } from '../../../src/checks/passwords/token-shadowed.ts';
import { loginRow, loginsText } from '../../formats/support/login-rows.ts';
import { foundBy, gravity, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, PrefRecord[string] | null>;

const named = (id: number, origin: string, more: Record<string, unknown> = {}) =>
  loginRow(id, { hostname: origin, httpRealm: origin, ...more });
const withLogins = (rows: readonly unknown[], changes: Changes[] = [], files: ProfileOptions['files'] = {}) =>
  profileFromPrefs(healthyWith(...changes), { files: { 'logins.json': loginsText(rows), ...files } });
const guids = (facts: ReturnType<typeof withLogins>) =>
  facts.profile.logins.logins.logins.map(({ id }) => id);

const mail = 'https://mail.google.com/';
const wide = `${mail} https://www.googleapis.com/auth/carddav https://www.googleapis.com/auth/calendar`;
const sign = (id: number, scopes: string, changed: number) =>
  loginRow(id, { hostname: 'oauth://accounts.google.com', httpRealm: scopes, timePasswordChanged: changed });
/** A user name of less than 16 letters, as the rows of the tests have it. */
const gmail: Changes = {
  'mail.server.server1.hostname': 'imap.gmail.com',
  'mail.server.server1.userName': 'al@gmail.com',
  'mail.server.server1.authMethod': 10,
};

describe('two sign-ins of one account', () => {
  it('the older and wider one before the newer one hides it, and is what goes', () => {
    const facts = withLogins([sign(1, wide, 1000), sign(2, mail, 2000)], [gmail]);
    expect(gravity(tokenShadowed, facts)).toBe('warning safe');
    expect(guids(repaired(tokenShadowed, facts))).toEqual([2]);
  });

  it.each<[string, readonly unknown[], Changes[]]>([
    ['the newer one is found first', [sign(1, mail, 2000), sign(2, wide, 1000)], [gmail]],
    [
      'the older one is not good for mail',
      [sign(1, 'https://www.googleapis.com/auth/carddav', 1000), sign(2, mail, 2000)],
      [gmail],
    ],
    ['the newer one is good for more', [sign(1, mail, 1000), sign(2, wide, 2000)], [gmail]],
    ['there is one', [sign(1, wide, 1000)], [gmail]],
    [
      'they may be of two accounts',
      [sign(1, wide, 1000), sign(2, mail, 2000)],
      [
        gmail,
        { ...bob, 'mail.server.server3.hostname': 'imap.gmail.com', 'mail.server.server3.authMethod': 10 },
      ],
    ],
    [
      'they cannot be of this account, by the length of its name',
      [sign(1, wide, 1000), sign(2, mail, 2000)],
      [gmail, { 'mail.server.server1.userName': 'alice.example@gmail.com' }],
    ],
  ])('are in order where %s', (_why, rows, changes) => {
    expect(foundBy(tokenShadowed, withLogins(rows, changes))).toEqual([]);
  });

  it('may have any number as a date', () => {
    expect(isoDay(1e300)).toBe('an impossible day');
    expect(isoDay(0)).toBe('1970-01-01');
  });
});

describe('a password from before the day on which the provider changed its rules', () => {
  const account = (host: string, user: string): Changes[] => [
    { 'mail.server.server1.hostname': host, 'mail.server.server1.userName': user },
  ];
  const saved = (host: string, day: string) => [
    named(1, `imap://${host}`, { timePasswordChanged: Date.parse(day) }),
  ];

  it.each([
    ['imap.gmail.com', 'al@gmail.com', '2022-05-29'],
    ['imap.gmail.com', 'al@firma.example', '2025-04-30'],
    ['imap.mail.yahoo.com', 'al@yahoo.com', '2020-10-19'],
    ['imap.mail.me.com', 'al', '2017-06-14'],
  ])('%s, %s, of %s: a note, a date proves nothing; taken out when asked for', (host, user, day) => {
    const facts = withLogins(saved(host, day), account(host, user));
    expect(gravity(loginBeforeCutOff, facts)).toBe('info safe');
    expect(guids(repaired(loginBeforeCutOff, facts))).toEqual([]);
  });

  it.each([
    ['imap.gmail.com', 'al@gmail.com', '2022-05-30'],
    ['imap.gmx.net', 'al@gmx.net', '2001-01-01'],
    ['imap.example.org', 'al@example.org', '2001-01-01'],
    // No password helps there: settings/sign-in-refused.
    ['outlook.office365.com', 'al@outlook.com', '2001-01-01'],
    ['imap.gmail.com', 'al@gmail.com', '1970-01-01'],
  ])('%s, %s, of %s: nothing to tell', (host, user, day) => {
    expect(foundBy(loginBeforeCutOff, withLogins(saved(host, day), account(host, user)))).toEqual([]);
  });
});

describe('a password for a calendar that signs in with OAuth2', () => {
  const calendar = (uri: string): Changes => ({
    'calendar.registry.c1.type': 'caldav',
    'calendar.registry.c1.uri': uri,
    'calendar.registry.c1.name': 'Alice',
  });
  const google = 'https://apidata.googleusercontent.com';

  it('keeps the window from opening, and is taken out when asked for', () => {
    const facts = withLogins([named(1, google)], [calendar(`${google}/caldav/v2/a/events/`)]);
    expect(gravity(loginBlocksWindow, facts)).toBe('warning safe');
    expect(guids(repaired(loginBlocksWindow, facts))).toEqual([]);
  });

  it('of an address book, too', () => {
    const book = {
      'ldap_2.servers.G.carddav.url': 'https://www.googleapis.com/carddav/v1/',
      'ldap_2.servers.G.description': 'Google',
    };
    expect(
      onlyFinding(loginBlocksWindow, withLogins([named(1, 'https://www.googleapis.com')], [book])).finding
        .title,
    ).toContain('"Google"');
  });

  it.each<[string, string, Changes]>([
    ['a server of its own', 'https://cloud.example.org', calendar('https://cloud.example.org/dav/')],
    ['no calendar there', google, {}],
    ['another web address', 'https://accounts.google.com', calendar(`${google}/caldav/`)],
    [
      'another user, by the length of the name',
      google,
      { ...calendar(`${google}/caldav/`), 'calendar.registry.c1.username': 'alice.example@gmail.com' },
    ],
  ])('is no matter with %s', (_what, origin, changes) => {
    expect(foundBy(loginBlocksWindow, withLogins([named(1, origin)], [changes]))).toEqual([]);
  });
});

describe('a server whose password is never saved', () => {
  const disabled = (hosts: unknown, rows: readonly unknown[] = []) =>
    profileFromPrefs(healthyWith(), { files: { 'logins.json': loginsText(rows, { disabledHosts: hosts }) } });

  it('is a warning as long as none is saved', () => {
    expect(gravity(savingForbidden, disabled(['imap://imap.example.org']))).toBe('warning safe');
    expect(
      onlyFinding(savingForbidden, disabled(['imap://imap.example.org'])).finding.repair,
    ).toBeUndefined();
  });

  it.each<[string, unknown, readonly unknown[]]>([
    ['one is saved already', ['imap://imap.example.org'], [named(1, 'imap://imap.example.org')]],
    ['it is a page of the web', ['https://imap.example.org'], []],
    ['the list is no list', 'imap://imap.example.org', []],
    ['an item is no text', [7, null], []],
  ])('is no matter where %s', (_why, hosts, rows) => {
    expect(foundBy(savingForbidden, disabled(hosts, rows))).toEqual([]);
  });
});

describe('the list of passwords', () => {
  it.each<[string, readonly unknown[]]>([
    [
      'two rows with one id',
      [named(1, 'https://a.example', { guid: '{a}' }), named(2, 'https://b.example', { guid: '{a}' })],
    ],
    [
      'more rows for a server than users',
      [named(1, 'imap://imap.example.org'), named(2, 'imap://imap.example.org')],
    ],
    ['used before it was saved', [named(1, 'https://a.example', { timeLastUsed: 1_500_000_000_000 })]],
  ])('is told to be odd, as a note without repair: %s', (_what, rows) => {
    expect(gravity(loginListOdd, withLogins(rows))).toBe('info safe');
    expect(onlyFinding(loginListOdd, withLogins(rows)).finding.repair).toBeUndefined();
  });

  it.each<[string, readonly unknown[], Changes[]]>([
    [
      'one row for each user of a host',
      [named(1, 'imap://imap.example.org'), named(2, 'imap://imap.example.org')],
      [bob],
    ],
    [
      'rows of long ago',
      [named(1, 'https://a.example', { timeCreated: 0, timeLastUsed: 0, timePasswordChanged: 0 })],
      [],
    ],
    [
      'rows without dates and ids',
      [{ hostname: 'https://a.example', httpRealm: 'a', encryptedUsername: 'x', encryptedPassword: 'x' }],
      [],
    ],
  ])('is in order: %s', (_what, rows, changes) => {
    expect(foundBy(loginListOdd, withLogins(rows, changes))).toEqual([]);
  });
});

describe('passwords that only a .corrupt file has', () => {
  const imap = named(5, 'imap://imap.example.org');
  const smtp = named(1, 'smtp://smtp.example.org');
  const corrupt = (...rows: readonly unknown[]) => ({
    'logins.json.corrupt': loginsText(rows).slice(0, -30),
  });

  it('are a note, and are added with a number of their own when asked for', () => {
    const facts = withLogins([smtp], [], corrupt(smtp, imap));
    expect(gravity(loginsLeftBehind, facts)).toBe('info safe');
    const after = repaired(loginsLeftBehind, facts).profile.logins.logins;
    expect(after.logins.map(({ id, origin }) => [id, origin])).toEqual([
      [1, 'smtp://smtp.example.org'],
      [2, 'imap://imap.example.org'],
    ]);
    expect(after.nextId).toBe(3);
  });

  it.each<[string, readonly unknown[], Record<string, string>]>([
    ['the list has that server again', [smtp, imap], corrupt(imap)],
    ['no account looks them up', [smtp, imap], corrupt(named(7, 'imap://imap.old.example'))],
    ['they are incomplete', [smtp], corrupt(loginRow(7, { encryptedPassword: null }))],
  ])('are left alone where %s', (_why, rows, files) => {
    expect(foundBy(loginsLeftBehind, withLogins(rows, [], files))).toEqual([]);
  });
});

describe('the pass phrase of the OpenPGP keys, put aside', () => {
  const aside = { 'encrypted-openpgp-passphrase.txt.corrupt': 'x' };

  it('locks the keys that there are', () => {
    expect(gravity(openPgpLocked, withLogins([], [], { ...aside, 'secring.gpg': 'x' }))).toBe('warning safe');
  });

  it('locks nothing where there are none', () => {
    expect(foundBy(openPgpLocked, withLogins([], [], aside))).toEqual([]);
    expect(foundBy(openPgpLocked, withLogins([], [], { 'secring.gpg': 'x' }))).toEqual([]);
  });
});
