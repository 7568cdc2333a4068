import { describe, expect, it } from 'vitest';
import { signInConditions } from '../../../src/checks/settings/sign-in-conditions.ts';
import { signInDiffers } from '../../../src/checks/settings/sign-in-differs.ts';
import { signInEnding } from '../../../src/checks/settings/sign-in-ending.ts';
import { signInExchange } from '../../../src/checks/settings/sign-in-exchange.ts';
import { signInOfPostbox } from '../../../src/checks/settings/sign-in-of-postbox.ts';
import { longDate, signInRefused } from '../../../src/checks/settings/sign-in-refused.ts';
import { signInUnregistered } from '../../../src/checks/settings/sign-in-unregistered.ts';
import { loginRow, loginsText } from '../../formats/support/login-rows.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, PrefRecord[string] | null>;

/** Alice's account at another provider, fetching and sending. */
const at = (
  address: string,
  [imap, smtp]: readonly [string, string],
  more: Changes = {},
  options: ProfileOptions = {},
) =>
  profileFromPrefs(
    healthyWith(
      {
        'mail.identity.id1.useremail': address,
        'mail.server.server1.hostname': imap,
        'mail.server.server1.userName': address,
        'mail.smtpserver.smtp1.hostname': smtp,
        'mail.smtpserver.smtp1.username': address,
      },
      more,
    ),
    options,
  );

const inWindow = { 'mail.server.server1.authMethod': 10 };
const outWindow = { 'mail.smtpserver.smtp1.authMethod': 10 };
const outlook = ['outlook.office365.com', 'smtp-mail.outlook.com'] as const;
const microsoft365 = ['outlook.office365.com', 'smtp.office365.com'] as const;
const gmail = ['imap.gmail.com', 'smtp.gmail.com'] as const;
const gmx = ['imap.gmx.net', 'mail.gmx.net'] as const;

const subjects = (check: Parameters<typeof foundBy>[0], facts: Parameters<typeof foundBy>[1]): string[] =>
  foundBy(check, facts).map(({ finding }) => finding.subject.id);

describe('a password at a provider that takes none', () => {
  it('is an error for fetching and for sending, and its repair sets the method to OAuth2 and nothing else', () => {
    const facts = at('alice@outlook.com', outlook, outWindow);
    expect(gravity(signInRefused, facts)).toBe('error safe');
    expect(lineChanges(signInRefused, facts)).toEqual(['mail.server.server1.authMethod: null -> 10']);
    expect(repaired(signInRefused, facts)).toBeDefined();
    expect(subjects(signInRefused, at('alice@outlook.com', outlook))).toEqual(['server1', 'smtp1']);
  });

  it('of a company at Microsoft 365 is refused for fetching; sending may still work and ends on a known day', () => {
    const facts = at('alice@firma.example', microsoft365);
    expect(subjects(signInRefused, facts)).toEqual(['server1']);
    expect(gravity(signInEnding, facts)).toBe('warning safe');
    const { finding } = onlyFinding(signInEnding, facts);
    expect(finding.title).toContain('31 December 2026');
    expect(finding.repair).toBeUndefined();
  });

  it.each([
    ['with an encrypted password', { 'mail.server.server1.authMethod': 4 }],
    ['with NTLM', { 'mail.server.server1.authMethod': 6 }],
    ['by POP', { 'mail.server.server1.type': 'pop3', 'mail.server.server1.port': 995 }],
  ])('is refused %s, too', (_how, more) => {
    expect(subjects(signInRefused, at('alice@outlook.com', outlook, { ...outWindow, ...more }))).toEqual([
      'server1',
    ]);
  });

  it.each<[string, Changes]>([
    ['OAuth2', { ...inWindow, ...outWindow }],
    [
      'a provider that takes app passwords',
      { 'mail.server.server1.hostname': 'imap.gmail.com', ...outWindow },
    ],
    ['a host that nobody knows', { 'mail.server.server1.hostname': 'mail.firma.example', ...outWindow }],
    ['this computer', { 'mail.server.server1.hostname': '127.0.0.1', ...outWindow }],
    ['a method in quotes: settings/wrong-type', { 'mail.server.server1.authMethod': '10', ...outWindow }],
  ])('is no problem with %s', (_what, more) => {
    expect(foundBy(signInRefused, at('alice@outlook.com', outlook, more))).toEqual([]);
  });

  it('harms nobody at an outgoing server that nobody sends through', () => {
    const unused = {
      ...inWindow,
      'mail.identity.id1.smtpServer': 'smtp2',
      'mail.smtp.defaultserver': 'smtp2',
    };
    expect(foundBy(signInRefused, at('alice@outlook.com', outlook, unused))).toEqual([]);
  });

  it.each<[string, Changes, ProfileOptions, string]>([
    [
      'in a Postbox profile: the advice is to move',
      {},
      { program: 'postbox', version: '7.0.60' },
      'Postbox is not made',
    ],
    ['for a Thunderbird that is too old', {}, { version: '60.9.1' }, 'update Thunderbird first'],
    [
      'where user.js sets it',
      {},
      { userJs: 'user_pref("mail.server.server1.authMethod", 3);\n' },
      'user.js (line 1)',
    ],
    ['without encryption', { 'mail.server.server1.socketType': 0 }, {}, 'OAuth2'],
    [
      'under a host name that was given up',
      { 'mail.server.server1.hostname': 'imap-mail.outlook.com' },
      {},
      'old name',
    ],
    ['under one that has no window', { 'mail.server.server1.hostname': 'imap.live.com' }, {}, 'old name'],
  ])('is not changed %s', (_when, more, options, words) => {
    const facts = at('alice@outlook.com', outlook, { ...outWindow, ...more }, options);
    const found = foundBy(signInRefused, facts).filter(({ finding }) => finding.subject.id === 'server1');
    expect(found.map(({ finding }) => finding.repair)).toEqual([undefined]);
    expect(found[0]?.finding.detail).toContain(words);
  });

  it('is told with its day in words', () => {
    expect(longDate('2024-09-16')).toBe('16 September 2024');
  });
});

