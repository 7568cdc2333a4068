/**
 * Whether a damaged prefs.js was cut short, and what another copy still has of the part that is missing.
 */

import type { PrefEntry, PrefValue } from '../../formats/prefs/prefs.ts';
import { salvagePrefs } from '../../formats/prefs/salvage.ts';
import { effectiveValues } from '../../formats/prefs/values.ts';
import { accountPrefix } from '../../profile/accounts.ts';
import { identityPrefix } from '../../profile/identities.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';

export interface OtherCopy {
  file: string;
  /** Only settings that prefs.js has nothing of. */
  entries: PrefEntry[];
}

/**
 * With zero bytes in it, or with the beginning of a statement at its end, the save was cut off (formats.md 2.3). Only
 * then may another copy know more; beside a file that is merely spoilt in one place it would bring back what was
 * removed long ago.
 */
export function isCutShort({ parsed, complete, lost }: PrefsText): boolean {
  if (parsed.problems.some((problem) => problem.code === 'nul-byte')) return true;
  const end = Math.max(0, ...[...parsed.entries, ...lost].map((entry) => entry.end));
  return !complete && /\S/.test(Buffer.from(parsed.source.subarray(end)).toString('latin1'));
}

/** Of the copies beside it, the one that adds most. Quarantined and half-saved ones are read tolerantly. */
export function otherCopy(profile: Profile, text: PrefsText): OtherCopy | null {
  const present = new Map<string, PrefValue>();
  for (const [name, { value }] of effectiveValues(text.parsed)) present.set(name, value);
  for (const { name, value } of text.lost) present.set(name, value);
  let best: OtherCopy | null = null;
  for (const older of profile.generations) {
    const byName = new Map(salvagePrefs(older.parsed.source).map((entry) => [entry.name, entry]));
    const isWanted = ofListedAccounts(present, byName);
    const entries = [...byName.values()].filter(({ name }) => !present.has(name) && isWanted(name));
    if (entries.length > (best?.entries.length ?? 0)) best = { file: older.file, entries };
  }
  return best;
}

const listName = 'mail.accountmanager.accounts';
const branch = /^mail\.(?:account|server|identity)\.[^.]+\./;

/**
 * Where prefs.js still says which accounts there are, nothing of others comes back: they were removed since. Without
 * its list all that the copy has is taken.
 */
function ofListedAccounts(
  present: ReadonlyMap<string, PrefValue>,
  copy: ReadonlyMap<string, PrefEntry>,
): (name: string) => boolean {
  const list = present.get(listName);
  if (typeof list !== 'string' || list === '') return () => true;
  const text = (name: string): string => String(present.get(name) ?? copy.get(name)?.value ?? '');
  const prefixes = new Set(['mail.server.default.', 'mail.identity.default.']);
  for (const key of itemsOf(list)) {
    prefixes.add(accountPrefix(key));
    prefixes.add(serverPrefix(text(`${accountPrefix(key)}server`)));
    for (const identity of itemsOf(text(`${accountPrefix(key)}identities`)))
      prefixes.add(identityPrefix(identity));
  }
  return (name) => {
    const prefix = branch.exec(name)?.[0];
    return prefix === undefined || prefixes.has(prefix);
  };
}

const itemsOf = (list: string): string[] => list.split(/[\s,]+/).filter((item) => item !== '');
