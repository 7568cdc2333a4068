import { describe, expect, it } from 'vitest';
import { sharedDirectory } from '../../../src/checks/settings/shared-directory.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const three = 'mail.server.server3.';
const four = 'mail.server.server4.';
const one = '[ProfD]ImapMail/imap.example.org';
/** POP and news servers use a folder only when it is there. */
const localFolders = { 'Mail/Local Folders/': '' };

describe('two accounts in one mail folder', () => {
  it('that are both IMAP delete each other’s indexes; the later one gets a folder of its own', () => {
    const facts = profileFromPrefs(healthyWith(bob, { [`${three}directory-rel`]: one }));
    expect(gravity(sharedDirectory, facts)).toBe('error loses, mail at risk');
    const { finding } = onlyFinding(sharedDirectory, facts);
    expect(finding.title).toBe('alice@example.org and bob@example.org keep their mail in the same folder');
    expect(finding.detail).toContain('ImapMail/imap.example.org');
    expect(lineChanges(sharedDirectory, facts)).toEqual([
      `${three}directory-rel: "${one}" -> "[ProfD]ImapMail/imap.example-1.org"`,
    ]);
    const { serverMail } = repaired(sharedDirectory, facts).profile;
    expect(serverMail.get('server3')?.directory.path).toMatch(/imap\.example-1\.org$/);
    expect(serverMail.get('server1')?.directory.path).toMatch(/imap\.example\.org$/);
  });

  it('never get a folder that is there already', () => {
    const files = { 'ImapMail/imap.example-1.org/': '', 'ImapMail/IMAP.example-2.org/INBOX': 'x' };
    const facts = profileFromPrefs(healthyWith(bob, { [`${three}directory-rel`]: one }), { files });
    expect(lineChanges(sharedDirectory, facts)).toEqual([
      `${three}directory-rel: "${one}" -> "[ProfD]ImapMail/imap.example-3.org"`,
    ]);
  });

  it('leave it to the one that it is named after, whatever the order', () => {
    const facts = profileFromPrefs(
      healthyWith(carol, {
        'mail.accountmanager.accounts': 'account4,account1,account2',
        [`${four}directory-rel`]: '[ProfD]Mail/Local Folders',
      }),
      { files: localFolders },
    );
    expect(gravity(sharedDirectory, facts)).toBe('error safe, mail at risk');
    expect(lineChanges(sharedDirectory, facts)).toEqual([
      `make-folder ${profilePath}/Mail`,
      `make-folder ${profilePath}/Mail/pop.example.net`,
      `${four}directory-rel: "[ProfD]Mail/Local Folders" -> "[ProfD]Mail/pop.example.net"`,
    ]);
    expect(onlyFinding(sharedDirectory, facts).finding.detail).toContain(
      'stays in sight under Local Folders',
    );
  });

  it('get their former folder back when `directory` still names it and it is there', () => {
    const strayed = {
      [`${four}directory-rel`]: '[ProfD]Mail/Local Folders',
      [`${four}directory`]: 'C:\\Users\\Carol\\Profiles\\x.default\\Mail\\pop.example.net',
    };
    const files = { ...localFolders, 'Mail/pop.example.net/Inbox': 'From - Mon\n\nmail\n' };
    const facts = profileFromPrefs(healthyWith(carol, strayed), { files });
    expect(lineChanges(sharedDirectory, facts)).toEqual([
      `${four}directory-rel: "[ProfD]Mail/Local Folders" -> "[ProfD]Mail/pop.example.net"`,
      `${four}directory: ${JSON.stringify(strayed[`${four}directory`])} -> null`,
    ]);
    const after = repaired(sharedDirectory, facts);
    expect(after.profile.serverMail.get('server4')?.mail.holdsMessages).toBe(true);
    const without = profileFromPrefs(healthyWith(carol, strayed), {
      files: { ...localFolders, 'Mail/pop.example.net-old/Inbox': 'x' },
    });
    expect(onlyFinding(sharedDirectory, without).finding.repair?.title).toContain(
      'the new folder Mail/pop.example.net',
    );
  });

  it('never lead out of the profile by a host that is no file name', () => {
    const hostile = {
      // In front: behind an IMAP account the program would drop it.
      'mail.accountmanager.accounts': 'account4,account1,account2',
      [`${four}hostname`]: '../../../etc',
      [`${four}directory-rel`]: '[ProfD]Mail/Local Folders',
    };
    const facts = profileFromPrefs(healthyWith(carol, hostile), { files: localFolders });
    expect(onlyFinding(sharedDirectory, facts).finding.repair?.title).toContain(
      'the new folder Mail/_.._.._etc',
    );
  });

  it('are no problem in two folders, outside the list, or as doubles of each other', () => {
    expect(foundBy(sharedDirectory, profileFromPrefs(healthyWith(bob, carol)))).toEqual([]);
    const unlisted = {
      'mail.server.server7.type': 'imap',
      'mail.server.server7.hostname': 'x.example',
      'mail.server.server7.directory-rel': one,
    };
    expect(foundBy(sharedDirectory, profileFromPrefs(healthyWith(unlisted)))).toEqual([]);
    const double = {
      [`${three}userName`]: 'alice@example.org',
      [`${three}port`]: 143,
      [`${three}directory-rel`]: one,
    };
    expect(foundBy(sharedDirectory, profileFromPrefs(healthyWith(bob, double)))).toEqual([]);
  });

  it('include Local Folders that only get their account at the next start', () => {
    const added = {
      'mail.accountmanager.accounts': 'account4,account1',
      [`${four}directory-rel`]: '[ProfD]Mail/Local Folders',
    };
    const facts = profileFromPrefs(healthyWith(carol, added), { files: localFolders });
    expect(onlyFinding(sharedDirectory, facts).finding.title).toBe(
      'Local Folders and carol@example.net keep their mail in the same folder',
    );
  });

  it('are told, not repaired, when user.js sets the folder', () => {
    const facts = profileFromPrefs(healthyWith(bob), {
      userJs: `user_pref("${three}directory-rel", "${one}");\n`,
    });
    expect(lineChanges(sharedDirectory, facts)).toBeNull();
    expect(onlyFinding(sharedDirectory, facts).finding.detail).toContain('user.js (line 1)');
  });
});
