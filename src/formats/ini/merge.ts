/**
 * Sections and keys put together from the lines of a file, with the npm package `ini`: a section that stands twice is
 * one, a key that stands twice has its last value. `ini` reads another dialect (comments behind values, quotes, `a.b` as
 * nested sections, `x[]` as lists, `__proto__`), so names and values go through it in a coat that has none of this.
 */

import { parse } from 'ini';
import type { IniKeyLine, IniLine, IniValue } from './ini.ts';

/** Letters, digits, `%` and `-_!~*'()` behind an `x`. Of what encodeURIComponent leaves alone only the dot means something to `ini`. */
const coat = (text: string): string => `x${encodeURIComponent(text).replaceAll('.', '%2E')}`;

const uncoat = (text: string): string => decodeURIComponent(text.slice(1));

/** Section -> key -> value, in the order of first appearance. Sections without a key are not in it. */
export function mergeLines(lines: readonly IniLine[]): Map<string, Map<string, IniValue>> {
  const keyLines = lines.filter((line): line is IniKeyLine => line.kind === 'key');
  // The value carries its line along, so that both are those of the occurrence that counts.
  const text = keyLines.map(
    (line, at) =>
      `${line.section === keyLines[at - 1]?.section ? '' : `[${coat(line.section)}]\n`}` +
      `${coat(line.key)}=${line.number}:${line.wellFormed ? 1 : 0}:${coat(line.value)}`,
  );
  const tree: Record<string, Record<string, string>> = parse(text.join('\n'));
  const entriesOf = (keys: Record<string, string>): [string, IniValue][] =>
    Object.entries(keys).map(([key, packed]) => [uncoat(key), unpack(packed)]);
  return new Map(Object.entries(tree).map(([section, keys]) => [uncoat(section), new Map(entriesOf(keys))]));
}

function unpack(packed: string): IniValue {
  const [line = '', wellFormed = '', value = ''] = packed.split(':');
  return { value: uncoat(value), line: Number(line), wellFormed: wellFormed === '1' };
}
