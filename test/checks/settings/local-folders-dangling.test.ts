import { describe, expect, it } from 'vitest';
import { localFoldersDangling } from '../../../src/checks/settings/local-folders-dangling.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const name = 'mail.accountmanager.localfoldersserver';

describe('a setting for Local Folders that does not name them', () => {
  it('names them again; the program would have found them', () => {
    const facts = profileFromPrefs(healthyWith({ [name]: 'server9' }));
    expect(gravity(localFoldersDangling, facts)).toBe('warning safe');
    expect(onlyFinding(localFoldersDangling, facts).finding.detail).toContain('nothing is lost');
    expect(lineChanges(localFoldersDangling, facts)).toEqual([`${name}: "server9" -> "server2"`]);
    repaired(localFoldersDangling, facts);
  });

  it('no longer names a mail server, which the program would believe', () => {
    const facts = profileFromPrefs(healthyWith({ [name]: 'server1' }));
    expect(onlyFinding(localFoldersDangling, facts).finding.detail).toContain(
      'takes alice@example.org for Local Folders',
    );
    expect(lineChanges(localFoldersDangling, facts)).toEqual([`${name}: "server1" -> "server2"`]);
  });

  it('passes the hidden unified folders over', () => {
    const smart = {
      [name]: 'server9',
      'mail.accountmanager.accounts': 'account1,account5,account2',
      'mail.account.account5.server': 'server5',
      'mail.server.server5.type': 'none',
      'mail.server.server5.hostname': 'smart mailboxes',
      'mail.server.server5.userName': 'nobody',
      'mail.server.server5.hidden': true,
    };
    expect(lineChanges(localFoldersDangling, profileFromPrefs(healthyWith(smart)))).toEqual([
      `${name}: "server9" -> "server2"`,
    ]);
  });

  it('goes when there are no Local Folders', () => {
    const facts = profileFromPrefs(
      healthyWith({ [name]: 'server9', 'mail.accountmanager.accounts': 'account1' }),
    );
    expect(lineChanges(localFoldersDangling, facts)).toEqual([`${name}: "server9" -> null`]);
    repaired(localFoldersDangling, facts);
  });

  it('is in order when unset or not in the list, and another check’s when they only lack type or name', () => {
    expect(foundBy(localFoldersDangling, profileFromPrefs(healthyWith({ [name]: null })))).toEqual([]);
    expect(
      foundBy(
        localFoldersDangling,
        profileFromPrefs(healthyWith({ 'mail.accountmanager.accounts': 'account1' })),
      ),
    ).toEqual([]);
    expect(
      foundBy(localFoldersDangling, profileFromPrefs(healthyWith({ 'mail.server.server2.type': null }))),
    ).toEqual([]);
  });

  it('is told, not repaired, when user.js sets it', () => {
    const facts = profileFromPrefs(healthyWith(), { userJs: `user_pref("${name}", "server9");\n` });
    expect(lineChanges(localFoldersDangling, facts)).toBeNull();
    expect(onlyFinding(localFoldersDangling, facts).finding.detail).toContain('user.js (line 1)');
  });
});
