/**
 * What is told of a value that user.js or an administrator sets: the program reads it over prefs.js at every start, so a repair of prefs.js
 * would not last, and user.js is the owner's own file (design.md 6.8).
 */

import type { EnforcedPref } from '../../profile/enforced.ts';
import type { Profile } from '../../profile/profile.ts';

/** Sentences to put behind the detail, with a blank before them; "" when nobody else sets any of these. */
export function userJsNote(profile: Profile, names: readonly string[]): string {
  const enforced = profile.company.prefs.findLast(({ name }) => names.includes(name));
  if (enforced !== undefined) return enforcedNote(enforced);
  const entry = profile.userText?.parsed.entries.findLast(({ name }) => names.includes(name));
  return entry === undefined
    ? ''
    : ` ${entry.name} is set in user.js (line ${entry.line}), which counts more than prefs.js and is read at every start. mailmend does not change that file: correct the line there, or take it out.`;
}

function enforcedNote({ name, how, by, file, line }: EnforcedPref): string {
  const who = {
    policy: 'A policy of the administrator of this computer',
    autoconfig: 'The AutoConfig of the administrator of this computer',
    installation: 'The installation of the program',
  }[by];
  const does = how === 'locked' ? 'has locked' : 'sets';
  return ` ${who} ${does} ${name} (${file}, line ${line})${how === 'locked' ? '' : ' at every start'}, so a change in the profile would not last. mailmend leaves it alone: ask whoever looks after the computer.`;
}
