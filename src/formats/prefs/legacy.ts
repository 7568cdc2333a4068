/**
 * Preferences as Gecko <= 59 reads them (formats.md 2.2): Postbox up to 7, Thunderbird up to 59. Between statements
 * unknown characters are skipped; the first error ends everything. A NUL means nothing outside of a statement.
 */

import {
  asBuffer,
  CLOSE,
  COMMA,
  CR,
  DOUBLE_QUOTE,
  HASH,
  isBlankByte,
  isDigit,
  LF,
  MINUS,
  NUL,
  OPEN,
  PLUS,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  STAR,
  startsWith,
} from './bytes.ts';
import { readLegacyString } from './legacy-string.ts';
import { lineCounter } from './lines.ts';
import type { PrefEntry, PrefProblem, PrefProblemCode, PrefsFile, PrefValue } from './prefs.ts';

/** The first letter decides which word must follow; `lockPref` is a default that is locked as well. */
const KEYWORDS: readonly (readonly [Buffer, PrefEntry['keyword']])[] = [
  [Buffer.from('user_pref'), 'user_pref'],
  [Buffer.from('sticky_pref'), 'sticky_pref'],
  [Buffer.from('pref'), 'pref'],
  [Buffer.from('lockPref'), 'pref'],
];
const TRUE = Buffer.from('true');
const FALSE = Buffer.from('false');

/** Control-Z ended text files of DOS, and ends a line comment here. */
const CONTROL_Z = 0x1a;

interface Reader {
  bytes: Buffer;
  pos: number;
  /** Where the program gave up, and why. */
  failure: { code: PrefProblemCode; offset: number } | null;
}

/** Reads a whole file. Never throws; one pass over the bytes. */
export function parseLegacy(source: Uint8Array): PrefsFile {
  const r: Reader = { bytes: asBuffer(source), pos: 0, failure: null };
  const lineAt = lineCounter(source);
  const entries: PrefEntry[] = [];
  /** Where the statement that is being read begins; null between statements. */
  let open: number | null = null;
  while (skipToStatement(r)) {
    const start = r.pos;
    const line = lineAt(start);
    open = start;
    const statement = readStatement(r);
    if (statement === null) break;
    const { name, value, keyword } = statement;
    entries.push({ name, value, keyword, line, start, end: r.pos });
    open = null;
  }
  if (r.failure === null) return { grammar: 'legacy', source, entries, problems: [], end: source.length };
  const { code, offset } = r.failure;
  const problem: PrefProblem = {
    code,
    line: lineAt(offset),
    offset,
    start: open ?? offset,
    end: source.length,
  };
  return { grammar: 'legacy', source, entries, problems: [problem], end: offset };
}

/** Where the value stands in a statement of such a file: [start, end), a sign included. */
export function legacyValueRange(source: Uint8Array, entry: PrefEntry): { start: number; end: number } {
  const r: Reader = { bytes: asBuffer(source), pos: entry.start, failure: null };
  readKeyword(r);
  readName(r);
  const start = r.pos;
  readValue(r);
  return { start, end: r.pos };
}

function fail(r: Reader, code: PrefProblemCode, offset = r.pos): null {
  r.failure ??= { code, offset: Math.min(offset, r.bytes.length) };
  return null;
}

/** Moves to the first letter of the next keyword; false at the end of the file or after a failure. */
function skipToStatement(r: Reader): boolean {
  while (r.pos < r.bytes.length && r.failure === null) {
    switch (r.bytes[r.pos]) {
      case 0x75: // u
      case 0x73: // s
      case 0x70: // p
      case 0x6c: // l
        return true;
      case HASH:
        skipLineComment(r);
        break;
      case SLASH:
        skipComment(r);
        break;
      default:
        r.pos++;
    }
  }
  return false;
}

function readStatement(r: Reader): Pick<PrefEntry, 'name' | 'value' | 'keyword'> | null {
  const keyword = readKeyword(r);
  if (keyword === null) return fail(r, 'unknown-keyword');
  const name = readName(r);
  if (name === null) return null;
  const at = r.pos;
  const value = readValue(r);
  if (value === null) return null;
  skipGap(r);
  if (r.bytes[r.pos] === COMMA) return fail(r, 'attribute-not-allowed');
  if (!expect(r, CLOSE, 'missing-parenthesis') || !expect(r, SEMICOLON, 'missing-semicolon')) return null;
  // A sign without digits is only found out when the statement is carried out.
  return Number.isNaN(value) ? fail(r, 'bad-number', at) : { name, value, keyword };
}

