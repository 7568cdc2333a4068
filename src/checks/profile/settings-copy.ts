/**
 * The copy of prefs.js that can take its place: half-saved, quarantined, or made by hand (formats.md 2.3).
 */

import { writePrefs } from '../../formats/prefs/print.ts';
import { salvagePrefs } from '../../formats/prefs/salvage.ts';
import { readAccountList } from '../../profile/accounts.ts';
import { readPreferences } from '../../profile/preferences.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { readServers } from '../../profile/servers.ts';

export interface SettingsCopy {
  /** Name within the profile. */
  file: string;
  /** It was written to its end and has no fault. */
  complete: boolean;
  /** How many it holds. */
  settings: number;
  /** The text of the prefs.js that is made of it. */
  content: Uint8Array;
}

/** The newest complete one that lists accounts, else the one of the others that holds most. */
export function bestCopy({ generations }: Profile): SettingsCopy | null {
  const copies = generations.map(readCopy).filter((copy) => copy !== null);
  const complete = copies.find((copy) => copy.complete);
  return (
    complete ??
    copies.reduce<SettingsCopy | null>(
      (best, copy) => (best === null || copy.settings > best.settings ? copy : best),
      null,
    )
  );
}

/** Null: the program would show no account with it. */
function readCopy({ file, parsed, complete }: PrefsText): SettingsCopy | null {
  const whole = complete && parsed.problems.length === 0;
  const entries = whole ? parsed.entries : salvagePrefs(parsed.source);
  const prefs = readPreferences([{ file, parsed: { ...parsed, entries } }]);
  if (readAccountList(prefs, readServers(prefs)).accounts.length === 0) return null;
  const values = new Map(entries.map((entry) => [entry.name, entry.value]));
  return {
    file,
    complete: whole,
    settings: values.size,
    content: whole ? parsed.source : writePrefs(values),
  };
}
