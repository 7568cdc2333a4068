import { describe, expect, it } from 'vitest';
import { accountUnlisted } from '../../../src/checks/profile/account-unlisted.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith, type PrefRecord } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const message = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';
const listed = { 'mail.accountmanager.accounts': 'account1,account2' };
const erased = { ...listed, 'mail.account.account3.server': null, 'mail.account.account3.identities': null };
const bobsMail = { 'ImapMail/imap.example-1.org/INBOX': message };
const facts = (changes: Record<string, PrefRecord[string] | null>, files: ProfileOptions['files'] = {}) =>
  profileFromPrefs(healthyWith(bob, changes), { files });

describe('an account that the list does not name', () => {
  it('goes back into the list when its own entry is there', () => {
    const lost = facts(listed);
    expect(gravity(accountUnlisted, lost)).toBe('error safe');
    expect(lineChanges(accountUnlisted, lost)).toEqual([
      'mail.accountmanager.accounts: "account1,account2" -> "account1,account2,account3"',
    ]);
    expect(repaired(accountUnlisted, lost).profile.accountList.dropped).toEqual([]);
  });

  it('gets a new entry, with its sender, when the program has deleted it', () => {
    const after = repaired(accountUnlisted, facts(erased, bobsMail));
    const account = after.profile.accountList.accounts.at(-1);
    expect(account?.key).toBe('account4');
    expect(account?.server.username).toBe('bob@example.org');
    expect(account?.identities.map(({ email }) => email)).toEqual(['bob@example.org']);
    expect(after.profile.accountList.lastKey).toBe(4);
  });

  it('takes no number that was ever handed out, so that nothing is inherited', () => {
    const after = repaired(accountUnlisted, facts({ ...erased, 'mail.account.lastKey': 8 }, bobsMail));
    expect(after.profile.accountList.items.at(-1)).toBe('account9');
  });

  it('tells how much mail there is, and that it is untouched', () => {
    expect(onlyFinding(accountUnlisted, facts(erased, bobsMail)).finding.detail).toMatch(
      /^The program does not show it, although it was a real account: its folder holds mail\. \d+ bytes of its mail are on the disk, untouched\.$/,
    );
  });
});

describe('what tells a lost account from a leftover', () => {
  const folder = 'ImapMail/imap.example-1.org';
  const signs: [string, ProfileOptions['files']][] = [
    ['a message', { [`${folder}/INBOX`]: message }],
    ['a folder of subfolders', { [`${folder}/Projects.sbd/`]: '' }],
    ['the index of a folder that only its owner can have made', { [`${folder}/Invoices.msf`]: '<mork>' }],
    [
      'a message in a folder of its name, where no setting leads',
      { 'ImapMail/imap.example-2.org/INBOX': message },
    ],
  ];

  it.each(signs)('%s in its folder', (what, files) => {
    const nowhere: Record<string, null> = what.includes('no setting')
      ? { 'mail.server.server3.directory-rel': null }
      : {};
    repaired(accountUnlisted, facts({ ...erased, ...nowhere }, files));
  });

  it('an older copy of the settings that lists it', () => {
    repaired(accountUnlisted, facts(erased, { 'prefs-1.js': healthyWith(bob) }));
  });

  it('a server whose type was lost is one when its mail is there, and only one type fits', () => {
    const gone = { 'mail.server.server4.type': null, 'mail.account.account4.server': null, ...listed };
    const lost = profileFromPrefs(healthyWith(carol, gone), {
      files: { 'Mail/pop.example.net/Inbox': message },
    });
    expect(lineChanges(accountUnlisted, lost)).toContain('mail.server.server4.type: null -> "pop3"');
    repaired(accountUnlisted, lost);
    expect(foundBy(accountUnlisted, profileFromPrefs(healthyWith(carol, gone)))).toEqual([]);
  });

  it.each([
    ['nothing', {}],
    [
      'an empty Inbox and its index',
      { [`${folder}/INBOX`]: '', [`${folder}/INBOX.msf`]: '<mork>', [`${folder}/Trash.msf`]: '<mork>' },
    ],
    ['filters', { [`${folder}/msgFilterRules.dat`]: 'version="9"\n' }],
  ])('%s in its folder makes it a leftover', (_what, files) => {
    expect(foundBy(accountUnlisted, facts(erased, files))).toEqual([]);
  });
});

