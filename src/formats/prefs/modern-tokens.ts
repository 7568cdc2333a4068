/**
 * Tokens of the grammar of Gecko >= 60 (formats.md 2.1). A token is a number: the byte itself for `( ) , ; + -`,
 * 0 for the end of the file, or one of the constants below. Statements and recovery are modern.ts.
 */

import {
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
  markLength,
  NUL,
  OPEN,
  PLUS,
  SEMICOLON,
  SINGLE_QUOTE,
  SLASH,
  STAR,
  startsWith,
} from './bytes.ts';
import { newStringLiteral, readModernString, type StringLiteral } from './modern-string.ts';
import type { PrefProblemCode } from './prefs.ts';

/** A NUL or the end of the bytes: to this grammar they are the same. */
export const END = 0;
export const USER_PREF = 256;
export const PREF = 257;
export const STICKY_PREF = 258;
export const TRUE = 259;
export const FALSE = 260;
export const STRING = 261;
export const NUMBER = 262;
/** A word that is none of the keywords that a user file may hold. */
export const WORD = 263;
/** No token: `error` and `errorOffset` say why. */
export const ERROR = 264;

const WORDS: readonly (readonly [Buffer, number])[] = [
  [Buffer.from('user_pref'), USER_PREF],
  [Buffer.from('true'), TRUE],
  [Buffer.from('false'), FALSE],
  [Buffer.from('pref'), PREF],
  [Buffer.from('sticky_pref'), STICKY_PREF],
  // Not in formats.md: 115 and 153 take it for a default that is locked as well.
  [Buffer.from('lock_pref'), PREF],
];

/** Digits up to 2^32-1 make a number token; whether it fits 31 bits and a sign is the statement's question. */
const MOST = 0xffffffff;

export interface Scanner {
  bytes: Buffer;
  /** Where the next token is looked for. It can be one past the end: the end of the file is a byte like NUL here. */
  pos: number;
  token: number;
  /** Offset of the token's first byte. */
  start: number;
  /** Offset after the token before it. */
  before: number;
  string: StringLiteral;
  number: number;
  error: PrefProblemCode;
  errorOffset: number;
}

export const newScanner = (bytes: Buffer): Scanner => ({
  bytes,
  pos: markLength(bytes),
  token: END,
  start: 0,
  before: 0,
  string: newStringLiteral(),
  number: 0,
  error: 'unexpected-character',
  errorOffset: 0,
});

/** Reads the next token into the scanner and returns it. */
export function nextToken(s: Scanner): number {
  s.before = s.pos;
  s.token = readToken(s);
  return s.token;
}

function readToken(s: Scanner): number {
  for (;;) {
    const at = s.pos;
    const byte = s.bytes[at] ?? NUL;
    s.pos = at + 1;
    if (isBlankByte(byte)) continue;
    s.start = Math.min(at, s.bytes.length);
    switch (byte) {
      case NUL:
      case OPEN:
      case CLOSE:
      case COMMA:
      case SEMICOLON:
      case PLUS:
      case MINUS:
        return byte;
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return readString(s, at);
      case HASH:
        skipLineComment(s);
        continue;
      case SLASH: {
        const error = skipComment(s, at);
        if (error === null) continue;
        return fail(s, error, at);
      }
    }
    if (isWordByte(byte)) return readWord(s, at);
    if (isDigit(byte)) return readNumber(s, at);
    return fail(s, 'unexpected-character', at);
  }
}

function fail(s: Scanner, error: PrefProblemCode, offset: number): number {
  s.error = error;
  s.errorOffset = offset;
  return ERROR;
}

function readString(s: Scanner, at: number): number {
  readModernString(s.bytes, at, s.string);
  s.pos = s.string.end;
  return s.string.error === null ? STRING : fail(s, s.string.error, s.string.errorOffset);
}

function readWord(s: Scanner, at: number): number {
  let end = at + 1;
  while (isWordByte(s.bytes[end] ?? NUL)) end++;
  s.pos = end;
  for (const [word, token] of WORDS) {
    if (word.length === end - at && startsWith(s.bytes, at, word)) return token;
  }
  return WORD;
}

function readNumber(s: Scanner, at: number): number {
  let value = 0;
  let i = at;
  for (; isDigit(s.bytes[i] ?? NUL); i++) value = Math.min(value * 10 + (s.bytes[i] ?? 0) - 0x30, MOST + 1);
  s.pos = i;
  s.number = value;
  if (isWordByte(s.bytes[i] ?? NUL)) return fail(s, 'bad-number', at);
  return value > MOST ? fail(s, 'number-too-large', at) : NUMBER;
}

/** A comment up to the line end. A NUL ends it, too, and is used up by that: what follows is read as code. */
function skipLineComment(s: Scanner): void {
  for (;;) {
    const byte = s.bytes[s.pos] ?? NUL;
    s.pos++;
    if (byte === LF || byte === CR || byte === NUL) return;
  }
}

/** The comment whose first `/` is at `at`; returns what is wrong with it. */
function skipComment(s: Scanner, at: number): PrefProblemCode | null {
  const kind = s.bytes[at + 1] ?? NUL;
  if (kind === SLASH) {
    s.pos = at + 2;
    skipLineComment(s);
    return null;
  }
  if (kind !== STAR) {
    if (kind !== LF && kind !== CR) s.pos = at + 2;
    return 'unexpected-character';
  }
  for (let i = at + 2; ; i++) {
    const byte = s.bytes[i] ?? NUL;
    if (byte !== NUL && !(byte === STAR && s.bytes[i + 1] === SLASH)) continue;
    s.pos = byte === NUL ? i + 1 : i + 2;
    return byte === NUL ? 'unterminated-comment' : null;
  }
}
