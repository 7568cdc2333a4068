/**
 * What crashes leave behind: a report each in the root's `Crash Reports` folder, or in `minidumps` of the profile. Only
 * names and times are looked at.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import { listFolder } from './profile-folder.ts';

export interface CrashReport {
  /** Absolute. */
  file: string;
  /** Milliseconds since 1970. */
  time: number;
}

/** `<id>.dmp` while it waits, `bp-<id>.txt` once it was sent. The newest first; what cannot be listed counts for nothing. */
export function readCrashReports(fs: ReadableFileSystem, root: string, profile: string): CrashReport[] {
  const { join } = rulesOf(root);
  const folders = [
    join(root, 'Crash Reports', 'pending'),
    join(root, 'Crash Reports', 'submitted'),
    join(profile, 'minidumps'),
  ];
  return folders
    .flatMap((folder) =>
      (listFolder(fs, folder) ?? [])
        .filter(({ name }) => /\.dmp$|^bp-.*\.txt$/.test(name))
        .flatMap(({ name }) => reportAt(fs, join(folder, name))),
    )
    .sort((a, b) => b.time - a.time);
}

function reportAt(fs: ReadableFileSystem, file: string): CrashReport[] {
  try {
    const stat = fs.lstat(file);
    return stat === null ? [] : [{ file, time: Number(stat.mtimeNs / 1_000_000n) }];
  } catch {
    return [];
  }
}
