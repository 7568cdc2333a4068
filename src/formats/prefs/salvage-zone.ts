/**
 * Reads the statements in a damaged part of a preferences file. Strings and comments that end on their line are taken
 * for what they are; one that runs on without fitting is taken for damaged, and reading starts again on the next line.
 * A statement must be there up to its `)` and be followed by `;`, a line end or another statement: a cut line gives
 * nothing. Which parts are damaged is salvage.ts.
 */

import {
  asBuffer,
  BACKSLASH,
  CLOSE,
  COMMA,
  CR,
  DOUBLE_QUOTE,
  HASH,
  isBlankByte,
  isDigit,
  isWordByte,
  LF,
  MINUS,
  NUL,
  OPEN,
  PLUS,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  SPACE,
  STAR,
  TAB,
} from './bytes.ts';
import { readLegacyString } from './legacy-string.ts';
import { lineCounter } from './lines.ts';
import { newStringLiteral, readModernString } from './modern-string.ts';
import type { PrefEntry, PrefGrammar, PrefsFile, PrefValue } from './prefs.ts';

/** A stretch without NUL that is being read. */
interface Zone {
  bytes: Buffer;
  grammar: PrefGrammar;
  pos: number;
  end: number;
  /** The strings of the statement that is being read: [start, end). */
  strings: { start: number; end: number }[];
  /** The last answer to "where does the next block comment end?", so that the question costs nothing when repeated. */
  comment: { from: number; end: number };
  lineAt: (offset: number) => number;
}

/** Returns a reader of damaged ranges [from, to), to be asked in rising order. */
export function zoneReader(file: PrefsFile): (from: number, to: number) => PrefEntry[] {
  const bytes = asBuffer(file.source);
  const lineAt = lineCounter(file.source);
  return (from, to) => {
    const found: PrefEntry[] = [];
    for (let at = from; at < to; ) {
      while (at < to && bytes[at] === NUL) at++;
      const length = bytes.subarray(at, to).indexOf(NUL);
      const end = length < 0 ? to : at + length;
      const comment = { from: end, end };
      readStretch({ bytes, grammar: file.grammar, pos: at, end, strings: [], comment, lineAt }, found);
      at = end;
    }
    return found;
  };
}

function readStretch(z: Zone, found: PrefEntry[]): void {
  while (z.pos < z.end) {
    const byte = peek(z);
    if (isWordByte(byte)) {
      const start = z.pos;
      const keyword = keywordOf(readWord(z));
      const statement = keyword === null ? null : readStatement(z, start, keyword);
      if (statement !== null) found.push(statement);
    } else if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) {
      skipLooseString(z);
    } else if (byte === HASH) {
      skipLine(z);
    } else if (byte !== SLASH || !skipComment(z)) {
      z.pos++;
    }
  }
}

/** Reads a statement after its keyword. Without success the position is where reading goes on. */
function readStatement(z: Zone, start: number, keyword: PrefEntry['keyword']): PrefEntry | null {
  z.strings.length = 0;
  const content = readContent(z);
  const end = content === null ? null : statementEnd(z);
  if (content !== null && end !== null) {
    const { name, value } = content;
    return { name, value, keyword, line: z.lineAt(start), start, end };
  }
  const torn = z.strings.find((string) => lineEndAfter(z, string.start) < string.end);
  if (torn !== undefined) z.pos = lineEndAfter(z, torn.start);
  return null;
}

/** `( name , value )`, attributes allowed: the program refuses them, yet what they stand behind is plain. */
function readContent(z: Zone): { name: string; value: PrefValue } | null {
  if (!take(z, OPEN)) return null;
  skipGap(z);
  const name = readString(z);
  if (name === null || name === '' || !take(z, COMMA)) return null;
  skipGap(z);
  const value = readValue(z);
  if (value === null) return null;
  while (take(z, COMMA)) {
    skipGap(z);
    const attribute = readWord(z);
    if (attribute !== 'sticky' && attribute !== 'locked') return null;
  }
  return take(z, CLOSE) ? { name, value } : null;
}

/** End of the statement whose `)` was just read; null if it may have been cut there. */
function statementEnd(z: Zone): number | null {
  const closed = z.pos;
  if (take(z, SEMICOLON)) return z.pos;
  const next = z.pos;
  if (isWordByte(peek(z)) && keywordOf(readWord(z)) !== null) {
    z.pos = next;
    return closed;
  }
  z.pos = closed;
  while (peek(z) === SPACE || peek(z) === TAB) z.pos++;
  const isComment = peek(z) === HASH || (peek(z) === SLASH && z.bytes[z.pos + 1] === SLASH);
  const ended = (isComment || isLineEnd(peek(z))) && lineEndAfter(z, z.pos) < z.end;
  z.pos = ended ? closed : next;
  return ended ? closed : null;
}

