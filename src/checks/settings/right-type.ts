/**
 * A value in the type that the program reads it with, where nothing is lost by it: "993" is 993.
 * Belongs here: which values may be converted. What the program makes of a wrong one is wrong-type-effects.ts.
 */

import type { PrefValue } from '../../formats/prefs/prefs.ts';
import type { PrefType } from '../../profile/built-in-types.ts';

/** Values that can only be these numbers. */
const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  port: [1, 65_535],
  socketType: [0, 3],
  try_ssl: [0, 3],
  authMethod: [1, 10],
};
const int32 = 2 ** 31;

/** Names of things of the profile: a number cannot be one of them. */
const references =
  /\.(type|hostname|identities|smtpServer|deferred_to_account|accounts|useremail|directory|directory-rel|\w*[sS]toreContractID)$|^mail\.smtpservers$/;

/**
 * Has no effect as it stands; in the right type it could hide an account or delete mail by age, number, or at exit.
 * That is the owner's to decide (design.md 6.7).
 */
const removing =
  /\.(hidden|valid|delete_\w+|num_days_to_leave_on_server|empty_trash_on_exit|cleanup_inbox_on_exit|purgeSpam\w*|retainBy|daysToKeepHdrs|numHdrsToKeep|applyToFlaggedMessages|moveOnSpam)$/;

/** Null: it cannot be said without guessing, or must not be. */
export function inRightType(name: string, value: PrefValue, expected: PrefType): PrefValue | null {
  if (removing.test(name)) return null;
  if (expected === 'string')
    return typeof value === 'number' && !references.test(name) ? String(value) : null;
  if (expected === 'bool') return asBool(name, value);
  const number = typeof value === 'string' && /^\s*-?\d{1,10}\s*$/.test(value) ? Number(value) : null;
  const [least, most] = ranges[name.slice(name.lastIndexOf('.') + 1)] ?? [-int32, int32 - 1];
  return number !== null && number >= least && number <= most ? number : null;
}

function asBool(name: string, value: PrefValue): boolean | null {
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || value === 1) return true;
  // Its default is false already: nothing is left on the server either way.
  return (text === 'false' || value === 0) && !name.endsWith('.leave_on_server') ? false : null;
}
