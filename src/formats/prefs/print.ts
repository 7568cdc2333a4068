/**
 * Preferences as bytes again: a file as it was, one line as Thunderbird writes it, and a whole new file (formats.md 2.4).
 * Changing an existing file is edit.ts.
 */

import { compareNames } from './names.ts';
import type { PrefsFile, PrefValue } from './prefs.ts';

const HEADER = '// Preferences of this profile. Change them in the program, or here while it is closed.\n\n';

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '"': '\\"', '\\': '\\\\' };

/** The bytes that the file was read from. */
export const printPrefs = (file: PrefsFile): Uint8Array => file.source;

/**
 * One statement as Thunderbird writes it, without line end. A string ends at its first U+0000: the program holds strings
 * that end with it. Throws RangeError for a number that is no 32-bit integer: written down, it would be lost.
 */
export const printPrefLine = (name: string, value: PrefValue): string =>
  `user_pref(${quoted(name)}, ${printPrefValue(value)});`;

/** A value as it stands in a statement. Throws RangeError as `printPrefLine` does. */
export function printPrefValue(value: PrefValue): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number' && (value | 0) !== value) {
    throw new RangeError(`a preference cannot hold the number ${value}`);
  }
  return String(value);
}

/** A whole new file as Thunderbird writes it: a comment, then the lines in the order of the bytes of their names. */
export function writePrefs(values: ReadonlyMap<string, PrefValue>): Uint8Array {
  const sorted = [...values].sort(([a], [b]) => compareNames(a, b));
  const lines = sorted.map(([name, value]) => `${printPrefLine(name, value)}\n`);
  return new Uint8Array(Buffer.from(HEADER + lines.join('')));
}

/** Only these four are ever escaped; everything else is raw UTF-8. */
function quoted(text: string): string {
  const nul = text.indexOf('\0');
  const whole = nul < 0 ? text : text.slice(0, nul);
  return `"${whole.replace(/[\n\r"\\]/g, (character) => ESCAPES[character] ?? character)}"`;
}
