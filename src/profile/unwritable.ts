/**
 * Files and folders of a profile that the program has to write and may not: without their owner's permission to write, or
 * of another user than the profile (formats.md 10.1 R11, R12). Told by what their permissions say, so that it is the
 * same for the owner and for an administrator who looks.
 */

import path from 'node:path';
import type { FileStat, ReadableFileSystem } from '../repair/file-system.ts';
import { listFolder } from './file-bytes.ts';
import { isStoreName } from './store-names.ts';

export interface Unwritable {
  /** Absolute; where a link led to it, the link. */
  path: string;
  kind: 'file' | 'folder';
  mode: number;
  why: 'read-only' | 'other-owner';
  uid: number;
}

/** Numbers of the user and the group whose the profile's folder is. */
export interface Owner {
  uid: number;
  gid: number;
}

export interface WriteAccess {
  owner: Owner;
  unwritable: Unwritable[];
}

/** What every session writes. user.js, chrome and add-ons are the owner's to protect. */
const written =
  /^(?:prefs\.js|logins\.json|key[34]\.db|cert[89]\.db|signons.*\.(?:txt|sqlite)|.*\.mab|(?:abook|history)[^/]*\.sqlite|(?:cookies|permissions|places|favicons|storage|content-prefs|global-messages-db|blist)\.sqlite|folderCache\.json|panacea\.dat|virtualFolders\.dat|session\.json|xulstore\.json|training\.dat|handlers\.json|compatibility\.ini|(?:pub|sec)ring\.gpg|encrypted-openpgp-passphrase\.txt)$/i;
const holding = new Set(['Mail', 'ImapMail', 'News', 'calendar-data', 'OfflineCache']);
/** In folders of mail: stores, their indexes, and what the program notes beside them. */
const beside = /\.(?:msf|dat|json)$/i;
/** Files in a maildir are written once. */
const maildir = new Set(['cur', 'new', 'tmp']);
const maxDepth = 16;

/** Null where the profile's folder does not tell whose it is. Never throws. @param mailFolders absolute. */
export function readWriteAccess(
  fs: ReadableFileSystem,
  profile: string,
  mailFolders: readonly string[],
): WriteAccess | null {
  const own = statOf(fs, profile);
  if (own === null) return null;
  const judge = (at: string): Unwritable[] => unwritableAt(fs, at, own);
  const top = listFolder(fs, profile).flatMap(({ name }) =>
    written.test(name) || holding.has(name) ? judge(path.join(profile, name)) : [],
  );
  const calendars = listFolder(fs, path.join(profile, 'calendar-data')).flatMap(({ name }) =>
    name.endsWith('.sqlite') ? judge(path.join(profile, 'calendar-data', name)) : [],
  );
  const mail = [...new Set(mailFolders)].flatMap((folder) => inMail(fs, folder, judge, 0));
  return { owner: own, unwritable: [...judge(profile), ...top, ...calendars, ...mail] };
}

type Judge = (at: string) => Unwritable[];

function inMail(fs: ReadableFileSystem, folder: string, judge: Judge, depth: number): Unwritable[] {
  const below = listFolder(fs, folder).flatMap((entry) => {
    const at = path.join(folder, entry.name);
    if (entry.kind !== 'folder') return isWrittenMail(entry.name) ? judge(at) : [];
    if (maildir.has(entry.name)) return judge(at);
    return depth < maxDepth ? inMail(fs, at, judge, depth + 1) : [];
  });
  return [...judge(folder), ...below];
}

const isWrittenMail = (name: string): boolean => isStoreName(name) || beside.test(name);

function unwritableAt(fs: ReadableFileSystem, at: string, owner: Owner): Unwritable[] {
  const stat = statOf(fs, at);
  if (stat === null || (stat.kind !== 'file' && stat.kind !== 'folder')) return [];
  const { kind, mode, uid } = stat;
  if (uid !== owner.uid) {
    return isWritableBy(owner, stat) ? [] : [{ path: at, kind, mode, why: 'other-owner', uid }];
  }
  return isAllowed(stat, 6) ? [] : [{ path: at, kind, mode, why: 'read-only', uid }];
}

const isWritableBy = ({ gid }: Owner, stat: FileStat): boolean => isAllowed(stat, stat.gid === gid ? 3 : 0);

/** Into a folder one writes by going into it. @param shift 6 for the owner's bits, 3 for the group's, 0 for all others'. */
function isAllowed({ kind, mode }: FileStat, shift: number): boolean {
  const needed = kind === 'folder' ? 0o3 : 0o2;
  return ((mode >> shift) & needed) === needed;
}

function statOf(fs: ReadableFileSystem, at: string): FileStat | null {
  try {
    return fs.stat(at);
  } catch {
    return null;
  }
}
