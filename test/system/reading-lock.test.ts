/**
 * While a profile is read as a whole its program is kept out, and nothing in the profile tells of it.
 */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { loadNative } from '../../src/system/native.ts';
import { lockForReading } from '../../src/system/reading-lock.ts';
import { treeListing } from '../support/tree-hash.ts';
import { otherProcessHolding, otherProcessSays } from './support/other-process.ts';
import { recordedProc } from './support/recorded-proc.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const fs = createFileSystem(undefined, loadNative());
const request = (profilePath: string) => ({
  fs,
  locks: loadNative(),
  profilePath,
  platform: process.platform,
  command: 'mailmend backup --to /usb',
});

function profileWithLockFile(): string {
  const profile = temporaryFolder();
  writeFileSync(join(profile, '.parentlock'), '');
  return profile;
}

describe.runIf(process.platform === 'linux')('the lock of a profile that is only read', () => {
  it('is held where there is a lock file, without a trace', () => {
    const profile = profileWithLockFile();
    const before = treeListing(profile, { ctime: true });
    const lock = lockForReading(request(profile));
    expect(lock).toMatchObject({ held: true, known: true });
    expect(otherProcessSays(join(profile, '.parentlock'))).toBe('held by -1');
    lock.stillFree();
    lock.release();
    expect(otherProcessSays(join(profile, '.parentlock'))).toBe('free');
    expect(treeListing(profile, { ctime: true })).toEqual(before);
  });

  it('is not made where there is none: it is asked again at the end', async () => {
    const profile = temporaryFolder();
    const lock = lockForReading(request(profile));
    expect(lock.held).toBe(false);
    expect(existsSync(join(profile, '.parentlock'))).toBe(false);
    lock.stillFree();
    writeFileSync(join(profile, '.parentlock'), '');
    const other = await otherProcessHolding(join(profile, '.parentlock'));
    expect(() => lock.stillFree()).toThrow(/has this profile open/);
    await other.end();
    lock.release();
  });

  it('is refused while a program has it, with what to run afterwards', async () => {
    const profile = profileWithLockFile();
    const other = await otherProcessHolding(join(profile, '.parentlock'));
    try {
      expect(() => lockForReading(request(profile))).toThrow(
        expect.objectContaining({
          code: 'PROFILE_IN_USE',
          exit: 3,
          next: expect.arrayContaining([expect.objectContaining({ command: 'mailmend backup --to /usb' })]),
        }),
      );
    } finally {
      await other.end();
    }
  });

  it('is refused when somebody is faster', () => {
    const profile = profileWithLockFile();
    const locks = { holder: () => null, take: () => null };
    expect(() => lockForReading({ ...request(profile), locks })).toThrow(
      expect.objectContaining({ code: 'PROFILE_IN_USE' }),
    );
  });

  it('cannot be held without koffi, nor without the right to write: then it is only asked', () => {
    const profile = profileWithLockFile();
    const proc = recordedProc({ locks: '' });
    expect(lockForReading({ ...request(profile), locks: null, proc })).toMatchObject({
      held: false,
      known: true,
    });
    const take = () => {
      throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    };
    const locks = { holder: () => null, take };
    expect(lockForReading({ ...request(profile), locks })).toMatchObject({ held: false, known: true });
  });

  it('says when it could not be asked', () => {
    const lock = lockForReading({
      ...request(profileWithLockFile()),
      locks: null,
      platform: 'darwin',
    });
    expect(lock).toMatchObject({ held: false, known: false });
  });
});
