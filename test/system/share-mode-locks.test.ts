import { openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { shareModeLocks } from '../../src/system/share-mode-locks.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

let path = '';

beforeEach(() => {
  path = join(temporaryFolder(), 'parent.lock');
  writeFileSync(path, '');
});

/** Windows as this needs it: a file is open for nobody else while `shut` (libuv's flag 0x10000000 shuts it). */
function windows(shut: boolean, code = 'EBUSY') {
  const flags: number[] = [];
  const locks = shareModeLocks((file, flag) => {
    flags.push(flag);
    if (shut) throw Object.assign(new Error(code), { code });
    return openSync(file, flag & ~0x10000000);
  });
  return { locks, flags };
}

describe('parent.lock on Windows', () => {
  it('is held when it cannot be opened for writing; by whom is not told', () => {
    const { locks } = windows(true);
    expect(locks.holder(path)).toEqual({ pid: null });
    expect(locks.take(path)).toBeNull();
  });

  it('is free when it can, which creates and empties nothing', () => {
    const { locks, flags } = windows(false);
    writeFileSync(path, 'kept');
    expect(locks.holder(path)).toBeNull();
    expect(flags).toEqual([2]);
  });

  it('is taken by opening it for nobody else', () => {
    const { locks, flags } = windows(false);
    const lock = locks.take(path);
    expect(flags).toEqual([2 | 0x10000000]);
    expect(locks.holder(path)).toEqual({ pid: process.pid });
    lock?.release();
    expect(locks.holder(path)).toBeNull();
  });

  it.each(['EPERM', 'EACCES'])('is not called held when permission is missing (%s)', (code) => {
    const { locks } = windows(true, code);
    expect(() => locks.holder(path)).toThrow(expect.objectContaining({ code }));
    expect(() => locks.take(path)).toThrow(expect.objectContaining({ code }));
  });
});
