/**
 * Texts for the tests of the INI format: names and values that the grammar can hold, and text that is nearly INI.
 */

import fc from 'fast-check';

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** UTF-16LE with its mark. */
export const wide = (text: string): Uint8Array => Uint8Array.from(Buffer.from(`\ufeff${text}`, 'utf16le'));

/** What the package `ini`, JavaScript objects or the grammar itself could take for something else. */
const tricky = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'a.b',
  'a\\.b',
  'x',
  '1',
  'true',
  'null',
  'x;y',
  'x#y',
  "'q'",
  '"q"',
  'a%2Eb',
  'ÿ',
  '\u{1f600}',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '/home/jörg/.thunderbird/ab12.default',
  'C:\\Mail\\x',
  '-',
  '%',
  '\\',
);

const unicode = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });

/** Usable as a section and as a key. */
export const anyName = fc
  .oneof(tricky, unicode, fc.constantFrom('x[]', '[]x'))
  .map((text) => text.replace(/[[\]=\r\n\0]/g, '').replace(/^[ \t#;]+/, ''))
  .filter((text) => text.length > 0);

export const anyValue = fc
  .oneof(tricky, unicode, fc.constantFrom('', ' ', '=', '==', ' a ', '[a]', 'x[]', '"', "'", '; c', '\\;'))
  .map((text) => text.replace(/[\r\n\0]/g, ''));

const piece = fc.oneof(
  fc.constantFrom(
    '[a]',
    '[b]',
    '[',
    ']',
    'k=v',
    'k=',
    '=',
    'a=b',
    'k',
    ' ',
    '\t',
    '#',
    ';',
    '\n',
    '\r\n',
    '\r',
    '\n\n',
    '\0',
    '\ufeff',
    'ü',
    '[a] ',
    '[a]x',
    '[c',
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

/** Nearly INI, with what parsers stumble over. */
export const iniLikeText = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
