/**
 * What a disk, or the name of a folder, says about the copies in it.
 */

import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { largestFile, syncService } from '../../src/system/disk-limits.ts';

it.each([
  ['/home/alice/Dropbox/backup', 'Dropbox'],
  ['/home/alice/Dropbox (Personal)/backup', 'Dropbox'],
  ['C:\\Users\\alice\\OneDrive - Example\\mail', 'OneDrive'],
  ['/Users/alice/Library/Mobile Documents/com~apple~CloudDocs/x', 'iCloud'],
  ['/Users/alice/Library/CloudStorage/Some-Service/x', 'a cloud service'],
  ['/home/alice/Nextcloud', 'Nextcloud'],
  ['/home/alice/my dropbox notes', null],
  ['/media/usb/mail', null],
])('%s is copied elsewhere by %s', (path, service) => {
  expect(syncService(path)).toBe(service);
});

it('a disk that is no FAT, or is not there, has no known limit', () => {
  expect(largestFile(tmpdir())).toBeNull();
  expect(largestFile('/not/there')).toBeNull();
});
