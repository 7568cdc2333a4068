/**
 * The world that mailmend works in: file system, platform, clock, what the operating system offers. Handed in, so that
 * tests can make another one.
 */

import os from 'node:os';
import type { Platform } from '../profile/places.ts';
import type { WrittenFile } from '../profile/written-files.ts';
import type { WritableFileSystem } from '../repair/file-system.ts';
import { createFileSystem } from '../repair/node-file-system.ts';
import { type DiskSpace, diskSpace } from '../system/disk-space.ts';
import type { FileLocks } from '../system/file-locks.ts';
import type { FileMark } from '../system/file-marks.ts';
import { loadNative } from '../system/native.ts';
import { type OpenFile, openFiles } from '../system/open-files.ts';
import { systemLocks } from '../system/system-locks.ts';
import type { Unlocker } from '../unlock/unlocker.ts';

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
  /** Which of the files other programs use; absent: not asked. */
  openFiles?(files: readonly WrittenFile[]): OpenFile[];
  /** What keeps a file from being changed; absent: not asked. */
  markOf?(path: string): FileMark | null;
  /** Opens the saved logins (`--unlock`); absent: nothing is decrypted. */
  unlock?: Unlocker;
  /** What was given on the command line and the next command needs as well. */
  given?: { roots: readonly string[]; runs: string | null; unlock?: readonly string[] };
}

export function systemWorld(): World {
  const native = loadNative();
  const fs = createFileSystem(undefined, native ?? undefined);
  return {
    fs,
    platform: knownPlatform(),
    env: process.env,
    home: os.homedir(),
    now: () => new Date(),
    locks: systemLocks(),
    uid: process.getuid?.() ?? null,
    disk: (folder) => diskSpace(folder, process.platform),
    markOf: (path) => native?.markOf(path) ?? null,
    openFiles: (files) => (process.platform === 'linux' ? openFiles(fs, files) : []),
  };
}

/** Other Unixes lay their files out as Linux does. */
function knownPlatform(): Platform {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}

/** Other programs come and go while a command runs: they are asked for once, so that a repair is not blamed for them. */
export function withOthersAsNow(world: World): World {
  let known: OpenFile[] | null = null;
  return {
    ...world,
    openFiles(files) {
      known ??= world.openFiles?.(files) ?? [];
      return known;
    },
  };
}
