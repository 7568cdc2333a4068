import { describe, expect, it } from 'vitest';
import { accountNumberTooLow } from '../../../src/checks/settings/account-number-too-low.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.account.lastKey';

describe('the count of accounts', () => {
  it('must not be lower than the number of an account: the next one would overwrite it', () => {
    const facts = profileFromPrefs(healthyWith(bob, { [name]: 2 }));
    expect(gravity(accountNumberTooLow, facts)).toBe('error safe');
    expect(onlyFinding(accountNumberTooLow, facts).finding.detail).toContain('overwrites bob@example.org');
    expect(lineChanges(accountNumberTooLow, facts)).toEqual([`${name}: 2 -> 3`]);
    repaired(accountNumberTooLow, facts);
  });

  it('costs an account at the next start when Local Folders has no account', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, {
        [name]: 2,
        'mail.accountmanager.accounts': 'account1,account3',
        'mail.account.account2.server': null,
      }),
    );
    expect(gravity(accountNumberTooLow, facts)).toBe('error loses');
    expect(onlyFinding(accountNumberTooLow, facts).finding.detail).toContain('At its next start');
  });

  it('does not count the unified folders that the list no longer names: they are made anew', () => {
    const unified = {
      'mail.account.account3.server': 'server3',
      'mail.server.server3.hidden': true,
      'mail.server.server3.hostname': 'smart mailboxes',
      'mail.server.server3.type': 'none',
    };
    expect(foundBy(accountNumberTooLow, profileFromPrefs(healthyWith(unified)))).toEqual([]);
    const listed = { ...unified, 'mail.accountmanager.accounts': 'account1,account2,account3' };
    expect(gravity(accountNumberTooLow, profileFromPrefs(healthyWith(listed)))).toBe('error safe');
  });

  it('is only a trap when the number belongs to leftovers', () => {
    const facts = profileFromPrefs(healthyWith({ 'mail.account.account7.identities': 'id9' }));
    expect(gravity(accountNumberTooLow, facts)).toBe('warning safe');
    expect(lineChanges(accountNumberTooLow, facts)).toEqual([`${name}: 2 -> 7`]);
  });

  it.each([0, -3, 3, 9])('is in order with %j', (lastKey) => {
    expect(foundBy(accountNumberTooLow, profileFromPrefs(healthyWith(bob, { [name]: lastKey })))).toEqual([]);
  });

  it('need not count listed keys of which nothing is left, and server numbers', () => {
    const ghost = {
      'mail.accountmanager.accounts': 'account1,account2,account9',
      'mail.server.server8.type': 'imap',
    };
    expect(foundBy(accountNumberTooLow, profileFromPrefs(healthyWith(ghost)))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(bob), { userJs: `user_pref("${name}", 1);\n` });
    expect(lineChanges(accountNumberTooLow, facts)).toBeNull();
    expect(onlyFinding(accountNumberTooLow, facts).finding.detail).toContain('user.js (line 1)');
  });
});
