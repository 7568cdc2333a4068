/**
 * What belongs to a profile and lies outside of it: mail folders, signatures and calendars that its settings name.
 * Belongs here: what the settings say. Which of it may be copied is the business of those who copy.
 */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { isInside } from '../repair/inside.ts';
import { signatureFile } from './lost-files.ts';
import type { Profile } from './profile.ts';

export interface OutsidePart {
  /** Absolute; links resolved where it is there. */
  path: string;
  /** Half a sentence. */
  why: string;
  exists: boolean;
}

/** In no order, the same place perhaps several times. What is not there is told only for what an account uses. */
export function outsideParts(
  fs: Pick<ReadableFileSystem, 'realPath'>,
  profile: Profile,
  home: string,
): OutsidePart[] {
  const used = new Set(profile.accountList.accounts.map(({ server }) => server.key));
  const mail = [...profile.serverMail].flatMap(([key, { directory }]) =>
    directory.exists || (used.has(key) && directory.from !== 'made')
      ? [{ at: directory.path, why: `the mail of ${key}` }]
      : [],
  );
  const root = fs.realPath(profile.path) ?? profile.path;
  return [...mail, ...signatures(profile, home), ...calendars(profile)].flatMap(({ at, why }) => {
    const real = fs.realPath(at);
    const place = real ?? at;
    return isInside(root, place) || isInside(profile.path, place)
      ? []
      : [{ path: place, why, exists: real !== null }];
  });
}

interface Named {
  at: string;
  why: string;
}

function signatures(profile: Profile, home: string): Named[] {
  return profile.identities.flatMap(({ key }) => {
    const at = signatureFile({ profile: profile.path, home }, profile.prefs, key)?.place;
    return at !== undefined && path.isAbsolute(at) ? [{ at, why: `the signature of ${key}` }] : [];
  });
}

function calendars({ calendars: all }: Profile): Named[] {
  return all.flatMap(({ id, uri }) => {
    if (!uri.startsWith('file:')) return [];
    try {
      return [{ at: fileURLToPath(uri), why: `the calendar ${id}` }];
    } catch {
      return [];
    }
  });
}
