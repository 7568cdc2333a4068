import { describe, expect, it } from 'vitest';
import { mailBytes } from '../../src/profile/mail-size.ts';
import { recordedTree } from './support/recorded-tree.ts';

const profile = '/home/anna/.thunderbird/a';

describe('the size of the mail of a profile', () => {
  it('is that of all files below Mail, ImapMail and News', () => {
    const fs = recordedTree('linux', {
      [`${profile}/Mail/Local Folders/Inbox`]: 'x'.repeat(1000),
      [`${profile}/Mail/Local Folders/Inbox.msf`]: 'x'.repeat(20),
      [`${profile}/Mail/Local Folders/Inbox.sbd/2019`]: 'x'.repeat(300),
      [`${profile}/ImapMail/imap.example.org/INBOX`]: 'x'.repeat(4000),
      [`${profile}/News/news.example.org/group`]: 'x'.repeat(50_000),
      [`${profile}/global-messages-db.sqlite`]: 'x'.repeat(600_000),
      [`${profile}/Mail/elsewhere`]: { link: '/mnt' },
      '/mnt/Inbox': 'x'.repeat(7_000_000),
    });
    expect(mailBytes(fs, profile)).toBe(55_320);
  });

  it('is 0 where there is none, and counts nothing that is closed', () => {
    const tree = { [`${profile}/Mail/a/Inbox`]: 'xxx', [`${profile}/Mail/b/Inbox`]: 'xxxxx' };
    expect(mailBytes(recordedTree('linux', { [profile]: null }), profile)).toBe(0);
    expect(mailBytes(recordedTree('linux', tree, { locked: [`${profile}/Mail/a`] }), profile)).toBe(5);
    expect(mailBytes(recordedTree('linux', { [`${profile}/Mail`]: 'not a folder' }), profile)).toBe(12);
  });

  it('ends in a tree without end', () => {
    const deep = `${profile}/Mail/${'x/'.repeat(200)}Inbox`;
    expect(
      mailBytes(recordedTree('linux', { [deep]: 'xxx', [`${profile}/Mail/Inbox`]: 'xx' }), profile),
    ).toBe(2);
  });

  it('on Windows as well', () => {
    const path = 'C:\\Mail\\a';
    expect(mailBytes(recordedTree('win32', { [`${path}\\Mail\\Local Folders\\Inbox`]: 'xxxx' }), path)).toBe(
      4,
    );
  });
});
