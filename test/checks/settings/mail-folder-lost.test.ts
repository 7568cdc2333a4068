import { describe, expect, it } from 'vitest';
import { mailFolderLost } from '../../../src/checks/settings/mail-folder-lost.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { carol, healthyWith } from '../../support/prefs-text.ts';
import { profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const one = 'mail.server.server1.';
const message = 'From - Mon Nov 23 2026\nSubject: x\nFrom: a@example.org\n\nx\n';
/** As a copy from a Windows machine brings them. */
const fromWindows = {
  [`${one}directory`]: 'C:\\Users\\alice\\Thunderbird\\Profiles\\x\\ImapMail\\imap.example.org',
  [`${one}directory-rel`]: null,
};
/** As after a start that could not use the folder. */
const numbered = { [`${one}directory-rel`]: '[ProfD]ImapMail/imap.example-1.org' };
const filters =
  'version="9"\nname="x"\nenabled="yes"\naction="Move to folder"\nactionValue="imap://alice%40example.org@imap.example.org/Work"\ncondition="ALL"\n';
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

  it('is only mentioned once it was opened: the old folder may be that of a removed account', () => {
    const files = { ...inbox, 'ImapMail/imap.example-1.org/INBOX.msf': '' };
    const facts = profileFromPrefs(healthyWith(numbered), { files });
    expect(gravity(mailFolderLost, facts)).toBe('info safe');
    expect(lineChanges(mailFolderLost, facts)).toBeNull();
    expect(onlyFinding(mailFolderLost, facts).finding.detail).toContain('only you can tell');
  });

  it('is certain by its filters, which name the account', () => {
    const files = {
      ...inbox,
      'ImapMail/imap.example-1.org/INBOX.msf': '',
      'ImapMail/imap.example.org/msgFilterRules.dat': filters,
    };
    const facts = profileFromPrefs(healthyWith(numbered), { files });
    expect(gravity(mailFolderLost, facts)).toBe('error safe');
    repaired(mailFolderLost, facts);
  });

  it('is certain for POP by whose mail was fetched; what came since goes out of sight only when asked for', () => {
    const files = {
      'Mail/pop.example.net/Inbox': message.repeat(40),
      'Mail/pop.example.net/popstate.dat': '# POP3 State File\n*pop.example.net carol\nk 17 1700000000\n',
      'Mail/pop.example-1.net/Inbox': message,
    };
    const moved = { 'mail.server.server4.directory-rel': '[ProfD]Mail/pop.example-1.net' };
    const facts = profileFromPrefs(healthyWith(carol, moved), { files });
    expect(gravity(mailFolderLost, facts)).toBe('error safe');
    const { finding } = onlyFinding(mailFolderLost, facts);
    expect(finding.repair?.risk).toBe('mail');
    expect(finding.detail).toContain('stays in the new folder');
  });

  it('is none where the new folder holds mail of its own, or the numbered one is the unused one', () => {
    const used = { 'ImapMail/imap.example.org/INBOX': message, 'ImapMail/imap.example-1.org/INBOX': message };
    expect(foundBy(mailFolderLost, profileFromPrefs(healthyWith(numbered), { files: used }))).toEqual([]);
    const other = { ...inbox, 'ImapMail/imap.example-1.org/INBOX': message.repeat(40) };
    expect(foundBy(mailFolderLost, profileFromPrefs(healthyWith(), { files: other }))).toEqual([]);
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
