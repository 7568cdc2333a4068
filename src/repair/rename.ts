/**
 * Renaming so that it lasts, and with patience: on Windows a virus scanner or indexer that holds a file for a moment
 * makes its rename fail, and waiting helps.
 */

import path from 'node:path';
import type { WritableFileSystem } from './file-system.ts';
import { codeOf } from './system-error.ts';

/** Handed in on Windows only; without it a refusal is a refusal. */
export type Sleep = (milliseconds: number) => Promise<void>;

const pause = 200;
const longest = 10_000;
const heldByAnother = new Set(['EPERM', 'EBUSY', 'EACCES']);

/** Durable when it returns. @throws the system's error, after at most ten seconds of waiting. */
export async function renameDurably(
  fs: WritableFileSystem,
  from: string,
  to: string,
  sleep: Sleep | undefined,
): Promise<void> {
  for (let waited = 0; !renamed(fs, from, to, sleep !== undefined && waited < longest); waited += pause)
    await sleep?.(pause);
  fs.syncFolder(path.dirname(to));
  fs.syncFolder(path.dirname(from));
}

function renamed(fs: WritableFileSystem, from: string, to: string, patient: boolean): boolean {
  try {
    fs.rename(from, to);
    return true;
  } catch (error) {
    if (!patient || !heldByAnother.has(String(codeOf(error)))) throw error;
    return false;
  }
}
