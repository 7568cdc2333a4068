/** Folders that are kept in step with other computers, on recorded trees of the three systems. */

import { describe, expect, it } from 'vitest';
import type { FileKind, ReadableFileSystem } from '../../src/repair/file-system.ts';
import { isLocalMount, knowsHardLinks, mountOf } from '../../src/system/mounts.ts';
import type { Proc } from '../../src/system/proc.ts';
import { storagePlace } from '../../src/system/storage-place.ts';

/** Only listings and links matter. `names` by folder; a trailing slash is a folder. */
function recorded(names: Record<string, string[]>, links: Record<string, string> = {}): ReadableFileSystem {
  return {
    readFolder(folder: string) {
      const found = names[folder];
      if (found === undefined) throw Object.assign(new Error('ENOENT'), { code: 'ENOENT' });
      return found.map((name) => ({
        name: name.replace(/\/$/, ''),
        kind: (name.endsWith('/') ? 'folder' : 'file') as FileKind,
      }));
    },
    realPath: (path: string) => links[path] ?? (path.includes('not yet') ? null : path),
  } as unknown as ReadableFileSystem;
}

const proc = (mounts: string): Proc => ({ text: () => mounts, names: () => [], link: () => null });
const local = '/dev/sda1 / ext4 rw 0 0\n';
const linux = { platform: 'linux' as const, home: '/home/alice', env: {}, proc: proc(local) };
const mac = { platform: 'darwin' as const, home: '/Users/alice', env: {} };
const windows = { platform: 'win32' as const, home: 'C:\\Users\\alice', env: {} };

describe('a folder of a sync program', () => {
  it.each([
    ['Dropbox', '/srv/box', ['.dropbox']],
    ['Dropbox', '/srv/box', ['.dropbox.cache/']],
    ['Syncthing', '/home/alice/tb', ['.stfolder/']],
    ['Nextcloud or ownCloud', '/home/alice/nc', ['.sync_0a1b2c3d.db']],
    ['Nextcloud or ownCloud', '/home/alice/oc', ['._sync_0a1b2c3d.db']],
    ['Nextcloud or ownCloud', '/home/alice/oc', ['.owncloudsync.log']],
    ['Google Drive', '/home/alice/g', ['.tmp.drivedownload/']],
  ])('is known by the marks in its topmost folder: %s', (name, folder, marks) => {
    const fs = recorded({ [folder]: [...marks, 'a/'] });
    const found = { kind: 'synced', name, folder };
    expect(storagePlace(fs, `${folder}/a/b`, linux)).toEqual(found);
    expect(storagePlace(fs, folder, linux)).toEqual(found);
    expect(storagePlace(fs, `${folder} 2`, linux)).toBeNull();
  });

  it.each([
    ['Dropbox', '/home/alice/Dropbox/tb', linux],
    ['Dropbox', '/Users/alice/Dropbox (Family)/tb', mac],
    ['OneDrive', '/Users/alice/Library/CloudStorage/OneDrive-Personal/tb', mac],
    ['Google Drive', '/Users/alice/Library/CloudStorage/GoogleDrive-a@example.org/My Drive', mac],
    ['a cloud service', '/Users/alice/Library/CloudStorage/Box-Box/tb', mac],
    ['iCloud Drive', '/Users/alice/Library/Mobile Documents/com~apple~CloudDocs/tb', mac],
    ['OneDrive', 'C:\\Users\\alice\\OneDrive - Firm\\Documents\\tb', windows],
    ['iCloud Drive', 'C:\\Users\\alice\\iCloudDrive\\tb', windows],
    ['OneDrive', 'D:\\Cloud\\tb', { ...windows, env: { OneDriveCommercial: 'd:\\cloud' } }],
  ])('is known by its place: %s, %s', (name, folder, environment) => {
    expect(storagePlace(recorded({}), folder, environment)).toMatchObject({ kind: 'synced', name });
  });

  it('is not what only looks a little like one', () => {
    // ~/.dropbox of Linux holds the settings of Dropbox.
    const fs = recorded({ '/home/alice': ['.dropbox/', '.thunderbird/', 'Dropbox/'] });
    for (const folder of ['/home/alice/.thunderbird', '/home/alice/Dropboxes', '/home/alice/work/Dropbox'])
      expect(storagePlace(fs, folder, linux)).toBeNull();
    expect(storagePlace(recorded({}), '/Users/alice/Library/Thunderbird', mac)).toBeNull();
    expect(storagePlace(recorded({}), 'C:\\Users\\alice\\AppData\\Roaming\\Thunderbird', windows)).toBeNull();
  });

  it('is found behind a link, and where the folder itself is yet to be made', () => {
    const fs = recorded({ '/srv/sync': ['.stfolder/'] }, { '/home/alice/link': '/srv/sync/tb' });
    expect(storagePlace(fs, '/home/alice/link', linux)?.name).toBe('Syncthing');
    expect(storagePlace(fs, '/srv/sync/not yet/not yet', linux)?.name).toBe('Syncthing');
  });
});

describe('a network disk', () => {
  const mounts = `${local}server:/home /home nfs4 rw 0 0\n/dev/sdb /home/alice/my\\040disk ext4 rw 0 0\nme@host:/ /mnt/ssh fuse.sshfs rw 0 0\nC: /mnt/c 9p rw 0 0\n`;
  const there = { ...linux, proc: proc(mounts) };

  it('is known by its mount, the innermost one', () => {
    const network = (folder: string, type: string) => ({
      kind: 'network',
      name: `a network disk (${type})`,
      folder,
    });
    const fs = recorded({});
    expect(storagePlace(fs, '/home/alice/.thunderbird', there)).toEqual(network('/home', 'nfs4'));
    expect(storagePlace(fs, '/mnt/ssh', there)).toEqual(network('/mnt/ssh', 'fuse.sshfs'));
    expect(storagePlace(fs, '/mnt/c/Users', there)).toEqual(network('/mnt/c', '9p'));
    for (const folder of ['/home/alice/my disk/tb', '/mnt/sshd', '/srv'])
      expect(storagePlace(fs, folder, there)).toBeNull();
    expect(storagePlace(fs, '/srv', { ...linux, proc: { ...proc(''), text: () => null } })).toBeNull();
  });

  it('of two mounts at one place the last counts, and what cannot be read is no mount', () => {
    expect(mountOf('/a/b', 'x /a ext4 rw\ny /a cifs rw\nbroken\n')).toEqual({ at: '/a', type: 'cifs' });
    expect(mountOf('/a', '')).toBeNull();
  });

  it.each([
    ['cifs', false],
    ['fuse.rclone', false],
    ['fuse.anything-new', false],
    ['fuse.gocryptfs', true],
    ['fuseblk', true],
    ['btrfs', true],
    ['overlay', true],
  ])('%s is local: %s', (type, expected) => expect(isLocalMount(type)).toBe(expected));

  it('has a path of its own on Windows', () => {
    expect(storagePlace(recorded({}), '\\\\server\\share\\tb', windows)).toMatchObject({
      kind: 'network',
      folder: '\\\\server\\share',
    });
    for (const folder of ['C:\\tb', '\\\\?\\C:\\tb'])
      expect(storagePlace(recorded({}), folder, windows)).toBeNull();
    expect(storagePlace(recorded({}), '/Volumes/disk', mac)).toBeNull();
  });

  it('some disks of this computer know one name per file', () => {
    expect(['vfat', 'exfat', 'ext4'].map(knowsHardLinks)).toEqual([false, false, true]);
  });
});