function readKeyword(r: Reader): PrefEntry['keyword'] | null {
  for (const [word, keyword] of KEYWORDS) {
    if (!startsWith(r.bytes, r.pos, word)) continue;
    r.pos += word.length;
    return keyword;
  }
  return null;
}

/** Reads `( name ,` and what is blank after it. */
function readName(r: Reader): string | null {
  if (!expect(r, OPEN, 'missing-parenthesis')) return null;
  skipGap(r);
  if (!isQuote(r.bytes[r.pos])) return fail(r, 'unexpected-character');
  const name = readString(r);
  if (name === null || !expect(r, COMMA, 'missing-comma')) return null;
  skipGap(r);
  return name;
}

const isQuote = (byte: number | undefined): boolean => byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE;

function readString(r: Reader): string | null {
  const string = readLegacyString(r.bytes, r.pos, r.bytes.length);
  if (string === null) return fail(r, 'unterminated-string');
  r.pos = string.end;
  return string.text;
}

/** Reads a value; NaN stands for a sign without digits. */
function readValue(r: Reader): PrefValue | null {
  const byte = r.bytes[r.pos] ?? NUL;
  if (isQuote(byte)) return readString(r);
  for (const [word, value] of [[TRUE, true] as const, [FALSE, false] as const]) {
    if (!startsWith(r.bytes, r.pos, word)) continue;
    r.pos += word.length;
    return value;
  }
  return isDigit(byte) || byte === MINUS || byte === PLUS ? readNumber(r) : fail(r, 'unknown-value');
}

function readNumber(r: Reader): number | null {
  const at = r.pos;
  let end = at + 1;
  while (isDigit(r.bytes[end] ?? NUL)) end++;
  r.pos = end;
  const next = r.bytes[end];
  if (next !== undefined && next !== CLOSE && next !== SLASH && !isBlankByte(next)) {
    return fail(r, 'bad-number');
  }
  return wrapped(r.bytes.toString('latin1', at, end));
}

/** What C's atoi makes of a sign and digits where `long` has 64 bits: kept within them, then the low 32 bits. */
function wrapped(text: string): number {
  if (text.length < 10) return text === '-' || text === '+' ? Number.NaN : Number(text) || 0;
  // 20 digits are past 64 bits already: no need to look at a million of them.
  const digits = BigInt(text.replace(/^[-+]?0*/, '').slice(0, 20) || '0');
  const most = 2n ** 63n;
  const value = text.startsWith('-') ? -digits : digits;
  const kept = value >= most ? most - 1n : value < -most ? -most : value;
  return Number(BigInt.asIntN(32, kept));
}

/** Skips blanks and comments, then one byte that must be there. */
function expect(r: Reader, byte: number, code: PrefProblemCode): boolean {
  const before = r.pos;
  skipGap(r);
  if (r.bytes[r.pos] === byte) {
    r.pos++;
    return true;
  }
  // What is missing is missing after the token before.
  if (r.bytes[r.pos] === NUL) fail(r, 'nul-byte');
  else fail(r, code, before);
  return false;
}

function skipGap(r: Reader): void {
  while (r.failure === null) {
    const byte = r.bytes[r.pos];
    if (byte === undefined) return;
    if (byte === SLASH) skipComment(r);
    else if (isBlankByte(byte)) r.pos++;
    else return;
  }
}

function skipComment(r: Reader): void {
  const kind = r.bytes[r.pos + 1];
  if (kind === SLASH) {
    skipLineComment(r);
  } else if (kind === STAR) {
    const end = r.bytes.indexOf('*/', r.pos + 2, 'latin1');
    if (end < 0) fail(r, 'unterminated-comment');
    else r.pos = end + 2;
  } else {
    fail(r, 'unexpected-character');
  }
}

function skipLineComment(r: Reader): void {
  while (r.pos < r.bytes.length) {
    const byte = r.bytes[r.pos++];
    if (byte === LF || byte === CR || byte === CONTROL_Z) return;
  }
}
