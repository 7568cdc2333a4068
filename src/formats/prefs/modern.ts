/**
 * Preferences as Gecko >= 60 reads them (formats.md 2.1): statements, and recovery at the next `;` after an error.
 * Tokens are modern-tokens.ts. Checked against Thunderbird 153 entry by entry.
 */

import { asBuffer, CLOSE, COMMA, MINUS, OPEN, PLUS, SEMICOLON } from './bytes.ts';
import { lineCounter } from './lines.ts';
import {
  END,
  ERROR,
  FALSE,
  NUMBER,
  newScanner,
  nextToken,
  PREF,
  type Scanner,
  STICKY_PREF,
  STRING,
  TRUE,
  USER_PREF,
  WORD,
} from './modern-tokens.ts';
import type { PrefEntry, PrefProblem, PrefProblemCode, PrefsFile, PrefValue } from './prefs.ts';

/** 2^31, the first number that a preference cannot hold; only its negative fits. */
const TOO_LARGE = 0x80000000;

/** Reads a whole file. Never throws; one pass over the bytes. */
export function parseModern(source: Uint8Array): PrefsFile {
  const s = newScanner(asBuffer(source));
  const lineAt = lineCounter(source);
  const entries: PrefEntry[] = [];
  const problems: PrefProblem[] = [];
  nextToken(s);
  while (s.token !== END) {
    const start = s.start;
    const statement = readStatement(s, lineAt(start));
    if (typeof statement === 'object') {
      entries.push(statement);
    } else {
      const offset = offsetOf(s, statement);
      const line = lineAt(offset);
      problems.push({ code: statement, line, offset, start, end: recover(s) });
    }
    if (s.token === SEMICOLON) nextToken(s);
  }
  const end = s.start;
  if (end < source.length) {
    problems.push({ code: 'nul-byte', line: lineAt(end), offset: end, start: end, end: source.length });
  }
  return { grammar: 'modern', source, entries, problems, end };
}

/** What is missing is missing after the token before; all else is wrong where it stands. */
function offsetOf(s: Scanner, code: PrefProblemCode): number {
  if (s.token === ERROR) return s.errorOffset;
  return code.startsWith('missing-') ? s.before : s.start;
}

/** Where the value stands in a statement of such a file: [start, end), a sign included. */
export function modernValueRange(source: Uint8Array, entry: PrefEntry): { start: number; end: number } {
  const s = newScanner(asBuffer(source));
  s.pos = entry.start;
  while (nextToken(s) !== COMMA);
  nextToken(s);
  const start = s.start;
  if (s.token === MINUS || s.token === PLUS) nextToken(s);
  return { start, end: s.pos };
}

/** Skips to the next `;` that is a token of its own; returns where the damage ends. */
function recover(s: Scanner): number {
  while (s.token !== SEMICOLON && s.token !== END) nextToken(s);
  return s.token === SEMICOLON ? s.pos : s.start;
}

/** Reads one statement; on success the scanner stands on its `;`, otherwise on the token that does not fit. */
function readStatement(s: Scanner, line: number): PrefEntry | PrefProblemCode {
  const start = s.start;
  const keyword = keywordOf(s.token);
  if (keyword === null) return unfit(s, s.token === WORD ? 'unknown-keyword' : 'unexpected-character');
  if (nextToken(s) !== OPEN) return unfit(s, 'missing-parenthesis');
  if (nextToken(s) !== STRING) return unfit(s, 'unexpected-character');
  const name = s.string.text;
  if (nextToken(s) !== COMMA) return unfit(s, 'missing-comma');
  nextToken(s);
  const value = readValue(s);
  if (typeof value === 'object') return value.code;
  if (nextToken(s) !== CLOSE) {
    return unfit(s, s.token === COMMA ? 'attribute-not-allowed' : 'missing-parenthesis');
  }
  if (nextToken(s) !== SEMICOLON) return unfit(s, 'missing-semicolon');
  return { name, value, keyword, line, start, end: s.pos };
}

/** What is wrong with the token itself outranks what the statement expected in its place. */
const unfit = (s: Scanner, expected: PrefProblemCode): PrefProblemCode =>
  s.token === ERROR ? s.error : expected;

function keywordOf(token: number): PrefEntry['keyword'] | null {
  if (token === USER_PREF) return 'user_pref';
  if (token === PREF) return 'pref';
  return token === STICKY_PREF ? 'sticky_pref' : null;
}

function readValue(s: Scanner): PrefValue | { code: PrefProblemCode } {
  switch (s.token) {
    case STRING:
      return s.string.text;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case NUMBER:
      return inRange(s.number, 1);
    case PLUS:
    case MINUS: {
      const sign = s.token === MINUS ? -1 : 1;
      return nextToken(s) === NUMBER ? inRange(s.number, sign) : { code: unfit(s, 'bad-number') };
    }
    default:
      return { code: unfit(s, 'unknown-value') };
  }
}

const inRange = (digits: number, sign: 1 | -1): number | { code: PrefProblemCode } =>
  digits < TOO_LARGE || (sign < 0 && digits === TOO_LARGE)
    ? digits === 0
      ? 0
      : sign * digits
    : { code: 'number-too-large' };
