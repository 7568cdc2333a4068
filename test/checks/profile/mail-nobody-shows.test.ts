import { describe, expect, it } from 'vitest';
import { localFoldersLost } from '../../../src/checks/profile/local-folders-lost.ts';
import { mailWithoutAccount } from '../../../src/checks/profile/mail-without-account.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const message = 'From - Mon Nov 23 2026\nSubject: x\nFrom: a@example.org\n\nx\n';
const localMail = { 'Mail/Local Folders/Archive': message };
const withoutLocalFolders = {
  'mail.account.account2.server': null,
  'mail.accountmanager.accounts': 'account1',
  'mail.accountmanager.localfoldersserver': null,
  'mail.server.server2.directory-rel': null,
  'mail.server.server2.hostname': null,
  'mail.server.server2.name': null,
  'mail.server.server2.type': null,
  'mail.server.server2.userName': null,
};

describe('Local Folders that are in no settings any more', () => {
  it('come back under free numbers, for the folder that holds the mail', () => {
    const facts = profileFromPrefs(healthyWith(withoutLocalFolders), { files: localMail });
    expect(gravity(localFoldersLost, facts)).toBe('error safe');
    expect(lineChanges(localFoldersLost, facts)).toEqual(
      expect.arrayContaining([
        'mail.accountmanager.accounts: "account1" -> "account1,account3"',
        'mail.account.account3.server: null -> "server2"',
        'mail.account.lastKey: 2 -> 3',
        'mail.server.server2.directory-rel: null -> "[ProfD]Mail/Local Folders"',
      ]),
    );
    const { accountList } = repaired(localFoldersLost, facts).profile;
    expect(accountList.accounts.map(({ key }) => key)).toEqual(['account1', 'account3']);
    expect(accountList.dropped).toEqual([]);
  });

  it('are not missed where there is no mail in them, or where they are in the settings', () => {
    expect(foundBy(localFoldersLost, profileFromPrefs(healthyWith(withoutLocalFolders)))).toEqual([]);
    expect(foundBy(localFoldersLost, profileFromPrefs(healthyWith(), { files: localMail }))).toEqual([]);
  });
});

describe('mail that no account uses', () => {
  it('is told in a note, with its size', () => {
    const files = { 'ImapMail/imap.removed.example/INBOX': message };
    const facts = profileFromPrefs(healthyWith(), { files });
    expect(gravity(mailWithoutAccount, facts)).toBe('info safe');
    expect(onlyFinding(mailWithoutAccount, facts).finding.title).toBe(
      '57 bytes of mail in ImapMail/imap.removed.example belong to no account',
    );
  });

  it('is left to the check that can put it right', () => {
    const facts = profileFromPrefs(healthyWith(withoutLocalFolders), { files: localMail });
    expect(foundBy(mailWithoutAccount, facts)).toEqual([]);
  });
});