describe('OAuth2 where Thunderbird has no window', () => {
  it('is an error; at a provider that takes passwords the method alone is set back', () => {
    const facts = at('bob@gmx.de', gmx, inWindow);
    expect(gravity(signInUnregistered, facts)).toBe('error safe');
    expect(lineChanges(signInUnregistered, facts)).toEqual(['mail.server.server1.authMethod: 10 -> 3']);
    expect(repaired(signInUnregistered, facts)).toBeDefined();
  });

  it('is not changed where nobody knows what the server takes, or nothing is encrypted', () => {
    const unknown = at('alice@example.org', ['imap.example.org', 'smtp.example.org'], inWindow);
    expect(onlyFinding(signInUnregistered, unknown).finding.repair).toBeUndefined();
    const plain = at('bob@gmx.de', gmx, { ...inWindow, 'mail.server.server1.socketType': 0 });
    expect(onlyFinding(signInUnregistered, plain).finding.repair).toBeUndefined();
  });

  it('comes of capitals in the host of an incoming server, not of an outgoing one', () => {
    const facts = at('karl@gmail.com', ['IMAP.Gmail.com', 'SMTP.Gmail.com'], { ...inWindow, ...outWindow });
    expect(subjects(signInUnregistered, facts)).toEqual(['server1']);
    expect(onlyFinding(signInUnregistered, facts).finding.detail).toContain('imap.gmail.com');
  });

  it.each<[string, Changes]>([
    ['Google', inWindow],
    [
      'details of its own',
      {
        ...inWindow,
        'mail.server.server1.hostname': 'imap.firma.example',
        'mail.server.server1.oauth2.issuer': 'login.firma.example',
      },
    ],
    ['a password', { 'mail.server.server1.hostname': 'imap.firma.example' }],
  ])('is no problem with %s', (_what, more) => {
    expect(foundBy(signInUnregistered, at('karl@gmail.com', gmail, more))).toEqual([]);
  });

  it('is a warning where an add-on may bring a window along', () => {
    const extensions = JSON.stringify({
      addons: [
        {
          id: 'sso@firma.example',
          type: 'extension',
          active: true,
          userDisabled: false,
          location: 'app-profile',
          version: '1',
          defaultLocale: { name: 'SSO' },
        },
      ],
    });
    const facts = at('bob@gmx.de', gmx, inWindow, { files: { 'extensions.json': extensions } });
    expect(gravity(signInUnregistered, facts)).toBe('warning safe');
    expect(onlyFinding(signInUnregistered, facts).finding.repair).toBeUndefined();
  });
});

