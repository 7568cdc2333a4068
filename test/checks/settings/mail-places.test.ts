import { describe, expect, it } from 'vitest';
import { emptyMailFolder } from '../../../src/checks/leftovers/empty-mail-folder.ts';
import { accountHidden } from '../../../src/checks/settings/account-hidden.ts';
import { localFoldersTwice } from '../../../src/checks/settings/local-folders-twice.ts';
import { mailFolderAway } from '../../../src/checks/settings/mail-folder-away.ts';
import { mailFolderPlace } from '../../../src/checks/settings/mail-folder-place.ts';
import { storageKindMismatch } from '../../../src/checks/settings/storage-kind-mismatch.ts';
import { foundBy, gravity, lineChanges, onlyFinding, repaired } from '../../support/check-story.ts';
import { bob, carol, healthyWith } from '../../support/prefs-text.ts';
import { type ProfileOptions, profileFromPrefs, profilePath } from '../../support/profile-from-prefs.ts';

type Changes = Record<string, string | number | boolean | null>;

const with_ = (changes: Changes = {}, files: ProfileOptions['files'] = {}) =>
  profileFromPrefs(healthyWith(changes), { files });
const message = 'From - Mon Nov 23 2026\nSubject: x\n\nx\n';
const one = 'mail.server.server1.';
const two = 'mail.server.server2.';

describe('a hidden account', () => {
  it('is shown again', () => {
    const facts = with_({ [`${one}hidden`]: true });
    expect(gravity(accountHidden, facts)).toBe('warning safe');
    expect(lineChanges(accountHidden, facts)).toEqual([`${one}hidden: true -> null`]);
    repaired(accountHidden, facts);
  });

  it('is only mentioned when it is Local Folders', () => {
    const facts = with_({ [`${two}hidden`]: true });
    expect(gravity(accountHidden, facts)).toBe('info safe');
    expect(lineChanges(accountHidden, facts)).toBeNull();
  });

  it('is none: the unified folders, and what is shown', () => {
    const unified = {
      'mail.account.account3.server': 'server3',
      'mail.accountmanager.accounts': 'account1,account2,account3',
      'mail.server.server3.hidden': true,
      'mail.server.server3.hostname': 'smart mailboxes',
      'mail.server.server3.type': 'none',
      'mail.server.server3.userName': 'nobody',
    };
    expect(foundBy(accountHidden, with_({ ...unified, [`${one}hidden`]: false }))).toEqual([]);
  });
});

describe('the kind of storage', () => {
  const contract = `${two}storeContractID`;
  const [mbox, maildir] = ['berkeleystore', 'maildirstore'].map((kind) => `@mozilla.org/msgstore/${kind};1`);
  const asMaildir = { 'Mail/Local Folders/Inbox/cur/1': message, 'Mail/Local Folders/Inbox/tmp/': '' };
  const asMbox = { 'Mail/Local Folders/Inbox': message };

  it('is that of the folders on the disk', () => {
    const facts = with_({ [contract]: mbox ?? '' }, asMaildir);
    expect(gravity(storageKindMismatch, facts)).toBe('error safe');
    expect(lineChanges(storageKindMismatch, facts)).toEqual([`${contract}: "${mbox}" -> "${maildir}"`]);
    repaired(storageKindMismatch, facts);
    const other = with_({ [contract]: maildir ?? '' }, asMbox);
    expect(lineChanges(storageKindMismatch, other)).toEqual([`${contract}: "${maildir}" -> "${mbox}"`]);
    repaired(storageKindMismatch, other);
  });

  it('that the program does not have is replaced', () => {
    expect(lineChanges(storageKindMismatch, with_({ [contract]: '@x/store;1' }, asMbox))).toEqual([
      `${contract}: "@x/store;1" -> "${mbox}"`,
    ]);
  });

  it('of folders of both kinds is told', () => {
    const both = { ...asMaildir, 'Mail/Local Folders/Old': message };
    const facts = with_({ [contract]: mbox ?? '' }, both);
    expect(gravity(storageKindMismatch, facts)).toBe('warning safe');
    expect(lineChanges(storageKindMismatch, facts)).toBeNull();
  });

  it('is in order where it fits, or where no folder holds a message', () => {
    expect(foundBy(storageKindMismatch, with_({}, asMbox))).toEqual([]);
    expect(foundBy(storageKindMismatch, with_({ [contract]: maildir ?? '' }, asMaildir))).toEqual([]);
    expect(
      foundBy(storageKindMismatch, with_({ [contract]: maildir ?? '' }, { 'Mail/Local Folders/Inbox': '' })),
    ).toEqual([]);
  });
});

describe('two Local Folders', () => {
  const second = {
    'mail.account.account3.server': 'server3',
    'mail.accountmanager.accounts': 'account1,account2,account3',
    'mail.accountmanager.localfoldersserver': 'server3',
    'mail.server.server3.directory-rel': '[ProfD]Mail/Local Folders-1',
    'mail.server.server3.hostname': 'local2',
    'mail.server.server3.name': 'Local Folders',
    'mail.server.server3.type': 'none',
    'mail.server.server3.userName': 'nobody',
  };
  const files = { 'Mail/Local Folders/Inbox': message, 'Mail/Local Folders-1/Inbox': '' };

  it('of which the empty one is used: the one with the mail is', () => {
    const facts = with_(second, files);
    expect(gravity(localFoldersTwice, facts)).toBe('warning safe');
    expect(lineChanges(localFoldersTwice, facts)).toEqual([
      'mail.accountmanager.localfoldersserver: "server3" -> "server2"',
    ]);
    repaired(localFoldersTwice, facts);
  });

  it('are in order: the used one holds mail, or the other is an archive of its own name', () => {
    const used = { ...files, 'Mail/Local Folders-1/Inbox': message };
    expect(foundBy(localFoldersTwice, with_(second, used))).toEqual([]);
    const archive = {
      ...second,
      'mail.accountmanager.localfoldersserver': 'server2',
      'mail.server.server3.hostname': 'Archive',
      'mail.server.server3.directory-rel': '[ProfD]Mail/Archive',
    };
    expect(foundBy(localFoldersTwice, with_(archive, { 'Mail/Archive/2020': message }))).toEqual([]);
  });
});

