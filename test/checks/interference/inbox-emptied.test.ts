import { describe, expect, it } from 'vitest';
import { inboxEmptied } from '../../../src/checks/interference/inbox-emptied.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { type ProfileOptions, profileFromPrefs } from '../../support/profile-from-prefs.ts';

const prefs = (extra = ''): string =>
  [
    'user_pref("mail.accountmanager.accounts", "account1,account2");',
    'user_pref("mail.accountmanager.localfoldersserver", "server2");',
    'user_pref("mail.account.account1.server", "server1");',
    'user_pref("mail.account.account1.identities", "id1");',
    'user_pref("mail.identity.id1.useremail", "alice@example.org");',
    'user_pref("mail.server.server1.type", "pop3");',
    'user_pref("mail.server.server1.hostname", "pop.example.org");',
    'user_pref("mail.server.server1.userName", "alice");',
    'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/pop.example.org");',
    'user_pref("mail.account.account2.server", "server2");',
    'user_pref("mail.server.server2.type", "none");',
    'user_pref("mail.server.server2.hostname", "Local Folders");',
    'user_pref("mail.server.server2.userName", "nobody");',
    'user_pref("mail.server.server2.directory-rel", "[ProfD]Mail/Local Folders");',
    extra,
  ].join('\n');

/** An index that counts so many messages. */
const index = (hex: string): string =>
  `// <!-- <mdb:mork:z v="1.4"/> -->\n< <(a=c)> (A1=numMsgs)>\n[1:^9F(^A1=${hex})]\n`;

const cache = (place: string, totalMsgs: number): string =>
  JSON.stringify({ [`/old/place/${place}.msf`]: { totalMsgs, folderSize: 52_000 } });

const pop = 'Mail/pop.example.org/Inbox';
const facts = (files: ProfileOptions['files'], extra?: string) =>
  profileFromPrefs(prefs(extra), {
    files: { 'Mail/pop.example.org/': '', 'Mail/Local Folders/': '', ...files },
  });
const found = (files: ProfileOptions['files'], extra?: string): string[] =>
  foundBy(inboxEmptied, facts(files, extra)).map(({ finding }) => finding.subject.id);

describe('an Inbox that something emptied', () => {
  it('is found by its index, with what may still hold the mail', () => {
    const profile = facts({
      [pop]: '',
      [`${pop}.msf`]: index('11'),
      'Mail/pop.example.org/#PB#Inbox': 'From - \n',
      'Mail/pop.example.org/nstmp': 'From - \nSubject: x\n',
      'Mail/pop.example.org/nstmp.msf': index('1'),
      'Mail/pop.example.org/Sent': 'From - \n',
    });
    const { finding, problem } = onlyFinding(inboxEmptied, profile);
    expect(finding.title).toBe('The Inbox of alice@example.org is empty, and 17 messages should be in it');
    expect(finding.detail).toContain(
      'Mail/pop.example.org/nstmp (19 bytes), Mail/pop.example.org/#PB#Inbox (8 bytes).',
    );
    expect(finding.detail).not.toContain('Sent');
    expect(finding.detail).toContain('do not start Thunderbird while the antivirus program watches');
    expect(problem.accounts).toEqual(['account1']);
    expect(gravity(inboxEmptied, profile)).toBe('error loses, mail at risk');
  });

  it('is found when the file itself is gone, also by what folderCache.json of another place says', () => {
    const profile = facts({ 'folderCache.json': cache(pop, 1) });
    expect(onlyFinding(inboxEmptied, profile).finding.title).toBe(
      'The Inbox of alice@example.org is gone, and 1 message should be in it',
    );
    expect(onlyFinding(inboxEmptied, profile).finding.detail).toContain('1 message (52 KB)');
    expect(onlyFinding(inboxEmptied, profile).finding.detail).toContain('No copy of it lies beside it.');
  });

  it('is found in Local Folders, and a compaction that broke off is named', () => {
    const profile = facts({
      'Mail/Local Folders/Inbox.msf': index('3'),
      'Mail/Local Folders/.compact-temp/Inbox.original': 'From - \n',
    });
    expect(onlyFinding(inboxEmptied, profile).finding.evidence.map(({ file }) => file)).toEqual([
      'Mail/Local Folders/Inbox',
      'Mail/Local Folders/Inbox.msf',
      'Mail/Local Folders/.compact-temp/Inbox.original',
    ]);
  });

  it('points to the server where the settings leave mail there', () => {
    const leaves = 'user_pref("mail.server.server1.leave_on_server", true);';
    const files = { [pop]: '', [`${pop}.msf`]: index('2') };
    expect(onlyFinding(inboxEmptied, facts(files, leaves)).finding.detail).toContain(
      'web page of your mail provider',
    );
    expect(onlyFinding(inboxEmptied, facts(files)).finding.detail).not.toContain('provider');
  });
});

describe('it is quiet about', () => {
  it.each<[string, ProfileOptions['files']]>([
    ['an Inbox with mail', { [pop]: 'From - \n', [`${pop}.msf`]: index('11') }],
    ['an Inbox that the program itself knows to be empty', { [pop]: '', [`${pop}.msf`]: index('0') }],
    [
      'an Inbox emptied since folderCache.json was written',
      { [pop]: '', [`${pop}.msf`]: index('0'), 'folderCache.json': cache(pop, 9) },
    ],
    ['a new account', { [pop]: '' }],
    ['an emptied Trash', { 'Mail/pop.example.org/Trash': '', 'Mail/pop.example.org/Trash.msf': index('5') }],
    [
      'notes of another folder of that name',
      { 'folderCache.json': cache('Mail/other.example.org/Inbox', 5) },
    ],
    [
      'an index and a cache that cannot be understood',
      { [pop]: '', [`${pop}.msf`]: 'x', 'folderCache.json': '{"a' },
    ],
  ])('%s', (_, files) => expect(found(files)).toEqual([]));

  it('IMAP, whose mail is on the server', () => {
    const imap = 'user_pref("mail.server.server1.type", "imap");';
    expect(found({ [pop]: '', [`${pop}.msf`]: index('9') }, imap)).toEqual([]);
  });

  it('maildir, which keeps each message in its own file', () => {
    const maildir =
      'user_pref("mail.server.server1.storeContractID", "@mozilla.org/msgstore/maildirstore;1");';
    expect(found({ [`${pop}.msf`]: index('9') }, maildir)).toEqual([]);
  });

  it('a folder that is not there at all: other checks look for it', () => {
    const away = `user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/away");`;
    expect(found({ 'folderCache.json': cache('Mail/away/Inbox', 5) }, away)).toEqual([]);
  });
});
