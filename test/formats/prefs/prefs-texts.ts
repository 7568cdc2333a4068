/**
 * What the tests of preferences files share: bytes from text, shapes that read well in expectations, and generators of
 * files from healthy through damaged to noise.
 */

import fc from 'fast-check';
import { parsePrefs } from '../../../src/formats/prefs/parse.ts';
import type { PrefEntry, PrefGrammar, PrefsFile, PrefValue } from '../../../src/formats/prefs/prefs.ts';
import { effectiveValues } from '../../../src/formats/prefs/values.ts';

/** UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One byte for each character: for bytes that are no UTF-8. */
export const latin1 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'latin1'));

/** Text of bytes, byte for byte: a byte order mark stays. */
export const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

export const modern = (text: string): PrefsFile => parsePrefs(utf8(text), 'modern');
export const legacy = (text: string): PrefsFile => parsePrefs(utf8(text), 'legacy');

/** Entries as `[name, value]`, in file order. */
export const pairs = (entries: readonly PrefEntry[]): [string, PrefValue][] =>
  entries.map(({ name, value }) => [name, value]);

/** What a file comes to: the value that counts for each name. */
export const valuesOf = (file: PrefsFile): Map<string, PrefValue> =>
  new Map([...effectiveValues(file)].map(([name, entry]) => [name, entry.value]));

export const grammars: readonly PrefGrammar[] = ['modern', 'legacy'];

export const anyGrammar = fc.constantFrom(...grammars);

/** Few names, so that they meet. */
export const anyName = fc.oneof(
  fc.constantFrom('a', 'b', 'c', 'mail.x'),
  fc.string({ minLength: 1, maxLength: 5 }),
);

const anyText = fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll('\0', ''));

export const anyValue: fc.Arbitrary<PrefValue> = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  anyText,
  fc.constantFrom('C:\\mail\\new', 'it\'s "so"', 'one\r\ntwo', 'Jürgen 😀'),
);

export const anyChanges = fc.array(
  fc.record({
    name: anyName,
    to: fc.option(anyValue, { nil: null }),
  }),
  { maxLength: 5 },
);

const statements = fc
  .record({
    keyword: fc.constantFrom(
      'user_pref',
      'user_pref',
      'user_pref',
      'pref',
      'sticky_pref',
      'lock_pref',
      'lockPref',
    ),
    name: fc.constantFrom('a', 'b', 'c', 'd', 'mail.x'),
    value: fc.constantFrom(
      '1',
      '-5',
      '- 5',
      '99999999999',
      '1.5',
      'true',
      'TRUE',
      '"x"',
      "'y; z'",
      '"\\q"',
      '"\\xe9"',
      '"a\nb"',
      '5, sticky',
    ),
    end: fc.constantFrom(';\n', ';\n', ';\r\n', ';\r', '; ', ';', '\n', '; // note\n', '; /* a\nb */\n'),
  })
  .map(({ keyword, name, value, end }) => `${keyword}("${name}", ${value})${end}`);

const noise = fc.constantFrom(
  '"',
  "'",
  '\\',
  '(',
  ')',
  ',',
  ';',
  '/',
  '/*',
  '*/',
  '//',
  '#',
  '# x\n',
  '\0',
  '\0\0\0',
  '\x1a',
  '\n',
  '\r',
  'user_pref',
  'true',
  '12a',
  '\\ud83d',
  '\\u0000',
  '\ufeff',
  'é',
  '@',
);

/** Files with everything in them that the grammars know and that goes wrong. */
export const damagedFile = fc
  .array(fc.oneof({ weight: 3, arbitrary: statements }, { weight: 1, arbitrary: noise }), { maxLength: 14 })
  .map((parts) => utf8(parts.join('')));

export const anyFile = fc.oneof(damagedFile, fc.uint8Array({ maxLength: 60 }));
