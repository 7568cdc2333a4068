/**
 * What is left on the disk of a folder, and whether it may be written at all: for the checks, so that a full or
 * read-only disk is told before anything is tried.
 */

import { statfsSync } from 'node:fs';
import { isMountedReadOnly } from './mounts.ts';
import { type Proc, systemProc } from './proc.ts';

export interface DiskSpace {
  /** Bytes that this user may still write. */
  freeBytes: number;
  /** Files that may still be made; null where the disk has no such bound. */
  freeFiles: number | null;
  /** Told on Linux only; false elsewhere. */
  isReadOnly: boolean;
}

/** Null when the system does not tell. @param folder absolute. */
export function diskSpace(
  folder: string,
  platform: NodeJS.Platform,
  proc: Proc = systemProc,
): DiskSpace | null {
  try {
    const { bavail, bsize, files, ffree } = statfsSync(folder, { bigint: true });
    return {
      freeBytes: Number(bavail * bsize),
      freeFiles: files > 0n ? Number(ffree) : null,
      isReadOnly: platform === 'linux' && isMountedReadOnly(folder, proc.text('self/mounts') ?? ''),
    };
  } catch {
    return null;
  }
}
