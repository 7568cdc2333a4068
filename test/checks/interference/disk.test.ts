import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/checks/check.ts';
import { diskFull } from '../../../src/checks/interference/disk-full.ts';
import { syncedFolder } from '../../../src/checks/interference/synced-folder.ts';
import type { DiskSpace } from '../../../src/system/disk-space.ts';
import { diskSpace } from '../../../src/system/disk-space.ts';
import type { Machine } from '../../../src/system/machine.ts';
import { isMountedReadOnly } from '../../../src/system/mounts.ts';
import { foundBy, gravity, onlyFinding } from '../../support/check-story.ts';
import { profileFromPrefs } from '../../support/profile-from-prefs.ts';

const megabyte = 1024 * 1024;
const facts = (machine: Partial<Machine>): Facts => ({
  ...profileFromPrefs('user_pref("a", 1);'),
  machine: machine as Machine,
});
const disk = (space: Partial<DiskSpace>): Facts =>
  facts({ disk: { freeBytes: 300 * megabyte, freeFiles: null, isReadOnly: false, ...space } });

describe('the disk of the profile', () => {
  it('is quiet with room for mail, and where the system does not tell', () => {
    expect(foundBy(diskFull, disk({}))).toEqual([]);
    expect(foundBy(diskFull, disk({ freeFiles: 5000 }))).toEqual([]);
    expect(foundBy(diskFull, facts({ disk: null }))).toEqual([]);
  });

  it('is an error when it is full, takes no more files, or may only be read', () => {
    expect(gravity(diskFull, disk({ freeBytes: 3 * megabyte }))).toBe('error loses');
    expect(gravity(diskFull, disk({ freeFiles: 2 }))).toBe('error loses');
    expect(gravity(diskFull, disk({ isReadOnly: true }))).toBe('error loses');
  });

  it('is a warning when little is left', () => {
    expect(gravity(diskFull, disk({ freeBytes: 100 * megabyte }))).toBe('warning safe');
  });

  it('tells of itself, here', () => {
    expect(diskSpace('/', 'linux', { text: () => '/dev/a / ext4 ro,noatime 0 0' } as never)).toMatchObject({
      isReadOnly: true,
      freeBytes: expect.any(Number),
    });
    expect(diskSpace('/no/such/folder', 'linux')).toBeNull();
  });

  it('is read-only by the options of the innermost mount', () => {
    const mounts = '/dev/a / ext4 rw,errors=remount-ro 0 0\n/dev/b /mnt ext4 ro,relatime 0 0\n';
    expect(isMountedReadOnly('/home/alice', mounts)).toBe(false);
    expect(isMountedReadOnly('/mnt/mail', mounts)).toBe(true);
  });
});

describe('a profile that others keep as well', () => {
  it('is told, with the way out of it', () => {
    const { finding } = onlyFinding(
      syncedFolder,
      facts({ place: { kind: 'synced', name: 'Dropbox', folder: '/home/alice/Dropbox' } }),
    );
    expect(finding.title).toBe('The profile lies in a folder of Dropbox');
    expect(finding.detail).toContain('mailmend profiles relink default-release <new folder>');
    const network = facts({ place: { kind: 'network', name: 'a network disk (nfs4)', folder: '/srv' } });
    expect(onlyFinding(syncedFolder, network).finding.title).toBe(
      'The profile lies on a network disk (nfs4)',
    );
  });

  it('is quiet on this computer’s own disk', () => {
    expect(foundBy(syncedFolder, facts({ place: null }))).toEqual([]);
  });
});
