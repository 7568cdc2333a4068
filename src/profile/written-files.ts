/**
 * The files and folders of a profile that the program has to write in every session: settings, passwords, address books,
 * calendars, mail and its indexes. What others do to them is what breaks mail (formats.md 10.1 R12).
 * Left out: user.js, chrome and add-ons, which are the owner's to protect, and what only a running program keeps.
 */

import path from 'node:path';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { listFolder } from './file-bytes.ts';
import { isStoreName } from './store-names.ts';

export interface WrittenFile {
  /** Absolute; where a link led to it, the link. */
  path: string;
  /** Of what a link leads to; its kind is `file` or `folder`. */
  stat: FileStat;
}

const written =
  /^(?:prefs\.js|logins\.json|key[34]\.db|cert[89]\.db|signons.*\.(?:txt|sqlite)|.*\.mab|(?:abook|history)[^/]*\.sqlite|(?:cookies|permissions|places|favicons|storage|content-prefs|global-messages-db|blist)\.sqlite|folderCache\.json|panacea\.dat|virtualFolders\.dat|session\.json|xulstore\.json|training\.dat|handlers\.json|compatibility\.ini|(?:pub|sec)ring\.gpg|encrypted-openpgp-passphrase\.txt)$/i;
const holding = new Set(['Mail', 'ImapMail', 'News', 'calendar-data', 'OfflineCache']);
/** In folders of mail: stores, their indexes, and what the program notes beside them. */
const beside = /\.(?:msf|dat|json)$/i;
/** Files in a maildir are written once. */
const maildir = new Set(['cur', 'new', 'tmp']);
const maxDepth = 16;

/** The profile's folder first; what cannot be looked at is left out. Never throws. @param mailFolders absolute. */
export function writtenFiles(
  fs: ReadableFileSystem,
  profile: string,
  mailFolders: readonly string[],
): WrittenFile[] {
  const top = listFolder(fs, profile)
    .filter(({ name }) => written.test(name) || holding.has(name))
    .map(({ name }) => path.join(profile, name));
  const calendarFolder = path.join(profile, 'calendar-data');
  const calendars = listFolder(fs, calendarFolder)
    .filter(({ name }) => name.endsWith('.sqlite'))
    .map(({ name }) => path.join(calendarFolder, name));
  const mail = [...new Set(mailFolders)].flatMap((folder) => inMail(fs, folder, 0));
  return [profile, ...top, ...calendars, ...mail].flatMap((at): WrittenFile[] => {
    const stat = statOf(fs, at);
    return stat === null || (stat.kind !== 'file' && stat.kind !== 'folder') ? [] : [{ path: at, stat }];
  });
}

/** The folder itself, and what is below it. */
function inMail(fs: ReadableFileSystem, folder: string, depth: number): string[] {
  const below = listFolder(fs, folder).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.kind !== 'folder') return isWrittenMail(entry.name) ? [at] : [];
    if (maildir.has(entry.name)) return [at];
    return depth < maxDepth ? inMail(fs, at, depth + 1) : [];
  });
  return [folder, ...below];
}

const isWrittenMail = (name: string): boolean => isStoreName(name) || beside.test(name);

function statOf(fs: ReadableFileSystem, at: string): FileStat | null {
  try {
    return fs.stat(at);
  } catch {
    return null;
  }
}
