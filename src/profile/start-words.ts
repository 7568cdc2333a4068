/**
 * How the sentences about the start name a program and a profile.
 */

import type { Install } from './install.ts';
import type { RegisteredProfile } from './registry.ts';

const programNames = {
  thunderbird: 'Thunderbird',
  betterbird: 'Betterbird',
  postbox: 'Postbox',
  seamonkey: 'SeaMonkey',
  unknown: 'The mail program',
};

/** `Thunderbird 153.7.0 (/usr/lib/thunderbird)`. */
export function programInWords({ program, name, version, directory }: Install): string {
  const words = [name ?? programNames[program], version].filter((word) => word !== null).join(' ');
  return `${words} (${directory})`;
}

/** `the profile "work"`, or its folder where it has no name. */
export const placeInWords = ({ name, path }: RegisteredProfile): string =>
  name === '' ? `the profile in ${path}` : `the profile "${name}"`;
