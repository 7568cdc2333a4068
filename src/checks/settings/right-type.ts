/**
 * A value in the type that the program reads it with, where nothing is lost by it: "993" is 993.
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
  /\.(type|hostname|server|identities|smtpServer|deferred_to_account|accounts|useremail|directory|directory-rel)$|^mail\.smtpservers$/;

/** Null: it cannot be said without guessing. */
export function inRightType(name: string, value: PrefValue, expected: PrefType): PrefValue | null {
  if (expected === 'string')
    return typeof value === 'number' && !references.test(name) ? String(value) : null;
  if (expected === 'bool') return asBool(value);
  const number = typeof value === 'string' && /^\s*-?\d{1,10}\s*$/.test(value) ? Number(value) : null;
  const [least, most] = ranges[name.slice(name.lastIndexOf('.') + 1)] ?? [-int32, int32 - 1];
  return number !== null && number >= least && number <= most ? number : null;
}

function asBool(value: PrefValue): boolean | null {
  const text = String(value).trim().toLowerCase();
  if (text === 'true' || value === 1) return true;
  return text === 'false' || value === 0 ? false : null;
}
