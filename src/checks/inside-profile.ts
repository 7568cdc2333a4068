/**
 * Whether a path lies in the profile: what lies elsewhere mailmend reads and does not write (design.md 6.11).
 */

import path from 'node:path';
import type { Profile } from '../profile/profile.ts';

export function isInside(profile: Profile, at: string): boolean {
  const relative = path.relative(profile.path, at);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
