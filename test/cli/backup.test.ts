/**
 * `mailmend backup` on the command line: the folder that is named is the yes; nothing is asked.
 */

import { describe, expect, it } from 'vitest';
import { copyProgress } from '../../src/cli/copy-progress.ts';
import type { OutputStream } from '../../src/cli/io.ts';
import { exitCode, MailmendError } from '../../src/repair/error.ts';
import { backupIntact, backupMade, profilePath } from '../report/support/documents.ts';
import { call } from './support/fake-io.ts';
import { fakeLibrary } from './support/fake-library.ts';

describe('backup --to', () => {
  it('says what it will do, does it, and says how to look again', async () => {
    const fake = fakeLibrary();
    const { code, stdout, stderr } = await call(['backup', '--to', '/media/usb/mail'], fake);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('mailmend copies this profile');
    expect(stdout).toContain('Every byte of the copy was read again and compared.');
    expect(fake.calls).toContainEqual([
      'makeBackup',
      `mailmend backup ${profilePath} --to /media/usb/mail`,
      false,
    ]);
  });

  it('asks nothing on a terminal, shows how far it is, and wipes that', async () => {
    const { stderr } = await call(['backup', '--to', '/x'], { ...fakeLibrary(), terminal: true });
    expect(stderr).toBe('\r\u001b[KCopying: 50 %\r\u001b[K');
    const quiet = await call(['backup', '--to', '/x', '--quiet'], { ...fakeLibrary(), terminal: true });
    expect(quiet.stderr).toBe('');
  });

  it('ends with 1 when the backup lacks something, with and without --json', async () => {
    const leftOut = [{ what: '/p/Inbox', reason: 'the disk reported an error' }];
    const lacking = fakeLibrary({ makeBackup: async () => ({ ...backupMade, complete: false, leftOut }) });
    const text = await call(['backup', '--to', '/x'], lacking);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain('The backup is not complete.');
    const json = await call(['backup', '--to', '/x', '--json'], lacking);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'mailmend/backup@1', complete: false, leftOut });
  });

  it('ends with the code of a refusal, as one JSON document', async () => {
    const refusing = fakeLibrary({
      prepareBackup: async () => {
        throw new MailmendError('TARGET_NOT_EMPTY', exitCode.refused, 'It is not empty.');
      },
    });
    const { code, stdout } = await call(['backup', '--to', '/x', '--json'], refusing);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'mailmend/error@1', code: 'TARGET_NOT_EMPTY' });
  });

  it('hands a signal on', async () => {
    const interrupted = fakeLibrary({
      makeBackup: (_world, _prepared, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () =>
            reject(new MailmendError('INTERRUPTED', 130, 'Interrupted.')),
          );
        }),
    });
    const { code, listeners } = await call(['backup', '--to', '/x'], {
      ...interrupted,
      onInterruptible: (interrupt) => setImmediate(interrupt),
    });
    expect([code, listeners]).toEqual([130, 0]);
  });

  it('shows no names of people with --redact', async () => {
    const { stdout } = await call(['backup', '--to', '/x', '--redact'], fakeLibrary());
    expect(stdout).not.toContain('alice');
  });
});

describe('backup --verify', () => {
  it('reads a backup, without any profile', async () => {
    const fake = fakeLibrary();
    const { code, stdout } = await call(['backup', '--verify', '/media/usb/mail'], fake);
    expect(code).toBe(0);
    expect(stdout).toContain('This backup is whole');
    expect(fake.calls).toEqual([['verifyBackup', '/media/usb/mail']]);
  });

  it.each([
    ['damaged', { state: 'damaged' as const }],
    ['unfinished', { state: 'unfinished' as const }],
    ['whole, but never complete', { complete: false }],
  ])('ends with 1 for one that is %s', async (_what, change) => {
    const { library } = fakeLibrary({ verifyBackup: async () => ({ ...backupIntact, ...change }) });
    const { code, stdout } = await call(['backup', '--verify', '/x', '--json'], { library });
    expect(code).toBe(1);
    expect(JSON.parse(stdout).schema).toBe('mailmend/backup-verify@1');
  });
});

describe('a call of backup that cannot be answered', () => {
  it.each([[[]], [['work', '--verify', '/x']], [['--verify', '/x', '--to', '/y']]])('%j', async (words) => {
    const fake = fakeLibrary();
    const { code, stderr } = await call(['backup', ...words], fake);
    expect(code).toBe(2);
    expect(stderr).toContain("mailmend backup --to '<folder>'");
    expect(stderr).toContain("mailmend backup --verify '<folder>'");
    expect(fake.calls).toEqual([]);
  });

  it('is told the word that was meant', async () => {
    const { stderr } = await call(['backup', '--too', '/x'], fakeLibrary());
    expect(stderr).toContain('Perhaps you meant --to.');
  });

  it('is described by --help', async () => {
    const { stdout } = await call(['backup', '--help'], fakeLibrary());
    expect(stdout).toContain('--to');
    expect(stdout).toContain('--verify');
    expect((await call(['--help'], fakeLibrary())).stdout).toContain('mailmend backup [profile]');
  });
});

it('the progress is not written more often than it can be read', () => {
  const written: string[] = [];
  const stderr = { isTTY: true, write: (text: string) => written.push(text) > 0 } as unknown as OutputStream;
  let time = 0;
  const io = { stderr } as Parameters<typeof copyProgress>[0]['io'];
  const line = copyProgress({ io, quiet: false, json: false }, 'Copying:', () => time);
  for (time = 0; time < 1000; time += 10) line.show({ done: time, total: 1000 });
  line.clear();
  expect(written).toEqual(
    [0, 25, 50, 75].map((share) => `\r\u001b[KCopying: ${share} %`).concat('\r\u001b[K'),
  );
});
