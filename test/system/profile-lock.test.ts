import {
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MailmendError } from '../../src/repair/error.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import type { FileLocks } from '../../src/system/file-locks.ts';
import { loadNative } from '../../src/system/native.ts';
import { acquireProfileLock, type LockRequest } from '../../src/system/profile-lock.ts';
import { otherProcessHolding, otherProcessSays } from './support/other-process.ts';
import { recordedProc } from './support/recorded-proc.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const fs = createFileSystem(undefined, loadNative());

function profileWithLockFile(): string {
  const profile = temporaryFolder();
  writeFileSync(join(profile, '.parentlock'), '');
  return profile;
}

const locksOfThisMachine = () => ({ fs, locks: loadNative() });

const timesOf = (path: string) => {
  const { atimeNs, mtimeNs } = lstatSync(path, { bigint: true });
  return { atimeNs, mtimeNs };
};

function refusal(request: LockRequest): MailmendError {
  try {
    acquireProfileLock(request).release();
  } catch (error) {
    if (error instanceof MailmendError) return error;
    throw error;
  }
  throw new Error('the lock was given');
}

describe.runIf(process.platform === 'linux')('holding the lock of a profile', () => {
  it('shuts programs out until it is released, and says that the lock file was there', () => {
    const profile = profileWithLockFile();
    const path = join(profile, '.parentlock');
    const before = lstatSync(path, { bigint: true });
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    expect(lock).toMatchObject({ path, created: false });
    expect(otherProcessSays(path)).toBe('held by -1');
    lock.release();
    expect(otherProcessSays(path)).toBe('free');
    expect(lstatSync(path, { bigint: true }).ctimeNs).toBe(before.ctimeNs);
  });

  it('belongs to the owner of the profile also when root takes it, since a cut may leave it', () => {
    const profile = temporaryFolder();
    const owner = process.getuid?.() === 0 ? 1000 : Number(process.getuid?.());
    lchownSync(profile, owner, Number(process.getgid?.()));
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    expect(lstatSync(lock.path).uid).toBe(owner);
    lock.release();
  });

  it('leaves no trace in a profile that had no lock file', () => {
    const profile = temporaryFolder();
    fs.setTimes(profile, { atimeNs: 1_500_000_000_000_000_001n, mtimeNs: 1_500_000_000_123_456_789n });
    const before = timesOf(profile);
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    expect(lock.created).toBe(true);
    expect(otherProcessSays(lock.path)).toBe('held by -1');
    expect(timesOf(profile)).toEqual(before);
    lock.release();
    expect(readdirSync(profile)).toEqual([]);
    expect(timesOf(profile).mtimeNs).toBe(before.mtimeNs);
    lock.release();
  });

  it('takes it away also when a program has tried to open the profile, which empties it', () => {
    const profile = temporaryFolder();
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    truncateSync(lock.path);
    lock.release();
    expect(readdirSync(profile)).toEqual([]);
  });

  it('takes away no lock file that says something else', () => {
    const profile = temporaryFolder();
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    writeFileSync(lock.path, 'mine');
    lock.release();
    expect(readdirSync(profile)).toEqual(['.parentlock']);
  });

  it('takes away no lock file but the one it made', () => {
    const profile = temporaryFolder();
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    writeFileSync(join(profile, 'another'), '');
    renameSync(join(profile, 'another'), lock.path);
    lock.release();
    expect(existsSync(lock.path)).toBe(true);
  });

  it('gives the lock back also when the profile has moved on', () => {
    const parent = temporaryFolder();
    const [profile, moved] = [join(parent, 'profile'), join(parent, 'moved')];
    mkdirSync(profile);
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    renameSync(profile, moved);
    lock.release();
    expect(otherProcessSays(join(moved, '.parentlock'))).toBe('free');
  });

  it('is refused while a program has it, with the process and what to do', async () => {
    const profile = profileWithLockFile();
    const other = await otherProcessHolding(join(profile, '.parentlock'));
    const proc = recordedProc({ [`${other.pid}/comm`]: 'thunderbird-bin\n' });
    const error = refusal({
      ...locksOfThisMachine(),
      profilePath: profile,
      proc,
      command: 'mailmend repair --apply',
    });
    await other.end();
    expect(error).toMatchObject({ code: 'PROFILE_IN_USE', exit: 3 });
    expect(error.message).toBe(
      `Thunderbird (process ${other.pid}) has this profile open. Nothing was changed.`,
    );
    expect(error.next).toEqual([
      { say: 'Quit Thunderbird (menu, Quit; or Ctrl+Q) and wait until its windows are gone.', command: null },
      { say: 'Then run the same command again.', command: 'mailmend repair --apply' },
    ]);
  });

  it('is not given twice', () => {
    const profile = profileWithLockFile();
    const lock = acquireProfileLock({ ...locksOfThisMachine(), profilePath: profile });
    const error = refusal({ ...locksOfThisMachine(), profilePath: profile });
    lock.release();
    expect(error.code).toBe('PROFILE_IN_USE');
    expect(error.message).toContain('mailmend itself');
    expect(error.next[0]?.say).toBe('Wait until it has finished.');
  });
});

describe('a lock that is not to be had', () => {
  const quiet = { fs, proc: recordedProc({}) };
  const free: FileLocks = { holder: () => null, take: () => null };

  it('is refused without koffi, and nothing is created', () => {
    const profile = temporaryFolder();
    const error = refusal({ ...quiet, locks: null, profilePath: profile });
    expect(error).toMatchObject({ code: 'LOCK_UNAVAILABLE', exit: 3 });
    expect(error.next[0]?.command).toContain('npm install');
    expect(readdirSync(profile)).toEqual([]);
  });

  it('is refused when it cannot be asked', () => {
    const profile = temporaryFolder();
    mkdirSync(join(profile, '.parentlock'));
    const error = refusal({ ...quiet, locks: free, profilePath: profile, platform: 'linux' });
    expect(error).toMatchObject({ code: 'LOCK_UNAVAILABLE', exit: 3 });
  });

  it('is refused when a program is faster, whose lock file it then is', () => {
    const profile = temporaryFolder();
    const error = refusal({ ...quiet, locks: free, profilePath: profile, platform: 'darwin' });
    expect(error.code).toBe('PROFILE_IN_USE');
    expect(error.message).toBe('A mail program has this profile open. Nothing was changed.');
    expect(error.next[0]?.say).toContain('Cmd+Q');
    expect(readdirSync(profile)).toEqual(['.parentlock']);
  });

  it('is refused when the folder cannot be written to, with the reason', () => {
    const readOnly = {
      ...fs,
      createFile: () => {
        throw Object.assign(new Error('EROFS'), { code: 'EROFS' });
      },
    };
    const error = refusal({ ...quiet, fs: readOnly, locks: free, profilePath: temporaryFolder() });
    expect(error).toMatchObject({ code: 'LOCK_UNAVAILABLE', exit: 3 });
    expect(error.message).toContain('the disk can only be read, not written');
  });
});
