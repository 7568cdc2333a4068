/**
 * Changes single preferences in a file and leaves every other byte as it is: values are replaced where they stand, lines
 * taken out, new lines put in where the program would sort them. Where new lines may stand is insertion.ts.
 */

import { isWordByte, markLength } from './bytes.ts';
import { insertions } from './insertion.ts';
import { legacyValueRange } from './legacy.ts';
import { blankLineStart, isBlankBetween, restOfLine } from './lines.ts';
import { modernValueRange } from './modern.ts';
import type { PrefEntry, PrefsFile, PrefValue } from './prefs.ts';
import { printPrefValue } from './print.ts';
import { type Change, splice } from './splice.ts';
import { effectiveValues } from './values.ts';

/**
 * Returns the bytes of the file with the changes applied. Null removes every statement of that name, and its line if
 * nothing else is on it; a value goes into the statement that counts, or into a new line. Of several changes to one name
 * the last is meant. Throws RangeError for a number that is no 32-bit integer.
 */
export function editPrefs(
  file: PrefsFile,
  changes: readonly { name: string; to: PrefValue | null }[],
): Uint8Array {
  const wanted = new Map(changes.map(({ name, to }) => [name, to]));
  const values = effectiveValues(file);
  const gone = new Set(file.entries.filter((entry) => wanted.get(entry.name) === null));
  const added = new Map<string, PrefValue>();
  const edits: Change[] = removals(file, [...gone]);
  for (const [name, to] of wanted) {
    const entry = values.get(name);
    if (to === null) continue;
    if (entry === undefined) added.set(name, to);
    else edits.push(...replacement(file, entry, to));
  }
  return withoutNewMark(file, splice(file.source, [...insertions(file, added, gone), ...edits]));
}

/** Three bytes of junk that come to the start of the file would be a byte order mark there, and junk no more. */
function withoutNewMark({ source }: PrefsFile, edited: Uint8Array): Uint8Array {
  const isNew = markLength(edited) > 0 && markLength(source) === 0;
  return isNew ? splice(edited, [{ start: 0, end: 0, text: '\n' }]) : edited;
}

/** The value where it stands; a default (`pref`) becomes a user's value, the only kind that the program saves. */
function replacement({ source, grammar }: PrefsFile, entry: PrefEntry, to: PrefValue): Change[] {
  if (entry.keyword === 'user_pref' && entry.value === to) return [];
  const range = (grammar === 'modern' ? modernValueRange : legacyValueRange)(source, entry);
  const value = { ...range, text: printPrefValue(to) };
  if (entry.keyword === 'user_pref') return [value];
  let end = entry.start;
  while (isWordByte(source[end] ?? 0)) end++;
  return [{ start: entry.start, end, text: 'user_pref' }, value];
}

/** Takes out statements: the whole line where nothing else is on it, else from the keyword to the `;`. */
function removals({ source }: PrefsFile, gone: readonly PrefEntry[]): Change[] {
  const ranges: Change[] = [];
  for (const { start, end } of gone) {
    const last = ranges.at(-1);
    if (last !== undefined && isBlankBetween(source, last.end, start)) last.end = end;
    else ranges.push({ start, end, text: '' });
  }
  return ranges.map((range) => {
    const from = blankLineStart(source, range.start, markLength(source));
    const rest = restOfLine(source, range.end);
    return from !== null && rest?.kind === 'blank' ? { start: from, end: rest.next, text: '' } : range;
  });
}
