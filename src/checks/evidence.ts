/**
 * Evidence: where a fact is to be seen.
 */

import type { Profile } from '../profile/profile.ts';
import type { Evidence } from './finding.ts';

/** The line of a preference; where it is missing, the file that it is missing from. */
export function prefEvidence(profile: Profile, name: string, note?: string): Evidence {
  const where = profile.prefs.where(name);
  if (where === null) return { file: 'prefs.js', note: note ?? `${name} is missing` };
  const value = profile.prefs.raw(name);
  return { file: where.file, line: where.line, note: note ?? `${name} = ${JSON.stringify(value)}` };
}
