import { describe, expect, it } from 'vitest';
import { mailFolderLost } from '../../../src/checks/settings/mail-folder-lost.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const one = 'mail.server.server1.';
const message = 'From - Mon Nov 23 2026\nSubject: x\nFrom: a@example.org\n\nx\n';
/** As a copy from a Windows machine brings them. */
const fromWindows = {
  [`${one}directory`]: 'C:\\Users\\alice\\Thunderbird\\Profiles\\x\\ImapMail\\imap.example.org',
  [`${one}directory-rel`]: null,
};
const inbox = { 'ImapMail/imap.example.org/INBOX': message, 'ImapMail/imap.example.org/INBOX.msf': '' };

describe('an account that does not find its mail folder', () => {
  it('is pointed to the folder named after its server', () => {
    const facts = profileFromPrefs(healthyWith(fromWindows), { files: inbox });
    expect(gravity(mailFolderLost, facts)).toBe('error safe');
    expect(onlyFinding(mailFolderLost, facts).finding.title).toBe(
      'alice@example.org does not find its mail folder',
    );
    expect(lineChanges(mailFolderLost, facts)).toContain(
      `${one}directory-rel: null -> "[ProfD]ImapMail/imap.example.org"`,
    );
    const { serverMail } = repaired(mailFolderLost, facts).profile;
    expect(serverMail.get('server1')?.directory.path).toBe(`${profilePath}/ImapMail/imap.example.org`);
    expect(serverMail.get('server1')?.mail.holdsMessages).toBe(true);
  });

  it('is not one that was opened: it has indexes where its settings lead', () => {
    const files = { ...inbox, 'ImapMail/imap.example-1.org/INBOX.msf': '' };
    const facts = profileFromPrefs(
      healthyWith({ [`${one}directory-rel`]: '[ProfD]ImapMail/imap.example-1.org' }),
      { files },
    );
    expect(foundBy(mailFolderLost, facts)).toEqual([]);
  });

  it('is left alone when two folders come into question, or the folder is empty', () => {
    const two = { ...inbox, 'ImapMail/imap.example-1.org/INBOX': message };
    expect(foundBy(mailFolderLost, profileFromPrefs(healthyWith(fromWindows), { files: two }))).toEqual([]);
    const empty = { 'ImapMail/imap.example.org/INBOX': '' };
    expect(foundBy(mailFolderLost, profileFromPrefs(healthyWith(fromWindows), { files: empty }))).toEqual([]);
  });

  it('is left alone when its folder is where it should be', () => {
    expect(foundBy(mailFolderLost, profileFromPrefs(healthyWith({}), { files: inbox }))).toEqual([]);
  });
});
