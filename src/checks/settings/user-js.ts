/**
 * What is told of a value that user.js sets: the program reads it over prefs.js at every start, so a repair of prefs.js
 * would not last, and user.js is the owner's own file (design.md 6.8).
 */

import type { Profile } from '../../profile/profile.ts';

/** A sentence to put behind the detail, with a blank before it; "" when user.js sets none of these. */
export function userJsNote(profile: Profile, names: readonly string[]): string {
  const entry = profile.userText?.parsed.entries.findLast(({ name }) => names.includes(name));
  return entry === undefined
    ? ''
    : ` ${entry.name} is set in user.js (line ${entry.line}), which counts more than prefs.js and is read at every start. mailmend does not change that file: correct the line there, or take it out.`;
}
