/**
 * Files that the settings name and that are not on the disk: signatures of identities (formats.md 3.3, 3.6) and sounds
 * for new mail. Folders of mail, calendars and address books have readers of their own.
 */

import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { fromRelative } from './directories.ts';
import { findFile } from './file-bytes.ts';
import { identityPrefix } from './identities.ts';
import type { Preferences } from './preferences.ts';

export interface LostFile {
  kind: 'signature' | 'sound';
  /** The preference that names it. */
  pref: string;
  /** As a path where it is one on this computer, else as it is written. */
  place: string;
  /** Of the signature. */
  identityKey: string | null;
}

interface Context {
  /** Absolute. */
  profile: string;
  home: string;
}

/** @param identityKeys those that an account uses. Never throws. */
export function readLostFiles(
  fs: ReadableFileSystem,
  context: Context,
  prefs: Preferences,
  identityKeys: readonly string[],
): LostFile[] {
  const signatures = [...new Set(identityKeys)].flatMap((identityKey): LostFile[] => {
    const named = signatureFile(context, prefs, identityKey);
    return named === null ? [] : [{ kind: 'signature', identityKey, ...named }];
  });
  const sounds = ['mail.biff', 'mail.feed'].flatMap((branch): LostFile[] => {
    const named = soundFile(prefs, branch);
    return named === null ? [] : [{ kind: 'sound', identityKey: null, ...named }];
  });
  return [...signatures, ...sounds].filter(
    ({ place }) => !path.isAbsolute(place) || findFile(fs, place).state === 'missing',
  );
}

/** `sig_file-rel`, else `sig_file`; null when the identity does not use it, or names none. */
export function signatureFile(
  context: Context,
  prefs: Preferences,
  identityKey: string,
): Pick<LostFile, 'pref' | 'place'> | null {
  const prefix = identityPrefix(identityKey);
  if (prefs.bool(`${prefix}attach_signature`) !== true) return null;
  const relative = fromRelative(context, prefs.string(`${prefix}sig_file-rel`));
  if (relative !== null) return { pref: `${prefix}sig_file-rel`, place: relative };
  const place = prefs.string(`${prefix}sig_file`) ?? '';
  return place === '' ? null : { pref: `${prefix}sig_file`, place };
}

/** Type 1 is a file of the owner's choice; the sound is on unless it is switched off. */
function soundFile(prefs: Preferences, branch: string): Pick<LostFile, 'pref' | 'place'> | null {
  const pref = `${branch}.play_sound.url`;
  const url = prefs.string(pref) ?? '';
  const isOn = prefs.bool(`${branch}.play_sound`) ?? branch === 'mail.biff';
  if (!isOn || prefs.int(`${branch}.play_sound.type`) !== 1 || !url.startsWith('file:')) return null;
  try {
    return { pref, place: fileURLToPath(url) };
  } catch {
    return { pref, place: url };
  }
}
