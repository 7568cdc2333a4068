/**
 * String literals as Gecko >= 60 reads them (formats.md 2.1): `"` or `'`, raw line ends allowed, seven escapes; a wrong
 * escape spoils the string but its end is still looked for. `\xHH` is one raw byte, the result is read as UTF-8.
 */

import { BACKSLASH, CR, DOUBLE_QUOTE, hexDigit, LF, NUL, SINGLE_QUOTE } from './bytes.ts';
import type { PrefProblemCode } from './prefs.ts';

/** One string literal. It is filled anew by every reading: a large file holds millions of them. */
export interface StringLiteral {
  text: string;
  /** Offset after the closing quote, or after the NUL or end of file that cut the string. */
  end: number;
  error: PrefProblemCode | null;
  errorOffset: number;
}

export const newStringLiteral = (): StringLiteral => ({ text: '', end: 0, error: null, errorOffset: 0 });

/** Reads the literal whose opening quote is at `at` into `literal`. */
export function readModernString(bytes: Buffer, at: number, literal: StringLiteral): void {
  const quote = bytes[at];
  let all = 0;
  let i = at + 1;
  for (; ; i++) {
    const byte = bytes[i] ?? NUL;
    if (byte === quote) {
      literal.text = all < 0x80 ? bytes.toString('latin1', at + 1, i) : bytes.toString('utf8', at + 1, i);
      literal.end = i + 1;
      literal.error = null;
      return;
    }
    if (byte === BACKSLASH || byte === NUL) break;
    all |= byte;
  }
  readWithEscapes(bytes, at, literal);
}

function readWithEscapes(bytes: Buffer, at: number, literal: StringLiteral): void {
  const quote = bytes[at];
  const out: number[] = [];
  literal.error = null;
  const spoil = (code: PrefProblemCode, offset: number): void => {
    if (literal.error !== null) return;
    literal.error = code;
    literal.errorOffset = offset;
  };
  let i = at + 1;
  for (;;) {
    const byte = bytes[i] ?? NUL;
    if (byte === quote) break;
    if (byte === NUL) {
      // A NUL ends the string like the end of the file, but it is used up by that: reading goes on behind it.
      spoil('unterminated-string', at);
      break;
    }
    if (byte === BACKSLASH) {
      const next = readEscape(bytes, i, out);
      if (next < 0) spoil('bad-escape', i);
      i = Math.abs(next);
    } else {
      out.push(byte);
      i++;
    }
  }
  literal.end = i + 1;
  literal.text = literal.error === null ? Buffer.from(out).toString('utf8') : '';
}

/** Reads the escape at `at` into `out`. Returns the offset where reading goes on, negative if the escape is wrong. */
function readEscape(bytes: Buffer, at: number, out: number[]): number {
  const letter = bytes[at + 1] ?? NUL;
  switch (letter) {
    case DOUBLE_QUOTE:
    case SINGLE_QUOTE:
    case BACKSLASH:
      out.push(letter);
      return at + 2;
    case 0x6e: // n
      out.push(LF);
      return at + 2;
    case 0x72: // r
      out.push(CR);
      return at + 2;
    case 0x78: {
      // x
      const end = hexRun(bytes, at + 2, 2);
      if (end !== at + 4) return -end;
      const value = hexValue(bytes, at + 2, end);
      out.push(value);
      return value === 0 ? -end : end;
    }
    case 0x75: // u
      return readUnicodeEscape(bytes, at, out);
    default:
      // A raw line end after the backslash is read again, anything else is part of the wrong escape.
      return letter === LF || letter === CR ? -(at + 1) : -(at + 2);
  }
}

function readUnicodeEscape(bytes: Buffer, at: number, out: number[]): number {
  const end = hexRun(bytes, at + 2, 4);
  if (end !== at + 6) return -end;
  const unit = hexValue(bytes, at + 2, end);
  const surrogate = unit & 0xfc00;
  if (unit === 0 || surrogate === 0xdc00) return -end;
  if (surrogate !== 0xd800) {
    out.push(...Buffer.from(String.fromCharCode(unit)));
    return end;
  }
  // The backslash after a high surrogate is used up even if no `u` follows, so `\ud83d\"` ends the string.
  if (bytes[end] !== BACKSLASH) return -end;
  if (bytes[end + 1] !== 0x75) return -(end + 1);
  const lowEnd = hexRun(bytes, end + 2, 4);
  if (lowEnd !== end + 6) return -lowEnd;
  const low = hexValue(bytes, end + 2, lowEnd);
  if ((low & 0xfc00) !== 0xdc00) return -lowEnd;
  out.push(...Buffer.from(String.fromCharCode(unit, low)));
  return lowEnd;
}

/** Offset after the hexadecimal digits at `at`, at most `most` of them. */
export function hexRun(bytes: Uint8Array, at: number, most: number): number {
  let i = at;
  while (i < at + most && hexDigit(bytes[i] ?? NUL) >= 0) i++;
  return i;
}

/** Value of the hexadecimal digits in [from, to). */
export function hexValue(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 16 + hexDigit(bytes[i] ?? NUL);
  return value;
}
