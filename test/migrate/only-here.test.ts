/**
 * Mail that may be nowhere else than in a diagnostic profile: it must not be moved aside.
 */

import { describe, expect, it } from 'vitest';
import { mailOnlyHere, type OnlyHere } from '../../src/migrate/only-here.ts';
import { storedMessages } from '../../src/migrate/stored-messages.ts';
import { readProfile } from '../../src/profile/read-profile.ts';
import { type Recorded, type RecordedOptions, recordedTree } from '../profile/support/recorded-tree.ts';

const home = '/home/alice';
const profile = `${home}/.thunderbird/abcd.diagnostic`;
const popFolder = `${profile}/Mail/pop.example.org`;

const settings = (more: Record<string, unknown> = {}): string =>
  Object.entries({
    'mail.account.account1.server': 'server1',
    'mail.account.account2.server': 'server2',
    'mail.account.account3.server': 'server3',
    'mail.accountmanager.accounts': 'account1,account2,account3',
    'mail.server.server1.type': 'pop3',
    'mail.server.server1.hostname': 'pop.example.org',
    'mail.server.server1.userName': 'alice',
    'mail.server.server1.name': 'Alice',
    'mail.server.server1.leave_on_server': true,
    'mail.server.server1.directory-rel': '[ProfD]Mail/pop.example.org',
    'mail.server.server2.type': 'none',
    'mail.server.server2.hostname': 'Local Folders',
    'mail.server.server2.userName': 'nobody',
    'mail.server.server2.name': 'Local Folders',
    'mail.server.server2.directory-rel': '[ProfD]Mail/Local Folders',
    'mail.server.server3.type': 'imap',
    'mail.server.server3.hostname': 'imap.example.org',
    'mail.server.server3.userName': 'alice',
    'mail.server.server3.directory-rel': '[ProfD]ImapMail/imap.example.org',
    ...more,
  })
    .map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`)
    .join('');

function look(tree: Recorded, more: Record<string, unknown> = {}, options: RecordedOptions = {}): OnlyHere[] {
  const fs = recordedTree('linux', { [`${profile}/prefs.js`]: settings(more), ...tree }, options);
  return mailOnlyHere(fs, readProfile(fs, { path: profile, name: null, program: 'thunderbird', home }));
}

const message = (headers: string, body = 'Hello'): string =>
  `From - Mon Nov 23 20:18:57 2026\r\n${headers}From: bob@example.net\r\nSubject: x\r\n\r\n${body}\r\n\r\n`;
const fetched = (uidl: string, status = '0000'): string =>
  message(`X-Account-Key: account1\r\nX-UIDL: ${uidl}\r\nX-Mozilla-Status: ${status}\r\n`);
const popState = (...lines: string[]): string =>
  `# POP3 State File\n\n*pop.example.org alice\n${lines.map((line) => `${line}\n`).join('')}`;

