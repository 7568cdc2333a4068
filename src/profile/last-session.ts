/**
 * sessionCheckpoints.json: the program writes it at its start and as it quits, so its time is that of the last use, and
 * its last mark is missing after a crash (formats.md 1.4).
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import { readSmallFile } from './small-file.ts';

export interface LastSession {
  mtimeNs: bigint;
  /** Null where the file cannot be understood. */
  clean: boolean | null;
}

const maxBytes = 64 * 1024;

export function readLastSession(fs: ReadableFileSystem, profilePath: string): LastSession | null {
  const file = rulesOf(profilePath).join(profilePath, 'sessionCheckpoints.json');
  const text = readSmallFile(fs, file, maxBytes);
  if (text.state !== 'present') return null;
  const mtimeNs = fs.stat(file)?.mtimeNs;
  return mtimeNs === undefined ? null : { mtimeNs, clean: endedProperly(text.bytes) };
}

function endedProperly(bytes: Uint8Array): boolean | null {
  try {
    const marks: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof marks === 'object' && marks !== null && 'profile-before-change' in marks;
  } catch {
    return null;
  }
}
