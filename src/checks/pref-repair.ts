/**
 * A repair that is nothing but lines of prefs.js: most are.
 */

import type { Profile } from '../profile/profile.ts';
import type { Repair } from './check.ts';
import { editPrefsOperation, type WantedPref } from './pref-operations.ts';

/** Null where the edit cannot be made, or would change nothing. */
export function prefRepair(
  profile: Profile,
  title: string,
  wanted: readonly WantedPref[],
  why: string,
): Repair | null {
  const edit = editPrefsOperation(profile, wanted, why);
  return edit === null ? null : { title, risk: 'settings', operations: [edit] };
}
