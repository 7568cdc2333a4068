import { describe, expect, it } from 'vitest';
import { runChecks } from '../../../src/checks/run-checks.ts';
import { settingsChecks } from '../../../src/checks/settings/index.ts';
import { bob, carol, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const found = (...changes: Record<string, string | number | boolean | null>[]): string[] =>
  runChecks(settingsChecks, profileFromPrefs(healthyWith(...changes))).found.map(
    ({ finding }) => `${finding.severity} ${finding.check}: ${finding.title}`,
  );

const all = {
  'mail.accountmanager.accounts': 'account1,account2,account3,account4',
  'mail.account.lastKey': 4,
};

/** A further server of an account, account5 and server5. */
const fifth = (values: PrefRecord): PrefRecord => ({
  'mail.account.account5.server': 'server5',
  'mail.account.lastKey': 5,
  'mail.accountmanager.accounts': 'account1,account2,account5',
  ...Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`mail.server.server5.${name}`, value]),
  ),
});

describe('healthy settings', () => {
  it('are quiet: IMAP, POP, Local Folders, several users of one host', () => {
    expect(found(bob, carol, all)).toEqual([]);
  });

  it.each<[string, PrefRecord]>([
    [
      'feeds',
      fifth({ type: 'rss', hostname: 'Feeds', userName: 'nobody', 'directory-rel': '[ProfD]Mail/Feeds' }),
    ],
    ['news', fifth({ type: 'nntp', hostname: 'news.example.org', userName: 'nobody' })],
    ['chat', fifth({ type: 'im', hostname: 'prpl-irc', userName: 'alice', imAccount: 'account1' })],
    [
      'Exchange',
      fifth({
        type: 'ews',
        hostname: 'outlook.office365.com',
        userName: 'alice@example.org',
        authMethod: 10,
      }),
    ],
    [
      'unified folders',
      fifth({ type: 'none', hostname: 'smart mailboxes', userName: 'nobody', hidden: true }),
    ],
  ])('are quiet: %s', (_name, account) => {
    expect(found(account)).toEqual([]);
  });

  it('are quiet: Proton Bridge on this computer', () => {
    expect(
      found({
        'mail.server.server1.hostname': '127.0.0.1',
        'mail.identity.id1.fcc_folder': null,
        'mail.identity.id1.draft_folder': null,
        'mail.server.server1.port': 1143,
        'mail.server.server1.socketType': 0,
        'mail.smtpserver.smtp1.hostname': '127.0.0.1',
        'mail.smtpserver.smtp1.port': 1025,
        'mail.smtpserver.smtp1.try_ssl': 0,
      }),
    ).toEqual([]);
  });

  it('are quiet: an own domain through any outgoing server', () => {
    expect(found({ 'mail.smtpserver.smtp1.hostname': 'mail.hoster.example' })).toEqual([]);
  });

  it('are quiet: leftovers of a removed account', () => {
    const { 'mail.accountmanager.accounts': _list, ...leftovers } = bob;
    expect(
      found({ ...leftovers, 'mail.account.account3.server': null, 'mail.account.account3.identities': null }),
    ).toEqual([]);
  });

  it('are quiet: no count, a count of 0, no default account, no default outgoing server', () => {
    expect(
      found({
        'mail.account.lastKey': null,
        'mail.accountmanager.defaultaccount': null,
        'mail.smtp.defaultserver': null,
      }),
    ).toEqual([]);
    expect(found({ 'mail.account.lastKey': 0 })).toEqual([]);
  });

  it('are quiet: a new profile without any account', () => {
    const facts = profileFromPrefs('user_pref("mail.ui-rdf.version", 61);\n');
    expect(runChecks(settingsChecks, facts).found).toEqual([]);
  });
});
