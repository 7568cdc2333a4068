/**
 * What the operating system says, as the checks see it (design.md 1: `Facts.machine`). Gathered by index.ts.
 */

import { statfsSync } from 'node:fs';
import type { DiskSpace } from './disk-space.ts';
import type { Install } from './installs.ts';
import type { LockLink } from './lock-link.ts';
import type { LockState } from './lock-state.ts';
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
