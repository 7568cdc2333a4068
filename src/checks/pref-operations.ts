/**
 * Repairs of single preferences as operations on prefs.js.
 * Belongs here: making the edit, and the rule that a value set by user.js is not repaired but told (design.md 6.8).
 */

import path from 'node:path';
import type { PrefEntry, PrefValue } from '../formats/prefs/prefs.ts';
import { effectiveValues } from '../formats/prefs/values.ts';
import { oncePerProfile } from '../profile/once.ts';
import type { Profile } from '../profile/profile.ts';
import type { Operation, PrefChange } from '../repair/operation.ts';

export interface WantedPref {
  name: string;
  /** Null: the line goes. */
  to: PrefValue | null;
}

/**
 * @returns null when prefs.js is missing, when user.js or an administrator sets one of the names (that would win again at the next start), or
 * when nothing would change.
 */
export function editPrefsOperation(
  profile: Profile,
  wanted: readonly WantedPref[],
  why: string,
): Operation | null {
  if (profile.prefsText === null) return null;
  if (wanted.some(({ name }) => isSetByUserJs(profile, name) || isEnforced(profile, name))) return null;
  const current = currentValues(profile);
  const changes: PrefChange[] = wanted
    .map(({ name, to }) => ({ name, from: current.get(name)?.value ?? null, to }))
    .filter((change) => change.from !== change.to);
  if (changes.length === 0) return null;
  return { op: 'edit-prefs', path: path.join(profile.path, 'prefs.js'), changes, why, ...grammarOf(profile) };
}

export function isSetByUserJs(profile: Profile, name: string): boolean {
  return namesInUserJs(profile).has(name);
}

/** A company policy, AutoConfig or the installation sets it at every start, or has locked it. */
export function isEnforced({ company }: Profile, name: string): boolean {
  return company.prefs.some((pref) => pref.name === name);
}

const namesInUserJs = oncePerProfile(
  ({ userText }) => new Set(userText?.parsed.entries.map(({ name }) => name)),
);

const currentValues = oncePerProfile<ReadonlyMap<string, PrefEntry>>(({ prefsText }) =>
  prefsText === null ? new Map() : effectiveValues(prefsText.parsed),
);

function grammarOf(profile: Profile): { grammar?: 'legacy' } {
  return profile.prefsText?.parsed.grammar === 'legacy' ? { grammar: 'legacy' } : {};
}

/** A comma list without the items that `keep` refuses; null when nothing is left. */
export function listWithout(items: readonly string[], keep: (item: string) => boolean): string {
  return items.filter(keep).join(',');
}
