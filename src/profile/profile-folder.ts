/**
 * A folder as a profile: whether it looks like one (design.md 3), and what its compatibility.ini says of the program
 * that used it last (formats.md 1.3).
 */

import { parseIni } from '../formats/ini/parse.ts';
import type { FolderEntry, ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import type { Program } from './profile.ts';
import { readSmallFile } from './small-file.ts';

/** Each value is null where the file does not have it. */
export interface Compatibility {
  /** As in LastVersion, the part before the build ids: `153.7.0`. Null also for a run in Safe Mode, which leaves no number. */
  version: string | null;
  osAbi: string | null;
  platformDir: string | null;
  appDir: string | null;
  /** Line of LastVersion. */
  lastLine: number | null;
}

const files = new Set([
  'prefs.js',
  'Invalidprefs.js',
  'compatibility.ini',
  'times.json',
  'logins.json',
  'key3.db',
  'key4.db',
]);
const numbered = /^(?:prefs-[0-9]+\.js|signons.*)$/;
const mailFolders = new Set(['Mail', 'ImapMail']);

/** One of these names is enough. Links count as what they lead to. */
const isSign = ({ name, kind }: FolderEntry): boolean =>
  (kind !== 'folder' && (files.has(name) || numbered.test(name))) ||
  (kind !== 'file' && mailFolders.has(name));

/** False also for what is no folder or cannot be read. */
export const looksLikeProfile = (fs: ReadableFileSystem, path: string): boolean =>
  listFolder(fs, path)?.some(isSign) ?? false;

/** A folder that the program made and never opened: it holds times.json and nothing else (formats.md 1.2, R14). */
export function isNeverUsed(fs: ReadableFileSystem, path: string): boolean {
  const entries = listFolder(fs, path);
  return entries !== null && entries.length === 1 && entries[0]?.name === 'times.json';
}

/** Null for what is no folder or cannot be read. Follows a link. */
export function listFolder(fs: ReadableFileSystem, path: string): FolderEntry[] | null {
  try {
    return fs.stat(path)?.kind === 'folder' ? fs.readFolder(path) : null;
  } catch {
    return null;
  }
}

const maxCompatibilityBytes = 64 * 1024;

/** Null when there is none that could be read; all its values null when nothing of it could be understood. */
export function readCompatibility(fs: ReadableFileSystem, profilePath: string): Compatibility | null {
  const path = rulesOf(profilePath).join(profilePath, 'compatibility.ini');
  const text = readSmallFile(fs, path, maxCompatibilityBytes);
  if (text.state !== 'present') return null;
  const ini = parseIni(text.bytes);
  const value = (key: string): string | null => ini.get('Compatibility', key)?.value ?? null;
  const lastVersion = ini.get('Compatibility', 'LastVersion');
  return {
    version: /^[0-9][^_/]*/.exec(lastVersion?.value ?? '')?.[0] ?? null,
    osAbi: value('LastOSABI'),
    platformDir: value('LastPlatformDir'),
    appDir: value('LastAppDir'),
    lastLine: lastVersion?.line ?? null,
  };
}

const programNames: readonly [RegExp, Program][] = [
  [/betterbird/i, 'betterbird'],
  [/postbox/i, 'postbox'],
  [/seamonkey/i, 'seamonkey'],
  [/thunderbird|icedove/i, 'thunderbird'],
];

/** The program that a name, or the last telling part of a directory, belongs to; null when none does. */
export function programNamed(text: string | null): Program | null {
  for (const part of (text ?? '').split(/[\\/]/).toReversed()) {
    const found = programNames.find(([name]) => name.test(part));
    if (found !== undefined) return found[1];
  }
  return null;
}

/** The program that used the profile last, by the directory it ran from; else the one that the root belongs to. */
export const programOf = (compatibility: Compatibility | null, ofRoot: Program): Program =>
  programNamed(compatibility?.appDir ?? null) ?? programNamed(compatibility?.platformDir ?? null) ?? ofRoot;
