/**
 * What a disk, or the folder it is reached by, does to a copy: how large a file may be, and who else takes it along.
 */

import { statfsSync } from 'node:fs';

/** MSDOS_SUPER_MAGIC of Linux: FAT in all its widths, not exFAT. */
const fatOfLinux = 0x4d44;

/** Bytes that one file may have on the disk of `folder`; null when that is not known to be limited. */
export function largestFile(folder: string): number | null {
  try {
    return statfsSync(folder).type === fatOfLinux ? 2 ** 32 - 1 : null;
  } catch {
    return null;
  }
}

const synced: readonly [RegExp, string][] = [
  [/^Dropbox( \(.*\))?$/i, 'Dropbox'],
  [/^OneDrive( - .*)?$/i, 'OneDrive'],
  [/^(Google ?Drive|My Drive)$/i, 'Google Drive'],
  [/^(Mobile Documents|iCloud ?Drive)$/i, 'iCloud'],
  [/^Nextcloud$/i, 'Nextcloud'],
  [/^ownCloud$/i, 'ownCloud'],
  [/^pCloud ?Drive$/i, 'pCloud'],
  [/^MEGA(sync)?$/i, 'MEGA'],
  [/^CloudStorage$/, 'a cloud service'],
];

/** The service that copies what lies there to other computers, by the name of a folder in the path; null for none known. */
export function syncService(path: string): string | null {
  for (const part of path.split(/[/\\]/)) {
    const found = synced.find(([name]) => name.test(part));
    if (found !== undefined) return found[1];
  }
  return null;
}
