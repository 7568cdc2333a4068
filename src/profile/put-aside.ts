/**
 * Files that a program could not read and put aside as `….corrupt`, and what it uses instead (formats.md 8.2, 9, appendix
 * A): in the profile, in its calendar-data, and with feeds. Lists of logins and the OpenPGP pass phrase have readers of
 * their own.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { findFile, listFolder } from './file-bytes.ts';

export interface PutAside {
  /** Absolute. */
  file: string;
  /** Absolute path of the file that it was. */
  original: string;
  bytes: number;
  mtimeNs: bigint;
  /** Bytes of the file that is used instead; null: there is none. */
  instead: number | null;
}

/** `x.json.corrupt`, `x.json-1.corrupt`, `x.sqlite.corrupt-1`. */
const corrupt = /^(.+?)(?:-\d+)?\.corrupt(?:-\d+)?$/i;
/** What their owner would miss; the rest the program makes anew. */
const ownThings =
  /^(?:abook(?:-\d+)?\.sqlite|history\.sqlite|local\.sqlite|feeds\.json|feeditems\.json|virtualFolders\.dat|openpgp\.sqlite)$/i;

/** @param mailFolders absolute paths of the folders of servers. Never throws. */
export function readPutAside(
  fs: ReadableFileSystem,
  profile: string,
  mailFolders: readonly string[],
): PutAside[] {
  const folders = [profile, path.join(profile, 'calendar-data'), ...new Set(mailFolders)];
  return folders.flatMap((folder) =>
    listFolder(fs, folder).flatMap(({ name }) => {
      const original = corrupt.exec(name)?.[1];
      if (original === undefined || !ownThings.test(original)) return [];
      const file = path.join(folder, name);
      const aside = findFile(fs, file);
      const instead = findFile(fs, path.join(folder, original));
      if (aside.state !== 'found' || instead.state === 'unreadable') return [];
      const { size: bytes, mtimeNs } = aside.stat;
      const used = instead.state === 'found' ? instead.stat.size : null;
      return [{ file, original: path.join(folder, original), bytes, mtimeNs, instead: used }];
    }),
  );
}
