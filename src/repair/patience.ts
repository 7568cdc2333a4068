/**
 * Windows: a virus scanner or indexer that holds a file for a moment makes its rename fail. Waiting helps.
 */

import type { WritableFileSystem } from './file-system.ts';
import { codeOf } from './system-error.ts';

/** Handed in on Windows only; without it a refusal is a refusal. */
export type Sleep = (milliseconds: number) => Promise<void>;

const pause = 200;
const longest = 10_000;
const heldByAnother = new Set(['EPERM', 'EBUSY', 'EACCES']);

/** @throws the system's error, after at most ten seconds of waiting. */
export async function renamePatiently(
  fs: WritableFileSystem,
  from: string,
  to: string,
  sleep: Sleep | undefined,
): Promise<void> {
  for (let waited = 0; ; waited += pause) {
    try {
      return fs.rename(from, to);
    } catch (error) {
      if (sleep === undefined || waited >= longest || !heldByAnother.has(codeOf(error) ?? '')) throw error;
      await sleep(pause);
    }
  }
}
