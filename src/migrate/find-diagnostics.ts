/**
 * The diagnostic profiles of a root, known by the note in their folder, whatever they are called by now.
 */

import { rulesOf } from '../profile/path-rules.ts';
import type { RegisteredProfile, Registry } from '../profile/registry.ts';
import { readSmallFile } from '../profile/small-file.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type DiagnosticMark, markFile, parseMark } from './diagnostic-mark.ts';

export interface FoundDiagnostic {
  /** Null when the program does not list it any more. */
  entry: RegisteredProfile | null;
  name: string;
  /** Absolute. */
  path: string;
  mark: DiagnosticMark;
}

const largestMark = 1024 * 1024;

/** The newest first. @param profiles folders of the root that could be one. */
export function findDiagnostics(
  fs: ReadableFileSystem,
  registry: Registry,
  profiles: readonly { path: string; name: string | null }[],
): FoundDiagnostic[] {
  return profiles
    .flatMap(({ path, name }) => {
      const mark = readMark(fs, path);
      if (mark === null) return [];
      const entry = registry.profiles.find((profile) => profile.path === path) ?? null;
      return [{ entry, name: entry?.name ?? name ?? path, path, mark }];
    })
    .sort((a, b) => (a.mark.made < b.mark.made ? 1 : -1));
}

/** Null for a profile that is no diagnostic one. */
export function readMark(fs: ReadableFileSystem, profile: string): DiagnosticMark | null {
  const file = readSmallFile(fs, rulesOf(profile).join(profile, markFile), largestMark);
  return file.state === 'present' ? parseMark(file.bytes) : null;
}
