/**
 * /proc of Linux as a port. Not the file-system port: the files of /proc say that they are empty (size 0), and
 * vanish with the process they tell of. Elsewhere there is no /proc, and the answers are those of an empty one.
 */

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Paths are relative to /proc. What is gone, forbidden or never was: null, or no names. */
export interface Proc {
  text(path: string): string | null;
  names(folder: string): string[];
  link(path: string): string | null;
}

export const systemProc: Proc = {
  text: (path) => attempt(() => readFileSync(`/proc/${path}`, 'utf8')),
  names: (folder) => attempt(() => readdirSync(`/proc/${folder}`)) ?? [],
  link: (path) => attempt(() => readlinkSync(`/proc/${path}`)),
};

function attempt<T>(look: () => T): T | null {
  try {
    return look();
  } catch {
    return null;
  }
}