describe('two ways to sign in at one provider', () => {
  it('are a warning while no password is saved for the other side', () => {
    const facts = at('karl@gmail.com', gmail, inWindow);
    expect(gravity(signInDiffers, facts)).toBe('warning safe');
    expect(onlyFinding(signInDiffers, facts).finding.subject.id).toBe('smtp1');
    expect(onlyFinding(signInDiffers, facts).finding.repair).toBeUndefined();
  });

  it('are a note with one: it may be an app password', () => {
    const row = loginRow(1, { hostname: 'smtp://smtp.gmail.com', httpRealm: 'smtp://smtp.gmail.com' });
    const facts = at('karl@gmail.com', gmail, inWindow, { files: { 'logins.json': loginsText([row]) } });
    expect(gravity(signInDiffers, facts)).toBe('info safe');
  });

  it('also the other way round: sending was changed, fetching was forgotten', () => {
    expect(onlyFinding(signInDiffers, at('karl@gmail.com', gmail, outWindow)).finding.subject.id).toBe(
      'server1',
    );
  });

  it.each<[string, readonly [string, string], Changes]>([
    ['both in a window', gmail, { ...inWindow, ...outWindow }],
    ['both with a password', gmail, {}],
    ['two providers', ['imap.gmail.com', 'smtp.example.org'], inWindow],
    ['a provider that takes account passwords', ['imap.comcast.net', 'smtp.comcast.net'], inWindow],
    ['only windows taken: settings/sign-in-refused', outlook, inWindow],
  ])('are no problem: %s', (_what, hosts, more) => {
    expect(foundBy(signInDiffers, at('karl@outlook.com', hosts, more))).toEqual([]);
  });
});

describe('what a provider asks', () => {
  it('is a note, once for an account, with the day of the table', () => {
    const facts = at('karl@gmail.com', gmail);
    expect(gravity(signInConditions, facts)).toBe('info safe');
    const { finding } = onlyFinding(signInConditions, facts);
    expect(finding.title).toContain('app password');
    expect(finding.detail).toContain('As of 23 November 2026');
  });

  it('is told of the outgoing server where that is another provider', () => {
    expect(subjects(signInConditions, at('karl@gmail.com', ['imap.gmail.com', 'mail.gmx.net']))).toEqual([
      'server1',
      'smtp1',
    ]);
  });

  it.each<[string, readonly [string, string], Changes]>([
    ['Google with OAuth2', gmail, { ...inWindow, ...outWindow }],
    ['Microsoft with OAuth2', microsoft365, { ...inWindow, ...outWindow }],
    ['a provider that nobody knows', ['imap.example.org', 'smtp.example.org'], {}],
  ])('is quiet: %s', (_what, hosts, more) => {
    expect(foundBy(signInConditions, at('karl@firma.example', hosts, more))).toEqual([]);
  });

  it('is told with OAuth2, too, where a switch has to be on: POP at Outlook.com', () => {
    const pop = {
      ...inWindow,
      ...outWindow,
      'mail.server.server1.type': 'pop3',
      'mail.server.server1.port': 995,
    };
    expect(onlyFinding(signInConditions, at('karl@outlook.com', outlook, pop)).finding.detail).toContain(
      'POP has to be',
    );
  });
});

describe('OAuth2 in a Postbox profile', () => {
  const postbox: ProfileOptions = { program: 'postbox', version: '7.0.60' };

  it('is a warning, with the advice to move and nothing to repair', () => {
    const facts = at('karl@gmail.com', gmail, { ...inWindow, ...outWindow }, postbox);
    expect(gravity(signInOfPostbox, facts)).toBe('warning safe');
    expect(onlyFinding(signInOfPostbox, facts).finding.repair).toBeUndefined();
    // Whatever it wrote for Yahoo and Microsoft is no lower.
    expect(
      foundBy(
        signInOfPostbox,
        at('karl@gmail.com', gmail, { 'mail.server.server1.authMethod': 12 }, postbox),
      ),
    ).toHaveLength(1);
  });

  it('is no matter with passwords, or in Thunderbird', () => {
    expect(foundBy(signInOfPostbox, at('karl@gmail.com', gmail, {}, postbox))).toEqual([]);
    expect(foundBy(signInOfPostbox, at('karl@gmail.com', gmail, inWindow))).toEqual([]);
  });
});

describe('an Exchange server by IMAP', () => {
  it.each<[string, Changes]>([
    ['a domain before the user name', { 'mail.server.server1.userName': 'FIRMA\\alice' }],
    ['the address of its web mail', { 'mail.server.server1.owa_url': 'https://mail.example.org/owa/' }],
    [
      'what it says of itself',
      { 'mail.server.server1.serverIDResponse': '"name" "Microsoft.Exchange.Imap4.Imap4Server"' },
    ],
  ])('is a note, by %s', (_trace, more) => {
    expect(gravity(signInExchange, profileFromPrefs(healthyWith(more)))).toBe('info safe');
  });

  it.each<[string, Changes]>([
    ['an address as user name', {}],
    [
      'a provider that is known',
      { 'mail.server.server1.hostname': 'imap.gmail.com', 'mail.server.server1.userName': 'a\\b' },
    ],
    [
      'DavMail on this computer',
      { 'mail.server.server1.hostname': 'localhost', 'mail.server.server1.userName': 'FIRMA\\alice' },
    ],
  ])('is not seen in %s', (_what, more) => {
    expect(foundBy(signInExchange, profileFromPrefs(healthyWith(more)))).toEqual([]);
  });
});