describe('mail that is nowhere else', () => {
  it('is none in a profile that was only started', () => {
    expect(
      look({ [`${popFolder}/Inbox`]: '', [`${profile}/Mail/Local Folders/Unsent Messages`]: '' }),
    ).toEqual([]);
  });

  it.each(['Inbox', 'Sent', 'Drafts', 'Unsent Messages', 'Archives'])(
    'is whatever lies in Local Folders: %s',
    (name) => {
      expect(look({ [`${profile}/Mail/Local Folders/${name}`]: message('') + message('') })).toEqual([
        { folder: `Local Folders/${name}`, messages: 2 },
      ]);
    },
  );

  it('is a copy of what was sent from a POP account, and what lies in its subfolders', () => {
    expect(
      look({ [`${popFolder}/Sent`]: message(''), [`${popFolder}/Inbox.sbd/Work`]: message('') }),
    ).toEqual([
      { folder: 'Alice/Inbox/Work', messages: 1 },
      { folder: 'Alice/Sent', messages: 1 },
    ]);
  });

  it('is not what a POP server still has: popstate.dat says so', () => {
    const tree = {
      [`${popFolder}/Inbox`]: fetched('uidl-1') + fetched('uidl-2'),
      [`${popFolder}/popstate.dat`]: popState('k uidl-1 1795465137', 'k uidl-2 1795465137'),
    };
    expect(look(tree)).toEqual([]);
    expect(look({ ...tree, [`${popFolder}/Junk`]: fetched('uidl-2') })).toEqual([]);
  });

  it.each([
    ['it is not in popstate.dat', popState('k other 1795465137')],
    ['it is to be deleted there', popState('d uidl-1 1795465137')],
    ['there is no popstate.dat', null],
  ])('is POP mail of which %s', (_what, state) => {
    const found = look({
      [`${popFolder}/Inbox`]: fetched('uidl-1'),
      ...(state === null ? {} : { [`${popFolder}/popstate.dat`]: state }),
    });
    expect(found).toEqual([{ folder: 'Alice/Inbox', messages: 1 }]);
  });

  it('is one message more than the server keeps, whatever else it keeps', () => {
    const found = look({
      [`${popFolder}/Inbox`]: fetched('uidl-1') + message(''),
      [`${popFolder}/popstate.dat`]: popState('k uidl-1 1', 'k uidl-2 1', 'k uidl-3 1'),
    });
    expect(found).toEqual([{ folder: 'Alice/Inbox', messages: 1 }]);
  });

  it('is all POP mail when the owner has set the account to empty the server', () => {
    const found = look(
      { [`${popFolder}/Inbox`]: fetched('uidl-1'), [`${popFolder}/popstate.dat`]: popState('k uidl-1 1') },
      { 'mail.server.server1.leave_on_server': false },
    );
    expect(found).toEqual([{ folder: 'Alice/Inbox', messages: 1 }]);
  });

  it('is not what was deleted or moved away, nor what is in the trash', () => {
    expect(
      look({ [`${popFolder}/Inbox`]: fetched('gone', '0009'), [`${popFolder}/Trash`]: message('') }),
    ).toEqual([]);
  });

  it('is not what lies on an IMAP server', () => {
    expect(look({ [`${profile}/ImapMail/imap.example.org/INBOX`]: message('') })).toEqual([]);
  });

  it('is what an account left that was taken out of the profile, or all of them', () => {
    expect(look({ [`${profile}/Mail/pop.removed.example/Inbox`]: fetched('uidl-1') })).toEqual([
      { folder: 'pop.removed.example/Inbox', messages: 1 },
    ]);
    const withoutSettings = look({ [`${profile}/prefs.js`]: '', [`${popFolder}/Inbox`]: fetched('uidl-1') });
    expect(withoutSettings).toEqual([{ folder: 'pop.example.org/Inbox', messages: 1 }]);
  });

  it('is not what lies outside of the profile: it stays where it is', () => {
    expect(
      look(
        { [`${home}/Mail/Inbox`]: message('') },
        { 'mail.server.server1.directory-rel': '[ProfD]../../Mail' },
      ),
    ).toEqual([]);
  });

  it('is counted in maildir, too', () => {
    const cur = `${popFolder}/Inbox/cur`;
    const maildir = { 'mail.server.server1.storeContractID': '@mozilla.org/msgstore/maildirstore;1' };
    const tree = {
      [`${cur}/1.eml`]: 'X-UIDL: uidl-1\r\n\r\nHello\r\n',
      [`${cur}/2.eml`]: 'Subject: mine\r\n\r\nHello\r\n',
      [`${popFolder}/popstate.dat`]: popState('k uidl-1 1'),
    };
    expect(look(tree, maildir)).toEqual([{ folder: 'Alice/Inbox', messages: 1 }]);
  });

  it('is what cannot be read', () => {
    const inbox = `${popFolder}/Inbox`;
    expect(look({ [inbox]: fetched('x') }, {}, { locked: [inbox] })).toEqual([
      { folder: 'Alice/Inbox', messages: null },
    ]);
    expect(
      look({ [inbox]: '' }, {}, { locked: [`${profile}/Mail/Local Folders`, popFolder] }),
    ).toContainEqual({
      folder: 'Alice',
      messages: null,
    });
  });
});

describe('the messages of an mbox', () => {
  const read = (text: string) => {
    const fs = recordedTree('linux', { '/Inbox': text });
    return [...storedMessages(fs, { file: '/Inbox', storage: 'mbox' })];
  };

  it('are as many as there are lines that begin one, also beyond a window of reading', () => {
    const filler = `${'x'.repeat(998)}\r\n`.repeat(1400);
    const texts = Array.from({ length: 7 }, (_, i) => message(`X-UIDL: ${i}\r\n`, filler));
    expect(read(texts.join('')).map(({ uidl }) => uidl)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
  });

  it('are found where a window begins exactly with one', () => {
    const window = 4 * 1024 * 1024;
    const first = message('X-UIDL: a\r\n', '');
    for (const shift of [-1, 0, 1, 4, 5]) {
      const padding = 'x'.repeat(window + shift - first.length - 1);
      const text = `${first}${padding}\n${message('X-UIDL: b\r\n')}`;
      expect(read(text).map(({ uidl }) => uidl)).toEqual(['a', 'b']);
    }
  });

  it('are read with either line end, and only by their headers', () => {
    const text = message('', 'X-UIDL: body\r\n>From me').replaceAll('\r\n', '\n') + message('X-UIDL: 2\r\n');
    expect(read(text)).toEqual([
      { uidl: null, expunged: false },
      { uidl: '2', expunged: false },
    ]);
  });

  it('are one at least in a file that holds something else', () => {
    expect(read('\0\0\0garbage')).toEqual([{ uidl: null, expunged: false }]);
    expect(read('')).toEqual([]);
  });
});
