import { describe, expect, it } from 'vitest';
import { prefsEmpty } from '../../../src/checks/profile/prefs-empty.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, healthyWith } from '../../support/prefs-text.ts';
import { fileOf, type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const message = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';
const mail = { 'ImapMail/imap.example.org/INBOX': message, 'Mail/Local Folders/Inbox': message };
const withMail = (text: string, files: ProfileOptions['files'] = {}) =>
  profileFromPrefs(text, { files: { ...mail, ...files } });

describe('an empty prefs.js beside mail', () => {
  it.each([
    ['no byte', ''],
    ['blanks', '\n \n'],
    ['zero bytes', '\0'.repeat(2048)],
  ])('%s: the program must not be started', (_what, text) => {
    const facts = withMail(text);
    expect(gravity(prefsEmpty, facts)).toBe('error loses');
    expect(lineChanges(prefsEmpty, facts)).toBeNull();
    expect(onlyFinding(prefsEmpty, facts).finding.detail).toContain('look for one in your backups');
  });

  it('gets the complete copy back, byte for byte', () => {
    const facts = withMail('', { 'prefs-1.js': healthyWith(bob) });
    const after = repaired(prefsEmpty, facts);
    expect(fileOf(after, 'prefs.js')).toBe(healthyWith(bob));
  });

  it('takes no copy without accounts, and no half-saved one while there is a whole one', () => {
    const facts = withMail('', {
      'prefs-1.js': 'user_pref("a.b", 1);\n',
      'prefs-2.js': healthyWith(bob).slice(0, -300),
      'prefs.js.bak': healthyWith(),
    });
    expect(onlyFinding(prefsEmpty, facts).finding.repair?.title).toBe('Put prefs.js.bak back as prefs.js');
  });

  it('takes a half-saved one for want of a better', () => {
    const facts = withMail('', { 'prefs-2.js': healthyWith().slice(0, -30) });
    expect(onlyFinding(prefsEmpty, facts).finding.detail).toContain('breaks off before its end');
    const after = repaired(prefsEmpty, facts);
    expect(after.profile.accountList.accounts.map(({ key }) => key)).toEqual(['account1', 'account2']);
    expect(after.profile.prefsText?.parsed.problems).toEqual([]);
  });

  it('is told also without mail, when a copy has accounts', () => {
    const facts = profileFromPrefs('', { files: { 'prefs-1.js': healthyWith() } });
    expect(onlyFinding(prefsEmpty, facts).finding.detail).not.toContain('of mail lie');
    repaired(prefsEmpty, facts);
  });
});

describe('a prefs.js without any account beside mail', () => {
  const fresh = 'user_pref("mail.ui-rdf.version", 61);\nuser_pref("toolkit.startup.last_success", 1);\n';

  it('is what the program writes after it was started with an empty one', () => {
    const facts = withMail(fresh);
    expect(gravity(prefsEmpty, facts)).toBe('error safe');
    expect(onlyFinding(prefsEmpty, facts).finding.title).toContain('knows no account any more');
    expect(onlyFinding(prefsEmpty, facts).finding.detail).toContain('set the accounts up anew');
  });

  it('gets an older copy back', () => {
    const after = repaired(prefsEmpty, withMail(fresh, { 'prefs-1.js': healthyWith() }));
    expect(after.profile.accountList.accounts).toHaveLength(2);
  });
});

describe('no settings and no mail', () => {
  it.each([
    ['an empty prefs.js', ''],
    ['a new profile', 'user_pref("mail.ui-rdf.version", 61);\n'],
  ])('%s is a new profile, not a loss', (_what, text) => {
    expect(foundBy(prefsEmpty, profileFromPrefs(text))).toEqual([]);
  });

  it('empty folders of mail are none', () => {
    const files = { 'Mail/Local Folders/Inbox': '', 'ImapMail/imap.example.org/': '' };
    expect(foundBy(prefsEmpty, profileFromPrefs('', { files }))).toEqual([]);
  });

  it('accounts that were removed in the program leave their outgoing server: that is no loss', () => {
    const facts = withMail(
      'user_pref("mail.smtpservers", "smtp1");\nuser_pref("mail.smtpserver.smtp1.hostname", "smtp.example.org");\n',
    );
    expect(foundBy(prefsEmpty, facts)).toEqual([]);
  });
});
