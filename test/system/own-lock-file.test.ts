/** A lock file that mailmend makes in a profile without one, cut off at every moment, and taken away by the next lock. */

import { describe, expect, it } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { hasOwnLockFile, makeLockFile, takeLockFileAway } from '../../src/system/own-lock-file.ts';
import { createMemory, readText, writeFile } from '../repair/support/memory.ts';
import { cutPowerAfter } from '../repair/support/power-cut.ts';

const profile = '/home/ann/profile';
const path = `${profile}/.parentlock`;
const longAgo = { atimeNs: 1_500_000_000_111_000_000n, mtimeNs: 1_500_000_000_123_000_000n };

function freshProfile(): WritableFileSystem {
  const { fs } = createMemory({
    '/home': null,
    '/home/ann': null,
    [profile]: null,
    [`${profile}/prefs.js`]: '',
  });
  fs.setTimes(profile, longAgo);
  return fs;
}

const namesIn = (fs: WritableFileSystem): string[] => fs.readFolder(profile).map(({ name }) => name);
const mtimeOf = (fs: WritableFileSystem): bigint | undefined => fs.lstat(profile)?.mtimeNs;

/** As whoever locks next does it. */
function lockOnce(fs: WritableFileSystem): boolean {
  const made = makeLockFile(fs, profile, path);
  if (made !== null) takeLockFileAway(fs, profile, path, made);
  return made !== null;
}

describe('a lock file of mailmend', () => {
  it('is there and gone, and the folder keeps its times', () => {
    const fs = freshProfile();
    const made = makeLockFile(fs, profile, path);
    expect(namesIn(fs)).toEqual(['.parentlock', 'prefs.js']);
    expect(mtimeOf(fs)).toBe(longAgo.mtimeNs);
    expect(hasOwnLockFile(fs, profile, path)).toBe(true);
    expect(readText(fs, path)).toMatch(/^mailmend made this file/);
    takeLockFileAway(fs, profile, path, made ?? expect.unreachable());
    expect(namesIn(fs)).toEqual(['prefs.js']);
    expect(mtimeOf(fs)).toBe(longAgo.mtimeNs);
    expect(hasOwnLockFile(fs, profile, path)).toBe(false);
  });

  it.each([false, true])('is taken away after a cut at any moment, torn writes: %s', (torn) => {
    let found = 0;
    let finished = false;
    for (let after = 0; !finished; after++) {
      const fs = freshProfile();
      try {
        lockOnce(cutPowerAfter(fs, after, torn));
        finished = true;
      } catch {
        found += hasOwnLockFile(fs, profile, path) ? 1 : 0;
      }
      lockOnce(fs);
      expect(namesIn(fs), String(after)).toEqual(['prefs.js']);
      expect(mtimeOf(fs), String(after)).toBe(longAgo.mtimeNs);
    }
    expect(found).toBeGreaterThan(5);
  });

  it('that a program has opened since is the program’s', () => {
    const fs = freshProfile();
    makeLockFile(fs, profile, path);
    fs.unlink(path);
    writeFile(fs, path, '');
    const { mtimeNs } = fs.lstat(profile) ?? {};
    expect(lockOnce(fs)).toBe(false);
    expect(namesIn(fs)).toEqual(['.parentlock', 'prefs.js']);
    expect(mtimeOf(fs)).toBe(mtimeNs);
  });

  it('of which a cut has left only the first name does not take the times of a folder that was used since', () => {
    const fs = freshProfile();
    writeFile(fs, `${profile}/.mailmend-lock-1500000000123000000.1500000000111000000`, '');
    writeFile(fs, path, '');
    fs.setTimes(profile, { atimeNs: 2n, mtimeNs: 1_600_000_000_000_000_000n });
    expect(lockOnce(fs)).toBe(false);
    expect(namesIn(fs)).toEqual(['.parentlock', 'prefs.js']);
    expect(mtimeOf(fs)).toBe(1_600_000_000_000_000_000n);
  });

  it('is made also where a file has no second name', () => {
    const fs = freshProfile();
    const link = () => {
      throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
    };
    const plain = Object.assign(Object.create(fs), { link }) as WritableFileSystem;
    expect(makeLockFile(plain, profile, path)).not.toBeNull();
    expect(namesIn(fs)).toEqual(['.parentlock', 'prefs.js']);
    expect(lockOnce(fs)).toBe(true);
    expect(namesIn(fs)).toEqual(['prefs.js']);
  });

  it('is not made where a program is faster', () => {
    const fs = freshProfile();
    const faster = Object.assign(Object.create(fs), {
      link(from: string, to: string) {
        writeFile(fs, to, '');
        fs.link(from, to);
      },
    }) as WritableFileSystem;
    expect(makeLockFile(faster, profile, path)).toBeNull();
    expect(namesIn(fs)).toEqual(['.parentlock', 'prefs.js']);
    expect(readText(fs, path)).toBe('');
  });

  it('that cannot be made leaves nothing behind', () => {
    const fs = freshProfile();
    const full = Object.assign(Object.create(fs), {
      write() {
        throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
      },
    }) as WritableFileSystem;
    expect(() => makeLockFile(full, profile, path)).toThrow(/ENOSPC/);
    expect(namesIn(fs)).toEqual(['prefs.js']);
    expect(mtimeOf(fs)).toBe(longAgo.mtimeNs);
  });

  it('is not looked for where there is no folder, or something else has its name', () => {
    const fs = freshProfile();
    expect(hasOwnLockFile(fs, '/home/nobody', '/home/nobody/.parentlock')).toBe(false);
    fs.makeFolder(path, 0o700);
    expect(hasOwnLockFile(fs, profile, path)).toBe(false);
    writeFile(fs, `${profile}/parent.lock`, 'mailmend');
    expect(hasOwnLockFile(fs, profile, `${profile}/parent.lock`)).toBe(false);
  });
});
