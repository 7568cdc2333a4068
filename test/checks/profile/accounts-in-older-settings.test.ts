import { describe, expect, it } from 'vitest';
import { accountsInOlderSettings } from '../../../src/checks/profile/accounts-in-older-settings.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import {
  bob,
  carol,
  healthyPrefs,
  healthyWith,
  type PrefRecord,
  prefsText,
} from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const message = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';
const carolsMail = { 'Mail/pop.example.net/Inbox': message };
/** Carol's account has been there: the count of accounts says so. */
const counted = { 'mail.account.lastKey': 4 };
const withCarol = healthyWith(carol);
/** A line before the type of her server has lost its quotation mark, and the type is swallowed with it. */
const spoilt = healthyWith(carol, { 'mail.server.server4.socketTypo': 'x' }).replace('"x");', '"x);');
const facts = (text: string, files: ProfileOptions['files']) =>
  profileFromPrefs(text, { files: { ...carolsMail, ...files } });

describe('an account that only an older copy of the settings has', () => {
  it('was taken by damage when the program could not read it there', () => {
    const lost = facts(healthyWith(counted), { 'Invalidprefs.js': spoilt });
    expect(gravity(accountsInOlderSettings, lost)).toBe('error safe');
    expect(repaired(accountsInOlderSettings, lost).profile.accountList.items).toContain('account4');
  });

  it('is newer than prefs.js when the copy has counted more accounts', () => {
    const lost = facts(healthyWith(), { 'prefs-1.js': withCarol });
    expect(gravity(accountsInOlderSettings, lost)).toBe('error safe');
    expect(onlyFinding(accountsInOlderSettings, lost).finding.title).toBe(
      'The account carol@example.net is only in prefs-1.js, a copy of older settings',
    );
    const { accountList, servers } = repaired(accountsInOlderSettings, lost).profile;
    expect(accountList.items).toEqual(['account1', 'account2', 'account4']);
    expect(accountList.dropped).toEqual([]);
    expect(servers.find(({ key }) => key === 'server4')?.host).toBe('pop.example.net');
  });

  it('was perhaps removed by its owner when nothing speaks against it: it is only mentioned', () => {
    const removed = facts(healthyWith(counted), { 'Invalidprefs.js': `${withCarol}user_pref("x` });
    expect(gravity(accountsInOlderSettings, removed)).toBe('info safe');
    expect(onlyFinding(accountsInOlderSettings, removed).finding.detail).toContain(
      'If you removed it yourself, all is well',
    );
  });

  it('is nothing to speak of when its mail is gone, too', () => {
    const gone = profileFromPrefs(healthyWith(), { files: { 'prefs-1.js': withCarol } });
    expect(foundBy(accountsInOlderSettings, gone)).toEqual([]);
  });

  it('is not lost when the settings still have its server', () => {
    const unlisted = { 'mail.accountmanager.accounts': 'account1,account2' };
    expect(
      foundBy(accountsInOlderSettings, facts(healthyWith(carol, unlisted), { 'prefs-1.js': withCarol })),
    ).toEqual([]);
  });

  it('is left alone while prefs.js itself is damaged or empty', () => {
    for (const text of [healthyWith().slice(0, -20), '', '\0\0'])
      expect(foundBy(accountsInOlderSettings, facts(text, { 'prefs-1.js': withCarol }))).toEqual([]);
  });
});

describe('taking an account over', () => {
  const stranger: PrefRecord = {
    'mail.account.account4.identities': 'id4',
    'mail.account.account4.server': 'server4',
    'mail.accountmanager.accounts': 'account1,account2,account4',
    'mail.account.lastKey': 4,
    'mail.identity.id4.smtpServer': 'smtp2',
    'mail.identity.id4.useremail': 'dora@example.edu',
    'mail.server.server4.directory-rel': '[ProfD]ImapMail/imap.example.edu',
    'mail.server.server4.hostname': 'imap.example.edu',
    'mail.server.server4.type': 'imap',
    'mail.server.server4.userName': 'dora',
    'mail.smtpserver.smtp2.hostname': 'smtp.example.edu',
    'mail.smtpserver.smtp2.username': 'dora',
    'mail.smtpservers': 'smtp1,smtp2',
  };
  const older: PrefRecord = {
    ...carol,
    'mail.account.lastKey': 9,
    'mail.identity.id4.smtpServer': 'smtp2',
    'mail.smtpserver.smtp2.hostname': 'smtp.example.net',
    'mail.smtpserver.smtp2.username': 'carol',
    'mail.smtpservers': 'smtp1,smtp2',
  };

  it('overwrites nothing of an account that has its numbers by now', () => {
    const before = facts(healthyWith(stranger), { 'prefs-1.js': healthyWith(older) });
    const after = repaired(accountsInOlderSettings, before);
    const { prefs, accountList, identities, outgoing } = after.profile;
    for (const [name, value] of Object.entries(stranger)) {
      if (!['mail.accountmanager.accounts', 'mail.account.lastKey', 'mail.smtpservers'].includes(name))
        expect([name, prefs.raw(name)]).toEqual([name, value]);
    }
    expect(accountList.accounts.map(({ server }) => server.username)).toContain('dora');
    expect(accountList.accounts.at(-1)?.server.username).toBe('carol');
    const sender = identities.find(({ email }) => email === 'carol@example.net');
    expect(outgoing.servers.find(({ key }) => key === sender?.outgoing)?.host).toBe('smtp.example.net');
  });

  it('uses an outgoing server that is there already', () => {
    const after = repaired(accountsInOlderSettings, facts(healthyWith(), { 'prefs-1.js': withCarol }));
    expect(after.profile.outgoing.listed).toEqual(['smtp1']);
  });

  it('fills up what damage has left of its server, under its own number', () => {
    const rest = { 'mail.server.server4.hostname': 'pop.example.net', 'mail.server.server4.port': 995 };
    const after = repaired(accountsInOlderSettings, facts(healthyWith(rest), { 'prefs-1.js': withCarol }));
    expect(after.profile.prefs.children('mail.server.')).toEqual(['server1', 'server2', 'server4']);
  });

  it('lets it deliver into Local Folders as they are now, and never into a stranger', () => {
    const deferring = { ...carol, 'mail.server.server4.deferred_to_account': 'account7' };
    const copy = { 'prefs-1.js': healthyWith(deferring) };
    const after = repaired(accountsInOlderSettings, facts(healthyWith(), copy));
    expect(after.profile.prefs.string('mail.server.server4.deferred_to_account')).toBe('account2');
  });

  it('brings several accounts of one copy at once', () => {
    const both = prefsText(healthyPrefs, bob, carol, {
      'mail.accountmanager.accounts': 'account1,account2,account3,account4',
    });
    const files = { 'prefs-1.js': both, 'ImapMail/imap.example-1.org/INBOX': message };
    const after = repaired(accountsInOlderSettings, facts(healthyWith(), files));
    expect(after.profile.accountList.accounts.map(({ server }) => server.username)).toEqual([
      'alice@example.org',
      'nobody',
      'bob@example.org',
      'carol',
    ]);
    expect(after.profile.accountList.lastKey).toBe(4);
  });

  it('is done once, though two copies have the account', () => {
    const twice = facts(healthyWith(), { 'prefs-1.js': withCarol, 'prefs-2.js': withCarol });
    expect(lineChanges(accountsInOlderSettings, twice)).toContain(
      'mail.accountmanager.accounts: "account1,account2" -> "account1,account2,account4"',
    );
  });
});