describe('a server name that the program has replaced, and then dropped the account', () => {
  const replaced = {
    ...erased,
    'mail.server.server3.hostname': 'server3.invalid',
    'mail.server.server3.directory-rel': '[ProfD]ImapMail/server3.invalid',
  };

  it('comes back from the folders of the sender, with the folder that held the mail', () => {
    const lost = facts(replaced, { 'ImapMail/imap.example.org/INBOX': '', ...bobsMail });
    expect(lineChanges(accountUnlisted, lost)).toContain(
      'mail.server.server3.hostname: "server3.invalid" -> "imap.example.org"',
    );
    expect(repaired(accountUnlisted, lost).profile.accountList.dropped).toEqual([]);
  });

  it('is no leftover either when nobody can tell what it was', () => {
    const unknown = facts({ ...replaced, 'mail.identity.id2.fcc_folder': null });
    expect(gravity(accountUnlisted, unknown)).toBe('warning safe');
    expect(lineChanges(accountUnlisted, unknown)).toBeNull();
    expect(onlyFinding(accountUnlisted, unknown).finding.detail).toContain('Set the account up again');
  });
});

describe('an account that the program would not take', () => {
  it('for it has another one for the same mailbox', () => {
    const twin = facts({ ...erased, 'mail.server.server3.userName': 'alice@example.org' }, bobsMail);
    expect(gravity(accountUnlisted, twin)).toBe('warning safe');
    expect(lineChanges(accountUnlisted, twin)).toBeNull();
    expect(onlyFinding(accountUnlisted, twin).finding.detail).toContain(
      'copy the files of that folder into the folder of Local Folders',
    );
  });

  it('for its type is that of an add-on', () => {
    const owl = facts({ ...listed, 'mail.server.server3.type': 'owl' });
    expect(lineChanges(accountUnlisted, owl)).toBeNull();
    expect(onlyFinding(accountUnlisted, owl).finding.detail).toContain('Install the add-on again');
  });

  it('for its folder is on a disk that is not there', () => {
    const away = {
      ...erased,
      'mail.server.server3.directory-rel': null,
      'mail.server.server3.directory': '/media/disk/Mail/bob',
    };
    expect(lineChanges(accountUnlisted, facts(away))).toBeNull();
    expect(onlyFinding(accountUnlisted, facts(away)).finding.detail).toContain('attach that and look again');
  });

  it('for the name would make it crash: the name is put right with it', () => {
    const crashing = facts({ ...listed, 'mail.server.server3.hostname': 'imap.example.org:993' });
    expect(lineChanges(accountUnlisted, crashing)).toContain(
      'mail.server.server3.hostname: "imap.example.org:993" -> "imap.example.org"',
    );
    repaired(accountUnlisted, crashing);
  });
});

describe('left to other checks', () => {
  it('an account whose key has a blank before it in the list', () => {
    const spaced = { 'mail.accountmanager.accounts': 'account1,account2, account3' };
    expect(foundBy(accountUnlisted, facts(spaced))).toEqual([]);
  });

  it('a server that a listed account has lost', () => {
    const unlinked = { 'mail.account.account3.server': null };
    expect(foundBy(accountUnlisted, facts(unlinked, bobsMail))).toEqual([]);
  });

  it('all of them, while the list is gone or prefs.js is damaged', () => {
    expect(foundBy(accountUnlisted, facts({ 'mail.accountmanager.accounts': null }))).toEqual([]);
    const damaged = `${healthyWith(bob, listed)}user_pref("x`;
    expect(foundBy(accountUnlisted, profileFromPrefs(damaged, { files: bobsMail }))).toEqual([]);
  });

  it('a second Local Folders without mail', () => {
    const second = {
      'mail.server.server5.type': 'none',
      'mail.server.server5.hostname': 'Local Folders',
      'mail.server.server5.userName': 'nobody',
      'mail.account.account5.server': 'server5',
    };
    expect(foundBy(accountUnlisted, profileFromPrefs(healthyWith(second)))).toEqual([]);
  });
});
