import { lstatSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import type { FileLocks } from '../../src/system/file-locks.ts';
import { lockFile, lockState } from '../../src/system/lock-state.ts';
import { loadNative } from '../../src/system/native.ts';
import { deviceNumbers } from '../../src/system/proc-locks.ts';
import { otherProcessHolding } from './support/other-process.ts';
import { recordedProc } from './support/recorded-proc.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const fs = createFileSystem();
const noProc = recordedProc({});

function profileWith(name: string): string {
  const profile = temporaryFolder();
  writeFileSync(join(profile, name), '');
  return profile;
}

function answering(holder: FileLocks['holder']): FileLocks {
  return { holder, take: () => expect.unreachable('asking takes nothing') };
}

const failing = (code: string) =>
  answering(() => {
    throw Object.assign(new Error(code), { code });
  });

/** /proc/locks with one lock of process 8835 on the profile's lock file. */
function procWithLockOn(path: string, device?: bigint) {
  const stat = lstatSync(path, { bigint: true });
  const { major, minor } = deviceNumbers(device ?? stat.dev);
  const hex = (number: number) => number.toString(16).padStart(2, '0');
  const locks = `1: POSIX  ADVISORY  WRITE 8835 ${hex(major)}:${hex(minor)}:${stat.ino} 0 EOF\n`;
  return recordedProc({ locks });
}

describe('the lock file', () => {
  it('is .parentlock, and parent.lock on Windows', () => {
    expect(lockFile('/home/x/p', 'linux')).toBe('/home/x/p/.parentlock');
    expect(lockFile('/Users/x/p', 'darwin')).toBe('/Users/x/p/.parentlock');
    expect(lockFile('C:\\x\\p', 'win32')).toBe('C:\\x\\p\\parent.lock');
  });
});

describe('whether a profile is in use', () => {
  it('is what the lock says, not whether there is a lock file', () => {
    const profile = profileWith('.parentlock');
    symlinkSync('127.0.0.1:+1', join(profile, 'lock'));
    const free = lockState(
      fs,
      answering(() => null),
      profile,
      'linux',
      noProc,
    );
    expect(free).toEqual({ state: 'free', pid: null, how: 'its lock was asked' });
    const held = lockState(
      fs,
      answering(() => ({ pid: 8835 })),
      profile,
      'linux',
      noProc,
    );
    expect(held).toEqual({ state: 'held', pid: 8835, how: 'its lock was asked' });
  });

  it('is no without a lock file, which is not created', () => {
    const profile = temporaryFolder();
    const none = answering(() => expect.unreachable('there is nothing to ask'));
    expect(lockState(fs, none, profile, 'linux', noProc).state).toBe('free');
    expect(readdirSync(profile)).toEqual([]);
  });

  it('is not said of a lock file that is a link or a folder', () => {
    const profile = temporaryFolder();
    const none = answering(() => expect.unreachable('there is nothing to ask'));
    mkdirSync(join(profile, '.parentlock'));
    expect(lockState(fs, none, profile, 'linux', noProc).state).toBe('unknown');
  });

  it('is asked through the real folder of a linked profile', () => {
    const profile = profileWith('.parentlock');
    const link = join(temporaryFolder(), 'link');
    symlinkSync(profile, link);
    const asked: string[] = [];
    const remembering = answering((path) => {
      asked.push(path);
      return null;
    });
    lockState(fs, remembering, link, 'linux', noProc);
    expect(asked).toEqual([join(profile, '.parentlock')]);
  });
});

describe('without native code', () => {
  it('/proc/locks tells on Linux', () => {
    const profile = profileWith('.parentlock');
    const path = join(profile, '.parentlock');
    const held = lockState(fs, null, profile, 'linux', procWithLockOn(path));
    expect(held).toEqual({ state: 'held', pid: 8835, how: '/proc/locks was read' });
    expect(lockState(fs, null, profile, 'linux', recordedProc({ locks: '' })).state).toBe('free');
  });

  it('a lock on the same inode of another device leaves it open', () => {
    const profile = profileWith('.parentlock');
    const proc = procWithLockOn(join(profile, '.parentlock'), 0x1dn);
    expect(lockState(fs, null, profile, 'linux', proc).state).toBe('unknown');
  });

  it('it is unknown where there is no /proc', () => {
    expect(lockState(fs, null, profileWith('.parentlock'), 'linux', noProc).state).toBe('unknown');
    expect(lockState(fs, null, profileWith('.parentlock'), 'darwin').state).toBe('unknown');
  });
});

describe('a lock that cannot be asked', () => {
  it('is left to /proc/locks when only permission is missing', () => {
    const profile = profileWith('.parentlock');
    const held = procWithLockOn(join(profile, '.parentlock'));
    expect(lockState(fs, failing('EACCES'), profile, 'linux', held)).toMatchObject({
      state: 'held',
      pid: 8835,
    });
    const state = lockState(fs, failing('EACCES'), profile, 'linux', recordedProc({ locks: '' }));
    expect(state).toEqual({ state: 'free', pid: null, how: '/proc/locks was read' });
  });

  it('is unknown on a file system without locks: another machine may have it', () => {
    const profile = profileWith('.parentlock');
    const state = lockState(fs, failing('ENOLCK'), profile, 'linux', recordedProc({ locks: '' }));
    expect(state).toEqual({ state: 'unknown', pid: null, how: 'its lock cannot be asked (ENOLCK)' });
  });

  it.each([
    ['darwin', '.parentlock'],
    ['win32', 'parent.lock'],
  ] as const)('is unknown on %s', (platform, name) => {
    // A Windows path has no meaning here: the folder answers to every path.
    const stat = fs.lstat(join(profileWith(name), name));
    const anywhere = { ...fs, lstat: () => stat, realPath: (path: string) => path };
    const state = lockState(anywhere, failing('EACCES'), 'C:\\p', platform);
    expect(state).toEqual({ state: 'unknown', pid: null, how: 'its lock cannot be asked (EACCES)' });
  });

  it('is unknown when the folder cannot be looked into', () => {
    const closed = {
      ...fs,
      lstat: () => {
        throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
      },
    };
    const state = lockState(closed, failing('EACCES'), '/home/x/p', 'linux', noProc);
    expect(state).toEqual({ state: 'unknown', pid: null, how: 'its lock file cannot be looked at (EACCES)' });
  });
});

describe('a lock file deleted by its owner', () => {
  const running = (profile: string) =>
    recordedProc(
      { '8835/comm': 'thunderbird-bin\n', '8835/cmdline': 'thunderbird' },
      { '8835/fd/9': `${profile}/.parentlock (deleted)` },
    );

  it('does not make the profile free while the program runs on', () => {
    const profile = temporaryFolder();
    const state = lockState(
      fs,
      answering(() => null),
      profile,
      'linux',
      running(profile),
    );
    expect(state).toMatchObject({ state: 'held', pid: 8835 });
  });

  it('does not either when another one lies in its place', () => {
    const profile = profileWith('.parentlock');
    const state = lockState(
      fs,
      answering(() => null),
      profile,
      'linux',
      running(profile),
    );
    expect(state).toMatchObject({ state: 'held', pid: 8835 });
  });
});

describe.runIf(process.platform === 'linux')('asking', () => {
  it.each(['koffi', '/proc/locks'])('changes nothing: no byte, mode, time or name (%s)', async (by) => {
    const profile = profileWith('.parentlock');
    utimesSync(join(profile, '.parentlock'), 1_600_000_000, 1_600_000_000);
    const tree = () =>
      [profile, join(profile, '.parentlock')].map((path) => lstatSync(path, { bigint: true }));
    const locks = by === 'koffi' ? loadNative() : null;
    const before = tree();
    expect(lockState(fs, locks, profile).state).toBe('free');
    const other = await otherProcessHolding(join(profile, '.parentlock'));
    expect(lockState(fs, locks, profile)).toMatchObject({ state: 'held', pid: other.pid });
    await other.end();
    expect(tree()).toEqual(before);
    expect(readdirSync(profile)).toEqual(['.parentlock']);
  });
});
