/**
 * The file locks of this machine: share modes on Windows, fcntl elsewhere, null where that cannot be called.
 */

import type { FileLocks } from './file-locks.ts';
import { loadNative } from './native.ts';
import { shareModeLocks } from './share-mode-locks.ts';

export const systemLocks = (platform: NodeJS.Platform = process.platform): FileLocks | null =>
  platform === 'win32' ? shareModeLocks() : loadNative();
