/**
 * A quick look at a profile for lists: whose it is, and how much it holds. Only prefs.js is opened.
 */

import path from 'node:path';
import { parsePrefs } from '../formats/prefs/parse.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { readIdentities } from './identities.ts';
import { readPreferences } from './preferences.ts';

export interface ProfileSummary {
  /** Distinct, in order. */
  addresses: string[];
  /** Items in the list of accounts. */
  accounts: number;
}

const maxBytes = 8 * 1024 * 1024;

/** Never throws: what cannot be read has no addresses. */
export function readSummary(fs: ReadableFileSystem, profile: string): ProfileSummary {
  try {
    const at = path.join(profile, 'prefs.js');
    if (fs.stat(at)?.kind !== 'file') return { addresses: [], accounts: 0 };
    const parsed = parsePrefs(fs.readFile(at, { limit: maxBytes }), 'modern');
    const prefs = readPreferences([{ file: 'prefs.js', parsed }]);
    const list = prefs.string('mail.accountmanager.accounts') ?? '';
    return {
      addresses: [...new Set(readIdentities(prefs).map((identity) => identity.email))].filter((email) => email !== ''),
      accounts: list.split(',').filter((item) => item !== '').length,
    };
  } catch {
    return { addresses: [], accounts: 0 };
  }
}
