import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writtenFiles } from '../../src/profile/written-files.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { openFiles } from '../../src/system/open-files.ts';
import { deviceNumbers } from '../../src/system/proc-locks.ts';
import { otherProcessHolding } from './support/other-process.ts';
import { recordedProc } from './support/recorded-proc.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const fs = createFileSystem();

function profile() {
  const folder = temporaryFolder();
  const inbox = join(folder, 'Mail', 'Inbox');
  mkdirSync(join(folder, 'Mail'));
  for (const name of [join(folder, 'prefs.js'), join(folder, 'abook.sqlite'), inbox]) writeFileSync(name, '');
  const files = writtenFiles(fs, folder, [join(folder, 'Mail')]);
  const stat = (path: string) => {
    const found = fs.stat(path);
    if (found === null) throw new Error(`${path} is not there`);
    return found;
  };
  /** A line of /proc/locks. */
  const lockLine = (path: string, pid: number, kind = 'POSIX') => {
    const { major, minor } = deviceNumbers(stat(path).device);
    return `1: ${kind}  ADVISORY  WRITE ${pid} ${major.toString(16)}:${minor.toString(16)}:${stat(path).inode} 0 EOF\n`;
  };
  return { folder, inbox, files, lockLine };
}

/** Process 7 has `target` open, with these lines about its handle. */
const handle = (target: string, info: string, command = '/usr/bin/mutt') =>
  recordedProc(
    { '7/comm': `${command.split('/').at(-1)}\n`, '7/cmdline': `${command}\0`, '7/fdinfo/4': info },
    { '7/fd/4': target },
  );

describe('a program that has a file of the profile open', () => {
  it('is told when it may write to it', () => {
    const { files, inbox } = profile();
    expect(openFiles(fs, files, handle(inbox, 'pos:\t0\nflags:\t0102002\n'))).toEqual([
      { pid: 7, name: 'mutt', path: inbox, how: 'writing' },
    ]);
  });

  it('is not told when it only reads, as a backup does', () => {
    const { files, inbox } = profile();
    expect(openFiles(fs, files, handle(inbox, 'pos:\t0\nflags:\t0100000\n'))).toEqual([]);
  });

  it('is told when it reads with a lock: then nobody else can write', () => {
    const { files, folder, lockLine } = profile();
    const book = join(folder, 'abook.sqlite');
    const info = `flags:\t0100000\nlock:\t${lockLine(book, 7)}`;
    expect(openFiles(fs, files, handle(book, info))).toMatchObject([{ path: book, how: 'locked' }]);
    const flock = `flags:\t0100000\nlock:\t${lockLine(book, 7, 'FLOCK')}`;
    expect(openFiles(fs, files, handle(book, flock))).toEqual([]);
  });

  it('is told by the files that a database keeps beside itself', () => {
    const { files, folder } = profile();
    const book = join(folder, 'abook.sqlite');
    expect(openFiles(fs, files, handle(`${book}-wal`, 'flags:\t02\n'))).toMatchObject([{ path: book }]);
  });

  it('is not told of other files', () => {
    const { files, folder } = profile();
    expect(openFiles(fs, files, handle(join(folder, 'user.js'), 'flags:\t02\n'))).toEqual([]);
    expect(openFiles(fs, files, handle('/elsewhere/prefs.js', 'flags:\t02\n'))).toEqual([]);
    expect(openFiles(fs, files, handle('socket:[4711]', 'flags:\t02\n'))).toEqual([]);
  });

  it('is not the mail program, nor one of its helpers', () => {
    const { files, inbox } = profile();
    for (const command of ['/usr/lib/thunderbird/thunderbird-bin', '/opt/betterbird/crashhelper']) {
      expect(openFiles(fs, files, handle(inbox, 'flags:\t02\n', command))).toEqual([]);
    }
  });

  it('is told by the name of the file that its owner knows, also behind a link', () => {
    const { folder, inbox } = profile();
    const other = join(temporaryFolder(), 'linked');
    symlinkSync(folder, other);
    const files = writtenFiles(fs, other, [join(other, 'Mail')]);
    expect(openFiles(fs, files, handle(inbox, 'flags:\t02\n'))).toMatchObject([
      { path: join(other, 'Mail', 'Inbox') },
    ]);
  });
});

describe('a program of another user', () => {
  it('shows its handles to nobody, but its locks', () => {
    const { files, folder, inbox, lockLine } = profile();
    const texts = { '9/comm': 'dovecot\n', locks: lockLine(inbox, 9) + lockLine(join(folder, 'Mail'), 9) };
    expect(openFiles(fs, files, recordedProc(texts))).toEqual([
      { pid: 9, name: 'dovecot', path: inbox, how: 'locked' },
    ]);
  });
});

describe('where the system tells nothing', () => {
  it('nothing is known', () => {
    expect(openFiles(fs, profile().files, recordedProc({}))).toEqual([]);
    expect(openFiles(fs, [], handle('/a', 'flags:\t02\n'))).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('the real /proc', () => {
  it('tells of a process that holds a lock, and no longer once it has ended', async () => {
    const { files, inbox } = profile();
    const other = await otherProcessHolding(inbox);
    expect(openFiles(fs, files)).toEqual([{ pid: other.pid, name: 'node', path: inbox, how: 'locked' }]);
    await other.end();
    expect(openFiles(fs, files)).toEqual([]);
  });

  it('tells of a shell that adds to a file', async () => {
    const { files, inbox } = profile();
    const shell = spawn('sh', ['-c', `exec 9>>"$0"; echo ready; read line`, inbox], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(shell.stdout, 'data');
    expect(openFiles(fs, files)).toMatchObject([{ pid: shell.pid, path: inbox, how: 'writing' }]);
    const ended = once(shell, 'exit');
    shell.stdin.end();
    await ended;
  });

  it('is not told of what this process does itself', () => {
    const { files, inbox } = profile();
    const own = fs.openToAppend(inbox);
    expect(openFiles(fs, files)).toEqual([]);
    fs.close(own);
  });
});
