/**
 * What the operating system says, as the checks see it (design.md 1: `Facts.machine`). Gathered by index.ts.
 */

import { statfsSync } from 'node:fs';
import type { DiskSpace } from './disk-space.ts';
import type { DownloadMark } from './download-marks.ts';
import type { FixedFile } from './file-marks.ts';
import type { Install } from './installs.ts';
import type { LockLink } from './lock-link.ts';
import type { LockState } from './lock-state.ts';
import type { OpenFile } from './open-files.ts';
import type { StoragePlace } from './storage-place.ts';

export interface Machine {
  platform: NodeJS.Platform;
  /** Of the profile that is looked at. */
  lock: LockState;
  /** Who says to have the profile open, by the link that programs leave in it; null where there is none. */
  lockLink: LockLink | null;
  now: Date;
  installs: Install[];
  /** Of the disk of the profile; null or absent where the system does not tell. */
  disk?: DiskSpace | null;
  /** Where a sync program or a network keeps the profile's folder; null or absent: only on this computer. */
  place?: StoragePlace | null;
  /** Files of the profile that other programs use; absent: not asked. */
  openFiles?: OpenFile[];
  /** Files of the profile that the system lets nobody change; absent: not asked. */
  fixedFiles?: FixedFile[];
  /** Files right in the profile that are marked as downloaded; absent: not asked. */
  downloadMarks?: DownloadMark[];
}

/** Bytes that this user may still write on the file system of `path`; null when it does not tell. */
export function freeBytes(path: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(path, { bigint: true });
    return Number(bavail * bsize);
  } catch {
    return null;
  }
}
