/**
 * What a preferences file comes to when several statements have one name.
 * The program keeps defaults (`pref`) and the user's values (`user_pref`) apart: the user's wins wherever it stands.
 */

import type { PrefEntry, PrefsFile } from './prefs.ts';

/** The entry that counts for each name: the last `user_pref`, else the last default. */
export function effectiveValues(file: PrefsFile): Map<string, PrefEntry> {
  const values = new Map<string, PrefEntry>();
  for (const entry of file.entries) {
    const before = values.get(entry.name);
    if (before?.keyword === 'user_pref' && entry.keyword !== 'user_pref') continue;
    values.set(entry.name, entry);
  }
  return values;
}
