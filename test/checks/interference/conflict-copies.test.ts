import { describe, expect, it } from 'vitest';
import { conflictCopies } from '../../../src/checks/interference/conflict-copies.ts';
import { foundBy, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { type ProfileOptions, profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

const prefs = (type: string): string =>
  [
    'user_pref("mail.accountmanager.accounts", "account1");',
    'user_pref("mail.account.account1.server", "server1");',
    'user_pref("mail.account.account1.identities", "id1");',
    'user_pref("mail.identity.id1.useremail", "alice@example.org");',
    `user_pref("mail.server.server1.type", "${type}");`,
    'user_pref("mail.server.server1.hostname", "mail.example.org");',
    'user_pref("mail.server.server1.userName", "alice");',
    'user_pref("mail.server.server1.directory-rel", "[ProfD]Mail/mail.example.org");',
    'user_pref("ldap_2.servers.Friends.filename", "abook-PRIVAT.sqlite");',
    'user_pref("ldap_2.servers.Friends.dirType", 101);',
  ].join('\n');

const mail = 'Mail/mail.example.org';
const facts = (files: ProfileOptions['files'], type = 'pop3') => profileFromPrefs(prefs(type), { files });
const found = (files: ProfileOptions['files'], type?: string): string[] =>
  foundBy(conflictCopies, facts(files, type)).map(({ finding }) => finding.subject.id);

// A file that stands first here is the older one.
describe('a second version of a profile file', () => {
  it('that is older and no larger is moved aside when asked for', () => {
    const profile = facts({
      'cert9 (1).db': 'old',
      'cert9.db': 'new',
      'user.sync-conflict-20261123-101500-K7QX3LM.js': '',
    });
    const { finding } = onlyFinding(conflictCopies, profile);
    expect(finding.severity).toBe('info');
    expect(finding.title).toBe(
      '2 second versions of profile files, made by a sync program, lie in the profile',
    );
    expect(lineChanges(conflictCopies, profile)).toEqual([
      `move-aside ${profilePath}/cert9 (1).db`,
      `move-aside ${profilePath}/user.sync-conflict-20261123-101500-K7QX3LM.js`,
    ]);
    expect(foundBy(conflictCopies, repaired(conflictCopies, profile))).toEqual([]);
  });

  it('is repaired as a matter of passwords where it holds some', () => {
    const profile = facts({ 'logins (1).json': '{}', 'logins.json': '{}' });
    const { problem } = onlyFinding(conflictCopies, profile);
    expect(conflictCopies.repair?.(problem, profile)?.risk).toBe('passwords');
  });

  it('that is far larger, or all there is, is named and left', () => {
    const larger = facts({
      'prefs (conflicted copy 2026-11-23).js': `${prefs('pop3')}\n${'//\n'.repeat(2000)}`,
    });
    expect(onlyFinding(conflictCopies, larger).finding.title).toBe(
      'prefs (conflicted copy 2026-11-23).js may hold more than prefs.js, which Thunderbird uses',
    );
    expect(lineChanges(conflictCopies, larger)).toBeNull();
    const alone = facts({ 'key4.sync-conflict-20261123-101500-K7QX3LM.db': 'x' });
    expect(onlyFinding(conflictCopies, alone).finding.detail).toContain('key4.db itself is gone.');
  });

  it('of a cache is harmless even when it is all there is', () => {
    expect(
      onlyFinding(conflictCopies, facts({ 'session (conflicted copy).json': 'x' })).finding.severity,
    ).toBe('info');
  });
});

describe('a second version among the mail', () => {
  it('is named as the folder that it shows up as, and left', () => {
    const profile = facts({ [`${mail}/Inbox-DESKTOP-4K2PQ7R`]: 'From - \n', [`${mail}/Inbox`]: 'From - \n' });
    const { finding, problem } = onlyFinding(conflictCopies, profile);
    expect(finding.title).toBe(
      'A second version of Inbox of alice@example.org shows up as a folder: Inbox-DESKTOP-4K2PQ7R',
    );
    expect(finding.repair).toBeUndefined();
    expect(problem.accounts).toEqual(['account1']);
  });

  it('is found in folders below, and of the small files beside the mail', () => {
    expect(
      found({
        [`${mail}/Archives.sbd/2025 (Bob's conflicted copy 2026-11-23)`]: 'From - \n',
        [`${mail}/popstate (1).dat`]: '',
        [`${mail}/popstate.dat`]: '',
      }),
    ).toEqual([`${mail}/Archives.sbd/2025 (Bob's conflicted copy 2026-11-23)`, `${mail}/popstate (1).dat`]);
  });

  it('is an index alone with IMAP, and passed over elsewhere', () => {
    const files = { [`${mail}/INBOX (1).msf`]: '', [`${mail}/INBOX.msf`]: '' };
    expect(found(files, 'imap')).toEqual([`${mail}/INBOX (1).msf`]);
    expect(found(files)).toEqual([]);
  });
});

describe('it is quiet about', () => {
  it.each<[string, ProfileOptions['files']]>([
    ['what the program numbers itself', { 'prefs-1.js': '', 'abook-1.sqlite': '', 'abook.sqlite': '' }],
    ['a file that the settings name', { 'abook-PRIVAT.sqlite': '', 'abook.sqlite': '' }],
    ['a name in brackets without a file of the program', { 'Notes (1).txt': '' }],
    ['folders that an owner names so', { [`${mail}/Projects (1)`]: '', [`${mail}/Projects`]: '' }],
    ['an archive in capitals', { [`${mail}/Sent-ALT`]: '', [`${mail}/Sent`]: '' }],
    ['a folder that the program numbered', { [`${mail}/Inbox-1`]: '', [`${mail}/Inbox`]: '' }],
  ])('%s', (_, files) => expect(found(files)).toEqual([]));
});
