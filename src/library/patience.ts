/**
 * On Windows a virus scanner or indexer may hold a file for a moment: there the engine waits and tries again.
 */

import { setTimeout } from 'node:timers/promises';
import type { World } from './world.ts';

export function patience({ platform }: World): { sleep?: (milliseconds: number) => Promise<void> } {
  return platform === 'win32' ? { sleep: (milliseconds) => setTimeout(milliseconds) } : {};
}
