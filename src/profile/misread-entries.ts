/**
 * Entries of profiles.ini that do not lead to a folder as they stand, and would if they were meant otherwise: an absolute
 * path marked as relative or the reverse, the separators of another system, a path of another computer (formats.md R3).
 * Belongs here: reading them the other way. A folder that has moved away is profile/folder-missing.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import { rulesOf } from './path-rules.ts';
import type { Root } from './places.ts';
import { looksLikeProfile } from './profile-folder.ts';
import { resolvePlace } from './profile-place.ts';
import type { Registry } from './registry.ts';

export interface MisreadEntry {
  /** `Profile0` … */
  section: string;
  name: string | null;
  line: number;
  /** The text of Path and IsRelative; null where there is no such line. */
  path: string | null;
  isRelative: string | null;
  /** The one profile folder that is meant; null: none, or several could be. */
  folder: string | null;
  /** It lacks its Name, nothing else. */
  nameless: boolean;
}

/** @param fs to see which of the readings is there. Nothing is opened. */
export function misreadEntries(fs: ReadableFileSystem, registry: Registry): MisreadEntry[] {
  const { root, ini, profiles, hidden } = registry;
  const listed = new Set(profiles.map(({ path }) => path));
  const seen = new Set(profiles.map(({ section }) => section));
  const value = (section: string, key: string): string | null => ini?.get(section, key)?.value ?? null;
  const unseen = hidden.filter(({ cause }) => ['unusable-path', 'no-path', 'no-name'].includes(cause));
  // On Windows a relative path with back-slashes comes down to the root itself.
  const isAway = (path: string): boolean =>
    path === root.path ? !looksLikeProfile(fs, path) : !isThere(fs, path);
  const dangling = profiles.filter(({ path }) => isAway(path));
  return [...unseen, ...dangling].flatMap(({ section, name, line, path: own }) => {
    const path = value(section, 'Path');
    const isRelative = value(section, 'IsRelative');
    const nameless = value(section, 'Name') === null && own !== null && isThere(fs, own);
    const readings = path === null ? [] : nameless ? [own] : otherReadings(root, path, isRelative === '1');
    const found = [...new Set(readings)].filter(
      (folder) => folder !== null && !listed.has(folder) && looksLikeProfile(fs, folder),
    );
    const folder = found.length === 1 ? (found[0] ?? null) : null;
    const entry = { section, name: name === '' ? null : name, line, path, isRelative, folder, nameless };
    // A listed one that no other reading finds has only lost its folder.
    return folder === null && seen.has(section) ? [] : [entry];
  });
}

/** Every other way to understand the text. */
function otherReadings(root: Root, text: string, relative: boolean): (string | null)[] {
  const rules = rulesOf(root.path);
  const turned = rules.sep === '\\' ? text.replaceAll('/', '\\') : text.replaceAll('\\', '/');
  const asRelative = text.replaceAll('\\', '/');
  const isAbsolute = /^(?:[A-Za-z]:[\\/]|[\\/])/.test(text);
  return [
    resolvePlace(root, text, !relative),
    ...(isAbsolute ? [resolvePlace(root, turned, false)] : [resolvePlace(root, asRelative, true)]),
    ...(isAbsolute && isForeign(root, text) ? inThisRoot(root, asRelative) : []),
  ];
}

/** `C:\…` where there are no drives, `/home/…` where there are. */
const isForeign = (root: Root, text: string): boolean =>
  (rulesOf(root.path).sep === '\\') !== /^(?:[A-Za-z]:|\\\\)/.test(text);

/** A profile that came with its root from another computer keeps its place in it. */
function inThisRoot(root: Root, text: string): string[] {
  const { join } = rulesOf(root.path);
  const folder = text.split('/').findLast((part) => part !== '');
  if (folder === undefined || folder === '..' || folder === '.') return [];
  return [join(root.path, 'Profiles', folder), join(root.path, folder)];
}

function isThere(fs: ReadableFileSystem, path: string): boolean {
  try {
    return fs.stat(path)?.kind === 'folder';
  } catch {
    // It is there, and may not be looked into.
    return true;
  }
}
