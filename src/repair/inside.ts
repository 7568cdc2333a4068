/**
 * Whether a path lies in a folder: by its letters, and after links are resolved (design.md 6.11).
 * Belongs here: the geometry of paths. Which folders a plan may touch is said by the plan.
 */

import path from 'node:path';
import type { ReadableFileSystem } from './file-system.ts';

/** True also for the folder itself. Both absolute and normalised. */
export function isInside(folder: string, candidate: string): boolean {
  const start = folder.endsWith(path.sep) ? folder : folder + path.sep;
  return candidate === folder || candidate.startsWith(start);
}

/** True only for what lies below the folder. */
export function isBelow(folder: string, candidate: string): boolean {
  return candidate !== folder && isInside(folder, candidate);
}

/** Absolute, normalised, without `..`, a trailing separator or a NUL: the only form in which a plan holds paths. */
export function isPlainPath(candidate: string): boolean {
  if (!path.isAbsolute(candidate) || candidate.includes('\0')) return false;
  return path.resolve(candidate) === candidate;
}

/** The real path of the deepest folder above `candidate` that exists: where a link could lead elsewhere. */
export function realParent(fs: ReadableFileSystem, candidate: string): string {
  const parent = path.dirname(candidate);
  return parent === candidate ? candidate : (fs.realPath(parent) ?? realParent(fs, parent));
}

/** Below one of the folders by its letters, and still so when the links above it are resolved. */
export function staysInside(fs: ReadableFileSystem, folders: readonly string[], candidate: string): boolean {
  if (!folders.some((folder) => isBelow(folder, candidate))) return false;
  const parent = realParent(fs, candidate);
  return folders.some((folder) => {
    const real = fs.realPath(folder);
    return real !== null && isInside(real, parent);
  });
}
