/**
 * The rules of file paths go with the path, not with the machine that mailmend runs on: a root on an old Windows disk
 * that hangs at a Linux machine is reached by a Linux path, and tests walk trees of all three systems.
 */

import path, { type PlatformPath } from 'node:path';
import type { Platform } from './places.ts';

export const rulesFor = (platform: Platform): PlatformPath =>
  platform === 'win32' ? path.win32 : path.posix;

/** The rules that an absolute path was made by: `C:\…` and `\\server\…` are Windows paths. */
export const rulesOf = (absolute: string): PlatformPath =>
  /^(?:[A-Za-z]:[\\/]|\\\\)/.test(absolute) ? path.win32 : path.posix;

/** An absolute path without separators at its end; `/` and `C:\\` stay as they are. */
export function withoutEnd(absolute: string): string {
  const { sep } = rulesOf(absolute);
  let end = absolute.length;
  while (end > 1 && absolute[end - 1] === sep && absolute[end - 2] !== ':') end--;
  return absolute.slice(0, end);
}
