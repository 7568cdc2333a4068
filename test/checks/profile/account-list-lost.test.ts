import { describe, expect, it } from 'vitest';
import { accountListLost } from '../../../src/checks/profile/account-list-lost.ts';
import { accountUnlisted } from '../../../src/checks/profile/account-unlisted.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const list = 'mail.accountmanager.accounts';
const lost = { [list]: null };

describe('a list of accounts that is gone', () => {
  it.each([
    ['missing', null],
    ['empty', ''],
  ])('%s: all accounts come back, by their numbers', (_what, value) => {
    const facts = profileFromPrefs(healthyWith(bob, carol, { [list]: value }));
    expect(gravity(accountListLost, facts)).toBe('error safe');
    expect(lineChanges(accountListLost, facts)).toEqual([
      `${list}: ${JSON.stringify(value)} -> "account1,account2,account3,account4"`,
    ]);
    const { accountList } = repaired(accountListLost, facts).profile;
    expect(accountList.dropped).toEqual([]);
    expect(accountList.defaultKey).toBe('account1');
  });

  it('names the accounts as their owner knows them', () => {
    const { detail } = onlyFinding(accountListLost, profileFromPrefs(healthyWith(bob, lost))).finding;
    expect(detail).toContain('Nothing of them is lost');
    expect(detail).toContain('alice@example.org');
    expect(detail).toContain('bob@example.org');
  });

  it('is counted, not sorted as text: account10 comes after account9', () => {
    const ten = Object.fromEntries(
      Object.entries(bob).map(([name, value]) => [name.replace('account3', 'account10'), value]),
    );
    const facts = profileFromPrefs(healthyWith(ten, carol, lost));
    expect(repaired(accountListLost, facts).profile.accountList.items.at(-1)).toBe('account10');
  });

  it('gets no account that the program would throw out again: a second one for the same mailbox', () => {
    const twin = { 'mail.server.server3.userName': 'alice@example.org' };
    const facts = profileFromPrefs(healthyWith(bob, twin, lost));
    expect(lineChanges(accountListLost, facts)).toEqual([`${list}: null -> "account1,account2"`]);
  });

  it('gets no account that would make the program crash; that one comes back with its name put right', () => {
    const crashing = { 'mail.server.server3.hostname': 'imap.example.org:993' };
    const after = repaired(accountListLost, profileFromPrefs(healthyWith(bob, crashing, lost)));
    expect(after.profile.accountList.items).toEqual(['account1', 'account2']);
    const { accountList } = repaired(accountUnlisted, after).profile;
    expect(accountList.accounts.map(({ server }) => server.host)).toContain('imap.example.org');
    expect(accountList.dropped).toEqual([]);
  });

  it('clears a default account that does not exist, and keeps one that does', () => {
    const gone = { 'mail.accountmanager.defaultaccount': 'account7' };
    expect(lineChanges(accountListLost, profileFromPrefs(healthyWith(lost, gone)))).toContain(
      'mail.accountmanager.defaultaccount: "account7" -> null',
    );
    expect(lineChanges(accountListLost, profileFromPrefs(healthyWith(lost)))).toHaveLength(1);
  });

  it('is told, not repaired, when user.js empties it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${list}", "");\n` });
    expect(lineChanges(accountListLost, facts)).toBeNull();
    expect(onlyFinding(accountListLost, facts).finding.detail).toContain('user.js');
  });
});

describe('no account list, and nothing lost', () => {
  it.each([
    ['a new profile', 'user_pref("mail.ui-rdf.version", 61);\n'],
    [
      'an account whose server has no type',
      healthyWith(lost, { 'mail.server.server1.type': null, 'mail.server.server2.type': null }),
    ],
    ['a list, however short', healthyWith({ [list]: 'account2' })],
  ])('%s', (_what, text) => {
    expect(foundBy(accountListLost, profileFromPrefs(text))).toEqual([]);
  });

  it('a damaged prefs.js is put right first', () => {
    const text = healthyWith().replace('"account1,account2");', '"account1,account2")');
    expect(foundBy(accountListLost, profileFromPrefs(text))).toEqual([]);
  });
});
