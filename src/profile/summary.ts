/**
 * A quick look at a profile for lists: whose it is, and how much it holds. Only prefs.js is opened.
 */

import path from 'node:path';
import { parsePrefs } from '../formats/prefs/parse.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { readAccountList } from './accounts.ts';
import { findFile } from './file-bytes.ts';
import { type Identity, readIdentities } from './identities.ts';
import { readPreferences } from './preferences.ts';
import { readServers } from './servers.ts';

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
    const found = findFile(fs, path.join(profile, 'prefs.js'));
    if (found.state !== 'found') return { addresses: [], accounts: 0 };
    const parsed = parsePrefs(fs.readFile(found.path, { limit: maxBytes }), 'modern');
    const prefs = readPreferences([{ file: 'prefs.js', parsed }]);
    const { accounts, items } = readAccountList(prefs, readServers(prefs));
    const shown = addressesOf(accounts.flatMap((account) => account.identities));
    // A list that is lost or damaged still leaves the identities.
    const addresses = shown.length > 0 ? shown : addressesOf(readIdentities(prefs));
    return { addresses, accounts: items.length };
  } catch {
    return { addresses: [], accounts: 0 };
  }
}

const addressesOf = (identities: readonly Identity[]): string[] =>
  [...new Set(identities.map((identity) => identity.email))].filter((email) => email !== '');
