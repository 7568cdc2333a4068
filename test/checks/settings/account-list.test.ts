import { describe, expect, it } from 'vitest';
import { accountList } from '../../../src/checks/settings/account-list.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.accountmanager.accounts';
const withList = (list: string, userJs?: string) =>
  profileFromPrefs(healthyWith(bob, { [name]: list }), userJs === undefined ? {} : { userJs });

describe('the list of accounts', () => {
  it.each([
    ['account1 ,account2,account3', 'behind'],
    [' account1,account2,account3', 'before'],
    ['account1\t,account2,account3', 'a tab behind'],
  ])('loses an account over a blank: %j (%s)', (list) => {
    const facts = withList(list);
    expect(gravity(accountList, facts)).toBe('error loses');
    expect(onlyFinding(accountList, facts).finding.title).toBe(
      'The list of accounts misspells alice@example.org',
    );
    expect(lineChanges(accountList, facts)).toEqual([
      `${name}: ${JSON.stringify(list)} -> "account1,account2,account3"`,
    ]);
    expect(repaired(accountList, facts).profile.accountList.accounts.map(({ key }) => key)).toEqual([
      'account1',
      'account2',
      'account3',
    ]);
  });

  it('is taken apart where somebody wrote semicolons or blanks for commas', () => {
    expect(lineChanges(accountList, withList('account1;account2 account3'))).toEqual([
      `${name}: "account1;account2 account3" -> "account1,account2,account3"`,
    ]);
  });

  it('costs nothing when only Local Folders is misspelt: the program makes a new account for it', () => {
    const facts = withList('account1, account2,account3');
    expect(gravity(accountList, facts)).toBe('warning safe');
    expect(onlyFinding(accountList, facts).finding.detail).toContain('makes a new account for it');
    repaired(accountList, facts);
  });

  it('sheds keys of which no line is left, and doubled ones', () => {
    const ghost = withList('account1,account9,account2,account3');
    expect(gravity(accountList, ghost)).toBe('warning safe');
    expect(lineChanges(accountList, ghost)).toEqual([
      `${name}: "account1,account9,account2,account3" -> "account1,account2,account3"`,
    ]);
    const doubled = withList('account1,account2,account3,account1');
    expect(gravity(accountList, doubled)).toBe('warning safe');
    repaired(accountList, doubled);
  });

  it('never loses an account that is there', () => {
    const facts = repaired(accountList, withList('account3,,account9, account1;account2 ,account1'));
    expect(facts.profile.accountList.items).toEqual(['account3', 'account1', 'account2']);
  });

  it('is in order with empty items, and with any order', () => {
    expect(foundBy(accountList, withList('account3,,account1,account2,'))).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = withList('account1', `user_pref("${name}", "account1, account3");\n`);
    expect(lineChanges(accountList, facts)).toBeNull();
    expect(onlyFinding(accountList, facts).finding.detail).toContain('is set in user.js (line 1)');
    expect(onlyFinding(accountList, facts).finding.evidence[0]).toMatchObject({ file: 'user.js', line: 1 });
  });
});
