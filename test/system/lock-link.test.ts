import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import { lockLink, thisHost } from '../../src/system/lock-link.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

const host = { addresses: new Set(['192.0.2.7']), isAlive: (pid: number) => pid === 100 };

function profileWithLink(target: string): string {
  const profile = temporaryFolder();
  symlinkSync(target, join(profile, 'lock'));
  return profile;
}

describe('the symlink `lock`', () => {
  it.each([
    ['127.0.0.1:+100', { address: '127.0.0.1', pid: 100, withLock: true, process: 'alive' }],
    ['127.0.1.1:+200', { address: '127.0.1.1', pid: 200, withLock: true, process: 'dead' }],
    ['192.0.2.7:100', { address: '192.0.2.7', pid: 100, withLock: false, process: 'alive' }],
    ['198.51.100.1:+100', { address: '198.51.100.1', pid: 100, withLock: true, process: 'other-host' }],
  ])('%s is taken apart', (target, expected) => {
    expect(lockLink(createFileSystem(), profileWithLink(target), host)).toEqual({ target, ...expected });
  });

  it.each(['somewhere/else', '127.0.0.1:', ':+100', '127.0.0.1:+99999999999'])(
    '%s says nothing',
    (target) => {
      expect(lockLink(createFileSystem(), profileWithLink(target), host)).toBeNull();
    },
  );

  it('is not there in a profile without one, and a file of that name is none', () => {
    const profile = temporaryFolder();
    expect(lockLink(createFileSystem(), profile, host)).toBeNull();
    writeFileSync(join(profile, 'lock'), '127.0.0.1:+100');
    expect(lockLink(createFileSystem(), profile, host)).toBeNull();
  });

  it('is compared with this machine', () => {
    const profile = profileWithLink(`127.0.0.1:+${process.pid}`);
    expect(lockLink(createFileSystem(), profile)?.process).toBe('alive');
    expect(thisHost().isAlive(2 ** 30)).toBe(false);
    expect(thisHost().isAlive(0)).toBe(false);
  });
});
