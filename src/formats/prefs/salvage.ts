/**
 * What a patient reader still gets out of a damaged preferences file, and what of it the program does not see.
 * Belongs here: which parts of the file are read again. How one damaged part is read is salvage-zone.ts.
 */

import { parsePrefs } from './parse.ts';
import type { PrefEntry, PrefsFile } from './prefs.ts';
import { zoneReader } from './salvage-zone.ts';
import { effectiveValues } from './values.ts';

/**
 * Every complete statement, in file order: all that a program of today sees, and what it loses to a missing `;`, an
 * open string or comment, a run of NULs, or an escape that only old programs take. Never throws, linear time.
 */
export const salvagePrefs = (bytes: Uint8Array): PrefEntry[] => salvage(parsePrefs(bytes, 'modern'));

/**
 * The statements that can be read but do not reach the program: their value is not the one it uses, and no later
 * statement that it does see replaces them. In file order; of several with one name the last counts.
 */
export function lostTo(file: PrefsFile): PrefEntry[] {
  const seen = effectiveValues(file);
  return salvageZones(file).filter((entry) => {
    const used = seen.get(entry.name);
    return used === undefined || (used.value !== entry.value && used.start < entry.start);
  });
}

const salvage = (file: PrefsFile): PrefEntry[] =>
  [...file.entries, ...salvageZones(file)].sort((a, b) => a.start - b.start);

/**
 * Reads the damaged zones. A zone goes from where a problem begins to the next statement that the program sees: what it
 * read without error is healthy, strings and comments in it included, and is not looked at again.
 */
function salvageZones(file: PrefsFile): PrefEntry[] {
  const { source, entries, problems } = file;
  const readZone = zoneReader(file);
  const found: PrefEntry[] = [];
  let next = 0;
  let done = 0;
  for (const problem of problems) {
    if (problem.start < done) continue;
    while ((entries[next]?.start ?? source.length) < problem.start) next++;
    done = entries[next]?.start ?? source.length;
    for (const entry of readZone(problem.start, done)) found.push(entry);
  }
  return found;
}
