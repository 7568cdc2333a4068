/**
 * What the owner reads before, while and after a backup is made, and when it is read again.
 */

import { describe, expect, it } from 'vitest';
import {
  backupDone,
  backupPlanReport,
  backupVerifyReport,
  copyProgressText,
} from '../../../src/report/terminal/backup.ts';
import { plain } from '../support/context.ts';
import { backupIntact, backupMade, backupSummary, profilePath } from '../support/documents.ts';

const inOneLine = (text: string): string => text.replace(/\s+/g, ' ');
const many = Array.from({ length: 25 }, (_, n) => ({
  what: `/p/${n}`,
  reason: 'the disk reported an error',
}));

describe('before the copying', () => {
  it('says what is copied where, and how much room there is', () => {
    expect(
      backupPlanReport(backupSummary, plain),
    ).toBe(`mailmend copies this profile, and compares every byte of the copy. The profile
is only read.

Profile  "default-release" of Thunderbird 153.7.0
Folder   /home/alice/.thunderbird/abcd1234.default-release

Copy        20,010 files, 40.2 GB
To          /media/usb/mail
Free there  120.0 GB
`);
  });

  it('says what else is copied, what cannot be, and what to think of', () => {
    const text = inOneLine(
      backupPlanReport(
        {
          ...backupSummary,
          continued: true,
          free: null,
          outside: [{ from: '/data/mail', why: 'the mail of server1' }],
          leftOut: [{ what: '/gone', reason: 'it is not there now' }],
          notes: ['This folder seems to be copied to other computers by Dropbox.'],
        },
        plain,
      ),
    );
    expect(text).toContain('Free there not known');
    expect(text).toContain('was interrupted; mailmend goes on where it stopped.');
    expect(text).toContain(
      'Copied as well, because it belongs to the profile: /data/mail the mail of server1.',
    );
    expect(text).toContain('! This cannot be copied: /gone it is not there now.');
    expect(text).toContain('by Dropbox.');
  });
});

describe('while it is copied', () => {
  it('says how much is done, and after a while how long it will take', () => {
    const gigabyte = 1e9;
    const of = (done: number, seconds: number) =>
      copyProgressText({ done: done * gigabyte, total: 80 * gigabyte }, seconds * 1000);
    expect(of(0, 60)).toBe('0 %');
    expect(of(1, 2)).toBe('1 %');
    expect(of(8, 120)).toBe('10 %, about 18 minutes left');
    expect(of(1, 200)).toBe('1 %, about 4 hours left');
    expect(of(79, 790)).toBe('98 %, less than a minute left');
    expect(copyProgressText({ done: 0, total: 0 }, 0)).toBe('100 %');
  });
});

describe('after it was copied', () => {
  it('says that every byte was compared, and how to look again', () => {
    expect(backupDone(backupMade, plain)).toBe(`
Done: 20,010 files, 40.2 GB. Every byte of the copy was read again and compared.

Next: From time to time, see whether it is still whole. README.txt in it says
      how to put it back.
  mailmend backup --verify /media/usb/mail
`);
  });

  it('says loudly what the backup lacks', () => {
    const text = backupDone({ ...backupMade, complete: false, leftOut: many }, plain);
    expect(text).toContain(
      '! The backup is not complete. It lacks 25 things:\n  /p/0\n    the disk reported an error.\n',
    );
    expect(text).toContain('  /p/19\n');
    expect(text).toContain('  And 5 more (--verbose).');
    expect(backupDone({ ...backupMade, leftOut: many }, { ...plain, verbose: true })).toContain('  /p/24\n');
  });

  it('says what was kept, set aside, not kept, and left out on purpose', () => {
    const text = inOneLine(
      backupDone(
        {
          ...backupMade,
          keptBytes: 1e9,
          setAside: '/media/usb/mail/set-aside',
          notKept: ['links', 'permissions'],
          notes: ['Whoever gets at this disk can read the mail.'],
        },
        { ...plain, verbose: true },
      ),
    );
    expect(text).toContain('Of these, 1.0 GB had been copied by the call that was interrupted.');
    expect(text).toContain('was moved to: /media/usb/mail/set-aside');
    expect(text).toContain('does not keep: links, permissions.');
    expect(text).toContain('Whoever gets at this disk');
    expect(text).toContain(`Left out on purpose: ${profilePath}/.parentlock it only says`);
  });
});

describe('a backup that was read again', () => {
  it('is whole', () => {
    expect(
      backupVerifyReport(backupIntact, plain),
    ).toBe(`This backup is whole: 20,010 files, 40.2 GB, every byte as it was copied.

Backup of  "default-release" of Thunderbird 153.7.0
It lay in  /home/alice/.thunderbird/abcd1234.default-release
Made       2026-11-23 18:30
Folder     /media/usb/mail
`);
  });

  it('is damaged: what, and what to do', () => {
    const text = backupVerifyReport(
      {
        ...backupIntact,
        state: 'damaged',
        made: null,
        of: { path: '/p', name: null, program: 'x', version: null },
        problems: [
          { path: 'profile/Mail/In\u001bbox', problem: 'changed', say: 'its content is not what was copied' },
        ],
        leftOut: [{ what: '/p/x', reason: 'it could not be read' }],
      },
      plain,
    );
    expect(text).toContain('This backup is damaged.');
    expect(text).toContain('"p" of the mail program');
    expect(text).toContain(
      '1 thing wrong:\n  profile/Mail/In\\u{1b}box\n    its content is not what was copied.\n',
    );
    expect(text).toContain('The backup has lacked this from the beginning:\n  /p/x\n');
    expect(inOneLine(text)).toContain('make a new backup, best on another disk.');
  });

  it('was never finished', () => {
    const text = backupVerifyReport(
      { ...backupIntact, state: 'unfinished', of: null, complete: false },
      plain,
    );
    expect(inOneLine(text)).toContain(
      'This backup was not finished: it was interrupted, and is not to be relied on.',
    );
    expect(text).not.toContain('is whole');
  });
});
