import { closeSync, openSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import koffi from 'koffi';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { FileLocks, HeldLock } from '../../src/system/file-locks.ts';
import { loadNative } from '../../src/system/native.ts';
import type { FlockLayout } from '../../src/system/native-layout.ts';
import { posixLocks } from '../../src/system/posix-locks.ts';
import { otherProcessHolding, otherProcessSays } from './support/other-process.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let path = '';

beforeEach(() => {
  path = join(temporaryFolder(), '.parentlock');
  writeFileSync(path, '');
});

function locks(): FileLocks {
  const native = loadNative();
  if (native === null) throw new Error('koffi does not load here');
  return native;
}

function taken(lock: HeldLock | null): HeldLock {
  if (lock === null) throw new Error('somebody else has it');
  onTestFinished(() => lock.release());
  return lock;
}

describe.runIf(process.platform === 'linux')('a lock of an open file (Linux)', () => {
  it('is not there at first', () => {
    expect(locks().holder(path)).toBeNull();
  });

  it("shows another program's lock, with its process", async () => {
    const other = await otherProcessHolding(path);
    expect(locks().holder(path)).toEqual({ pid: other.pid });
    expect(locks().take(path)).toBeNull();
    expect(locks().holder(path)).toEqual({ pid: other.pid });
    await other.end();
    expect(locks().holder(path)).toBeNull();
  });

  it('shuts out other programs until it is released', () => {
    const lock = taken(locks().take(path));
    expect(otherProcessSays(path)).toBe('held by -1');
    lock.release();
    expect(otherProcessSays(path)).toBe('free');
    lock.release();
  });

  it('knows itself as the holder, and is not given twice', () => {
    const lock = taken(locks().take(path));
    expect(locks().holder(path)).toEqual({ pid: process.pid });
    expect(locks().take(path)).toBeNull();
    lock.release();
    expect(locks().holder(path)).toBeNull();
    taken(locks().take(path));
  });

  it('survives that this process opens and closes the file once more', () => {
    taken(locks().take(path));
    readFileSync(path);
    closeSync(openSync(path, 'r+'));
    locks().holder(path);
    expect(otherProcessSays(path)).toBe('held by -1');
  });

  it('follows the file through a rename', () => {
    taken(locks().take(path));
    renameSync(path, `${path}.moved`);
    expect(locks().holder(`${path}.moved`)).toEqual({ pid: process.pid });
  });

  it('does not follow a link', () => {
    symlinkSync('.parentlock', `${path}.link`);
    expect(() => locks().holder(`${path}.link`)).toThrow(expect.objectContaining({ code: 'ELOOP' }));
    expect(() => locks().take(`${path}.link`)).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  });

  it('says which file is missing', () => {
    expect(() => locks().holder(`${path}.missing`)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    expect(() => locks().take(`${path}.missing`)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });
});

/** Linux's classic locks, which behave as those of macOS do. */
const classic: FlockLayout = {
  getLock: 5,
  setLock: 6,
  write: 1,
  unlocked: 2,
  size: 32,
  typeAt: 0,
  pidAt: 24,
};

describe.runIf(process.platform === 'linux')('a lock of the process (macOS)', () => {
  const fcntl = koffi.load(null).func('int fcntl(int fd, int cmd, ...)');
  const classicLocks = posixLocks((handle, command, argument) => {
    if (fcntl(handle, command, 'void *', argument) === -1) {
      throw Object.assign(new Error('fcntl'), { code: 'EAGAIN', syscall: 'fcntl' });
    }
  }, classic);

  it('is lost when this process closes the file once more: so nobody may', () => {
    taken(classicLocks.take(path));
    expect(otherProcessSays(path)).toBe(`held by ${process.pid}`);
    readFileSync(path);
    expect(otherProcessSays(path)).toBe('free');
  });

  it('survives being asked for and taken again, because neither opens the file', () => {
    taken(classicLocks.take(path));
    expect(classicLocks.holder(path)).toEqual({ pid: process.pid });
    expect(classicLocks.take(path)).toBeNull();
    expect(otherProcessSays(path)).toBe(`held by ${process.pid}`);
  });
});

describe('a lock file that is replaced while it is being locked', () => {
  const replace = () => {
    writeFileSync(`${path}.new`, '');
    renameSync(`${path}.new`, path);
  };

  it('is locked anew', () => {
    let calls = 0;
    const swappedOnce = posixLocks(() => {
      calls += 1;
      if (calls === 1) replace();
    }, classic);
    taken(swappedOnce.take(path));
    expect(calls).toBe(2);
    expect(swappedOnce.holder(path)).toEqual({ pid: process.pid });
  });

  it('is given up when that does not end', () => {
    const swappedAlways = posixLocks(replace, classic);
    expect(() => swappedAlways.take(path)).toThrow(expect.objectContaining({ code: 'ESTALE' }));
  });
});

describe('a lock that the system does not give', () => {
  const failing = (code: string) =>
    posixLocks(() => {
      throw Object.assign(new Error(code), { code, syscall: 'fcntl' });
    }, classic);

  it.each(['EAGAIN', 'EACCES'])('is taken by somebody when it says %s', (code) => {
    expect(failing(code).take(path)).toBeNull();
  });

  it('is an error when the file system has no locks', () => {
    expect(() => failing('ENOLCK').take(path)).toThrow(expect.objectContaining({ code: 'ENOLCK' }));
    expect(() => failing('ENOLCK').holder(path)).toThrow(expect.objectContaining({ code: 'ENOLCK' }));
  });
});
