/**
 * Makes the system read a file from the disk again, instead of from its memory: posix_fadvise(2) with
 * POSIX_FADV_DONTNEED, on Linux. What is not on the disk yet stays in memory, so it comes after fsync.
 * Elsewhere, and without koffi, there is no such call (macOS and Windows know it for open handles only): what is read
 * back then may come from memory.
 */

import { closeSync, constants, openSync } from 'node:fs';
import { createRequire } from 'node:module';

/** @returns whether the system was asked. Never throws: it is a hint. */
export type ForgetCached = (file: string) => boolean;

type Advise = (handle: number, offset: number, length: number, advice: number) => number;

const dontNeed = 4;
const careful = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const require = createRequire(import.meta.url);

export function pageCache(platform: NodeJS.Platform = process.platform, load = loadAdvise): ForgetCached {
  const advise = platform === 'linux' ? load() : null;
  if (advise === null) return () => false;
  return (file) => {
    try {
      const handle = openSync(file, careful);
      try {
        return advise(handle, 0, 0, dontNeed) === 0;
      } finally {
        closeSync(handle);
      }
    } catch {
      return false;
    }
  };
}

/** 64-bit Linux alone, where off_t is a long: as native-layout.ts. */
function loadAdvise(): Advise | null {
  if (process.arch !== 'x64' && process.arch !== 'arm64') return null;
  try {
    const koffi = require('koffi') as typeof import('koffi');
    return koffi.load(null).func('posix_fadvise', 'int', ['int', 'int64_t', 'int64_t', 'int']);
  } catch {
    return null;
  }
}
