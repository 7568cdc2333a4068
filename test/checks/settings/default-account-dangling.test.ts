import { describe, expect, it } from 'vitest';
import { defaultAccountDangling } from '../../../src/checks/settings/default-account-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.accountmanager.defaultaccount';

describe('a default account that does not exist', () => {
  it('becomes the account that the program would take', () => {
    const facts = profileFromPrefs(healthyWith({ [name]: 'account9' }));
    expect(gravity(defaultAccountDangling, facts)).toBe('warning safe');
    expect(onlyFinding(defaultAccountDangling, facts).finding.detail).toContain(
      'makes alice@example.org the default',
    );
    expect(lineChanges(defaultAccountDangling, facts)).toEqual([`${name}: "account9" -> "account1"`]);
    repaired(defaultAccountDangling, facts);
  });

  it('is not given away while its settings are still there', () => {
    const facts = profileFromPrefs(
      healthyWith(bob, { [name]: 'account3', 'mail.accountmanager.accounts': 'account1,account2' }),
    );
    expect(lineChanges(defaultAccountDangling, facts)).toBeNull();
    expect(onlyFinding(defaultAccountDangling, facts).finding.title).toContain('bob@example.org');
  });

  it('goes without a successor when no account can send', () => {
    const facts = profileFromPrefs(
      healthyWith({ [name]: 'account9', 'mail.accountmanager.accounts': 'account2' }),
    );
    expect(lineChanges(defaultAccountDangling, facts)).toEqual([`${name}: "account9" -> null`]);
    repaired(defaultAccountDangling, facts);
  });

  it('is in order when unset, and another check’s when the list misspells it or is gone', () => {
    expect(foundBy(defaultAccountDangling, profileFromPrefs(healthyWith({ [name]: null })))).toEqual([]);
    expect(
      foundBy(
        defaultAccountDangling,
        profileFromPrefs(healthyWith({ 'mail.accountmanager.accounts': ' account1,account2' })),
      ),
    ).toEqual([]);
    expect(
      foundBy(defaultAccountDangling, profileFromPrefs(healthyWith({ 'mail.accountmanager.accounts': '' }))),
    ).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${name}", "account9");\n` });
    expect(lineChanges(defaultAccountDangling, facts)).toBeNull();
    expect(onlyFinding(defaultAccountDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});
