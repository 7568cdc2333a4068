/**
 * Identities: every `mail.identity.<key>.*` branch (formats.md 3.3). A missing value is that of
 * `mail.identity.default.*`, which a user can set (nsMsgIdentity).
 */

import type { Preferences } from './preferences.ts';

export interface Identity {
  key: string;
  /** "" where the preference is missing. */
  email: string;
  name: string;
  /** Key of the outgoing server; null: the default one is used. */
  outgoing: string | null;
  /** Folder URIs of copies, drafts, templates, archives, where set. */
  folderUris: { pref: string; uri: string }[];
  prefNames: string[];
}

export const identityPrefix = (key: string): string => `mail.identity.${key}.`;

const folderPrefs = ['fcc_folder', 'draft_folder', 'stationery_folder', 'archive_folder'];

export function readIdentities(prefs: Preferences): Identity[] {
  return prefs
    .children('mail.identity.')
    .filter((key) => key !== 'default' && key !== '')
    .map((key) => readIdentity(prefs, key));
}

/** Also for a key without any preference: the program makes an empty identity of it (formats.md 3.5). */
export function readIdentity(prefs: Preferences, key: string): Identity {
  const prefix = identityPrefix(key);
  const string = (name: string): string =>
    prefs.string(prefix + name) ?? prefs.string(`mail.identity.default.${name}`) ?? '';
  return {
    key,
    email: string('useremail'),
    name: string('fullName'),
    outgoing: string('smtpServer') || null,
    folderUris: folderPrefs.flatMap((name) => {
      const uri = prefs.string(prefix + name);
      return uri ? [{ pref: prefix + name, uri }] : [];
    }),
    prefNames: prefs.names(prefix),
  };
}