function readValue(z: Zone): PrefValue | null {
  const byte = peek(z);
  if (byte === DOUBLE_QUOTE || byte === SINGLE_QUOTE) return readString(z);
  if (isWordByte(byte)) {
    const start = z.pos;
    const word = readWord(z);
    if (word === 'true' || word === 'false') return word === 'true';
    z.pos = start;
    return null;
  }
  const negative = byte === MINUS;
  if (negative || byte === PLUS) {
    z.pos++;
    skipGap(z);
  }
  const start = z.pos;
  while (isDigit(peek(z))) z.pos++;
  if (z.pos === start || isWordByte(peek(z))) return null;
  const number = Number(z.bytes.toString('latin1', start, z.pos)) * (negative ? -1 : 1);
  // A number that did not fit means nothing that could be written back.
  return (number | 0) === number ? number | 0 : null;
}

/** Reads a string literal; null if none is there, it does not end, or its text is not certain. */
function readString(z: Zone): string | null {
  const start = z.pos;
  const quote = peek(z);
  if (quote !== DOUBLE_QUOTE && quote !== SINGLE_QUOTE) return null;
  const text = readLiteral(z, start);
  z.strings.push({ start, end: z.pos });
  return text;
}

function readLiteral(z: Zone, at: number): string | null {
  if (z.grammar === 'modern') {
    const literal = newStringLiteral();
    readModernString(z.bytes, at, literal);
    z.pos = Math.min(literal.end, z.end);
    if (literal.error === null) return literal.end <= z.end ? literal.text : null;
    if (literal.error !== 'bad-escape') return null;
  }
  // An escape that today's programs refuse, as in a Windows path, is read as the old ones did.
  const old = readLegacyString(z.bytes, at, z.end);
  z.pos = old?.end ?? z.end;
  return old === null || old.lossy ? null : old.text;
}

/** Skips a string outside of a statement: to its end, or to the next line if it does not end on its own. */
function skipLooseString(z: Zone): void {
  const quote = peek(z);
  for (z.pos++; z.pos < z.end; z.pos++) {
    const byte = peek(z);
    if (isLineEnd(byte)) return;
    if (byte === quote) {
      z.pos++;
      return;
    }
    if (byte === BACKSLASH) z.pos++;
  }
}

/** Skips blanks and comments, then the byte if it is there. */
function take(z: Zone, byte: number): boolean {
  skipGap(z);
  if (peek(z) !== byte) return false;
  z.pos++;
  return true;
}

function skipGap(z: Zone): void {
  for (;;) {
    const byte = peek(z);
    if (isBlankByte(byte)) z.pos++;
    else if (byte === HASH) skipLine(z);
    else if (byte !== SLASH || !skipComment(z)) return;
  }
}

/** Skips the comment that begins here, if one does. One without an end reaches to the end of its line. */
function skipComment(z: Zone): boolean {
  const kind = z.bytes[z.pos + 1];
  if (kind === SLASH) {
    skipLine(z);
    return true;
  }
  if (kind !== STAR) return false;
  const from = z.pos + 2;
  if (from < z.comment.from || from > z.comment.end - 2) {
    const length = z.bytes.subarray(from, z.end).indexOf('*/');
    z.comment = { from, end: length < 0 ? Number.POSITIVE_INFINITY : from + length + 2 };
  }
  if (z.comment.end <= z.end) z.pos = z.comment.end;
  else skipLine(z);
  return true;
}

function readWord(z: Zone): string {
  const start = z.pos;
  while (isWordByte(peek(z))) z.pos++;
  return z.bytes.toString('latin1', start, z.pos);
}

const keywordOf = (word: string): PrefEntry['keyword'] | null =>
  word === 'user_pref' || word === 'pref' || word === 'sticky_pref' ? word : null;

/** The byte at the position; NUL behind the end. */
const peek = (z: Zone): number => (z.pos < z.end ? (z.bytes[z.pos] ?? NUL) : NUL);

const isLineEnd = (byte: number): boolean => byte === LF || byte === CR;

function skipLine(z: Zone): void {
  z.pos = lineEndAfter(z, z.pos);
}

/** Offset of the line end after `from`, or of the end of the stretch. */
function lineEndAfter(z: Zone, from: number): number {
  let at = from;
  while (at < z.end && !isLineEnd(z.bytes[at] ?? NUL)) at++;
  return at;
}
