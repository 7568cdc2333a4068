/**
 * Where new lines go in a preferences file. A place is good only if the program's parser stands between two statements
 * there: right before or after one that it sees. So new lines never end up in damage, behind a NUL (modern) or behind
 * the first error (legacy), where nothing is seen.
 */

import { markLength } from './bytes.ts';
import { blankLineStart, isLineStart, lineEndOf, restOfLine } from './lines.ts';
import { compareNames } from './names.ts';
import type { PrefEntry, PrefsFile, PrefValue } from './prefs.ts';
import { printPrefLine } from './print.ts';
import type { Change } from './splice.ts';

/** New lines go in at `offset`, between `before` and `after`, with line ends between them. */
interface Place {
  offset: number;
  before: string;
  after: string;
}

/**
 * Changes that bring new values in: each before the first `user_pref` line that sorts behind it, else after the last
 * statement. Statements that are taken out by the same edit (`gone`) are no landmarks.
 */
export function insertions(
  file: PrefsFile,
  added: ReadonlyMap<string, PrefValue>,
  gone: ReadonlySet<PrefEntry>,
): Change[] {
  const ending = lineEndOf(file.source);
  const staying = file.entries.filter((entry) => !gone.has(entry));
  const landmarks = staying.filter((entry) => entry.keyword === 'user_pref');
  const lines = new Map<PrefEntry | undefined, string[]>();
  let next = 0;
  for (const [name, value] of [...added].sort(([a], [b]) => compareNames(a, b))) {
    // Names come in order, so the landmark of one is that of the name before or a later one.
    while (next < landmarks.length && compareNames(landmarks[next]?.name ?? '', name) <= 0) next++;
    const line = printPrefLine(name, value);
    const there = lines.get(landmarks[next]);
    if (there === undefined) lines.set(landmarks[next], [line]);
    else there.push(line);
  }
  return [...lines].map(([landmark, texts]) => {
    const place =
      landmark === undefined ? lastPlace(file, staying, ending) : placeBefore(file, landmark, ending);
    const text = place.before + texts.join(ending) + place.after;
    return { start: place.offset, end: place.offset, text };
  });
}

function placeBefore({ source }: PrefsFile, entry: PrefEntry, ending: string): Place {
  const line = blankLineStart(source, entry.start, markLength(source));
  return { offset: line ?? entry.start, before: '', after: ending };
}

/** After the last statement, or in a file without any at its end if that is healthy, else at its start. */
function lastPlace(file: PrefsFile, staying: readonly PrefEntry[], ending: string): Place {
  const { source, entries, problems, end } = file;
  const last = staying.at(-1);
  if (last !== undefined) return placeAfter(source, last, ending);
  const first = entries[0];
  if (first !== undefined) return placeBefore(file, first, ending);
  const floor = markLength(source);
  const offset = problems.length === 0 && end === source.length ? end : floor;
  return { offset, before: isLineStart(source, offset, floor) ? '' : ending, after: ending };
}

/** On the next line, unless something other than a line comment follows the statement on its own line. */
function placeAfter(source: Uint8Array, entry: PrefEntry, ending: string): Place {
  const rest = restOfLine(source, entry.end);
  if (rest === null) return { offset: entry.end, before: ending, after: '' };
  return { offset: rest.next, before: rest.isLast ? ending : '', after: ending };
}
