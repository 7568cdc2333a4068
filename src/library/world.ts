/**
 * The world that mailmend works in: file system, platform, clock, what the operating system offers. Handed in, so that
 * tests can make another one.
 */

import os from 'node:os';
import type { Platform } from '../profile/places.ts';
import type { WritableFileSystem } from '../repair/file-system.ts';
import { createFileSystem } from '../repair/node-file-system.ts';
import { type DiskSpace, diskSpace } from '../system/disk-space.ts';
import type { FileLocks } from '../system/file-locks.ts';
import { loadNative } from '../system/native.ts';
import { systemLocks } from '../system/system-locks.ts';

export interface World {
  fs: WritableFileSystem;
  platform: Platform;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  now(): Date;
  /** Null where koffi cannot be loaded: reading goes on, writing is refused. */
  locks: FileLocks | null;
  /** The user; null or absent where there are no numbers of users. */
  uid?: number | null;
  /** What is left on the disk of a folder; absent: not asked. */
  disk?(folder: string): DiskSpace | null;
  /** What was given on the command line and the next command needs as well. */
  given?: { roots: readonly string[]; runs: string | null };
}

export function systemWorld(): World {
  const native = loadNative();
  return {
    fs: createFileSystem(undefined, native ?? undefined),
    platform: knownPlatform(),
    env: process.env,
    home: os.homedir(),
    now: () => new Date(),
    locks: systemLocks(),
    uid: process.getuid?.() ?? null,
    disk: (folder) => diskSpace(folder, process.platform),
  };
}

/** Other Unixes lay their files out as Linux does. */
function knownPlatform(): Platform {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}