describe('a mail folder that is not there', () => {
  const away = { [`${two}directory-rel`]: '[ProfD]../../../../mnt/disk/Mail' };

  it('is told, before the program makes an empty one', () => {
    const facts = with_(away);
    expect(gravity(mailFolderAway, facts)).toBe('error safe');
    expect(onlyFinding(mailFolderAway, facts).finding.detail).toContain('attach that');
    expect(lineChanges(mailFolderAway, facts)).toBeNull();
    const imap = with_({ [`${one}directory-rel`]: '[ProfD]../../../../mnt/disk/Imap' });
    expect(gravity(mailFolderAway, imap)).toBe('warning safe');
  });

  it('is one of another system', () => {
    const windows = { [`${two}directory-rel`]: null, [`${two}directory`]: 'D:\\Mail\\Local Folders' };
    const facts = with_(windows);
    expect(onlyFinding(mailFolderAway, facts).finding.title).toContain('D:\\Mail\\Local Folders');
  });

  it('is in order when it is there, or in the profile, where the program makes it', () => {
    expect(foundBy(mailFolderAway, with_(away, { '../../../../mnt/disk/Mail/Inbox': message }))).toEqual([]);
    expect(foundBy(mailFolderAway, with_({ [`${two}directory-rel`]: '[ProfD]Mail/New' }))).toEqual([]);
  });
});

describe('a mail folder where it does not belong', () => {
  const bobIn = (place: string): Changes => ({
    ...bob,
    'mail.server.server3.directory-rel': `[ProfD]${place}`,
  });

  it('lies in a subfolder of another account: IMAP gets one of its own', () => {
    const facts = with_(bobIn('ImapMail/imap.example.org/Work.sbd'));
    expect(gravity(mailFolderPlace, facts)).toBe('error safe, mail at risk');
    expect(lineChanges(mailFolderPlace, facts)).toEqual([
      'mail.server.server3.directory-rel: "[ProfD]ImapMail/imap.example.org/Work.sbd" -> "[ProfD]ImapMail/imap.example-1.org"',
    ]);
    repaired(mailFolderPlace, facts);
  });

  it('of a POP account there is told: its mail is in it', () => {
    const inside = { 'mail.server.server4.directory-rel': '[ProfD]ImapMail/imap.example.org/Work.sbd' };
    const files = { 'ImapMail/imap.example.org/Work.sbd/Inbox': message };
    const facts = profileFromPrefs(healthyWith(carol, inside), { files });
    expect(gravity(mailFolderPlace, facts)).toBe('error safe, mail at risk');
    expect(lineChanges(mailFolderPlace, facts)).toBeNull();
  });

  it('lies beside the folders of another, is the profile itself, or is around it', () => {
    expect(gravity(mailFolderPlace, with_(bobIn('ImapMail/imap.example.org/bob')))).toBe('warning safe');
    for (const at of [profilePath, '/home/alice']) {
      const facts = with_({ [`${two}directory-rel`]: null, [`${two}directory`]: at });
      expect(onlyFinding(mailFolderPlace, facts).finding.title).toContain('around the whole profile');
    }
  });

  it('is outside the profile, which works: mentioned', () => {
    const files = { '../../mail/Inbox': message };
    const facts = with_({ [`${two}directory-rel`]: '[ProfD]../../mail' }, files);
    expect(gravity(mailFolderPlace, facts)).toBe('info safe');
  });

  it('is in order side by side, and below Mail of another name', () => {
    expect(foundBy(mailFolderPlace, with_(bob))).toEqual([]);
    expect(foundBy(mailFolderPlace, with_(bobIn('ImapMail/imap.example.org-bob')))).toEqual([]);
  });
});

describe('an empty mail folder of nobody', () => {
  it('is moved aside when asked for', () => {
    const facts = with_({}, { 'ImapMail/imap.old.example/INBOX.msf': '' });
    expect(gravity(emptyMailFolder, facts)).toBe('info safe');
    expect(lineChanges(emptyMailFolder, facts)).toEqual([
      `move-aside ${profilePath}/ImapMail/imap.old.example`,
    ]);
    repaired(emptyMailFolder, facts);
  });

  it.each<[string, Record<string, string>]>([
    ['a message', { 'Mail/pop.old.example/Inbox': message }],
    ['a subfolder', { 'Mail/pop.old.example/Inbox.sbd/': '' }],
    ['a list of folders', { 'ImapMail/imap.old.example/Work.msf': '' }],
    ['a file of its owner', { 'Mail/pop.old.example/notes.sqlite/': '' }],
    [
      'filters',
      {
        'Mail/pop.old.example/msgFilterRules.dat':
          'name="x"\naction="Move to folder"\nactionValue="mailbox://a@b/c"\n',
      },
    ],
  ])('is none with %s', (_name, files) => {
    expect(foundBy(emptyMailFolder, with_({}, files))).toEqual([]);
  });

  it('goes with its server where the settings have one', () => {
    const { 'mail.accountmanager.accounts': _list, 'mail.account.account3.server': _link, ...leftover } = bob;
    const facts = with_(leftover, { 'ImapMail/imap.example-1.org/INBOX.msf': '' });
    expect(foundBy(emptyMailFolder, facts)).toEqual([]);
  });
});
