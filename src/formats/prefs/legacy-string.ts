/**
 * String literals as Gecko <= 59 reads them (formats.md 2.2): every byte up to the same quote, wrong escapes kept as they
 * stand, `\xHH` and `\uHHHH` as characters. The program holds the result as a C string: it ends at its first NUL.
 */

import { BACKSLASH, CR, DOUBLE_QUOTE, LF, NUL, SINGLE_QUOTE } from './bytes.ts';
import { hexRun, hexValue } from './modern-string.ts';

interface LegacyString {
  text: string;
  /** Offset after the closing quote. */
  end: number;
  /** The program's value says less than the bytes do: cut at a NUL, or half of a surrogate pair dropped. */
  lossy: boolean;
}

/** Reads the literal whose opening quote is at `at`; null if it does not end before `limit`. */
export function readLegacyString(bytes: Buffer, at: number, limit: number): LegacyString | null {
  const quote = bytes[at];
  let all = 0;
  for (let i = at + 1; i < limit; i++) {
    const byte = bytes[i] ?? NUL;
    if (byte === quote) {
      const text = bytes.toString(all < 0x80 ? 'latin1' : 'utf8', at + 1, i);
      return { text, end: i + 1, lossy: false };
    }
    if (byte === BACKSLASH || byte === NUL) return readSlowly(bytes, at, limit);
    all |= byte;
  }
  return null;
}

function readSlowly(bytes: Buffer, at: number, limit: number): LegacyString | null {
  const quote = bytes[at];
  const out: number[] = [];
  let dropped = false;
  let i = at + 1;
  while (i < limit) {
    const byte = bytes[i] ?? NUL;
    if (byte === quote) {
      const nul = out.indexOf(NUL);
      const text = Buffer.from(nul < 0 ? out : out.slice(0, nul)).toString('utf8');
      return { text, end: i + 1, lossy: dropped || nul >= 0 };
    }
    if (byte !== BACKSLASH) {
      out.push(byte);
      i++;
      continue;
    }
    const read = readEscape(bytes, i, limit);
    if (read === null) return null;
    for (const value of read.bytes) out.push(value);
    dropped ||= read.bytes.length === 0;
    i = read.end;
  }
  return null;
}

/** What an escape stands for. No bytes: a high surrogate without its other half, which the program drops. */
interface Escape {
  bytes: readonly number[] | Buffer;
  end: number;
}

/** The escape whose backslash is at `at`; null if the file ends in it. */
function readEscape(bytes: Buffer, at: number, limit: number): Escape | null {
  if (at + 1 >= limit) return null;
  const letter = bytes[at + 1] ?? NUL;
  switch (letter) {
    case DOUBLE_QUOTE:
    case SINGLE_QUOTE:
    case BACKSLASH:
      return { bytes: [letter], end: at + 2 };
    case 0x6e: // n
      return { bytes: [LF], end: at + 2 };
    case 0x72: // r
      return { bytes: [CR], end: at + 2 };
    case 0x78: // x
      return readHexEscape(bytes, at, 2);
    case 0x75: // u
      return readHexEscape(bytes, at, 4);
    default:
      return { bytes: [BACKSLASH, letter], end: at + 2 };
  }
}

function readHexEscape(bytes: Buffer, at: number, digits: 2 | 4): Escape {
  const end = hexRun(bytes, at + 2, digits);
  // Too few digits: the bytes so far stand for themselves.
  if (end !== at + 2 + digits) return { bytes: bytes.subarray(at, end), end };
  const unit = hexValue(bytes, at + 2, end);
  if ((unit & 0xfc00) !== 0xd800) return { bytes: Buffer.from(String.fromCharCode(unit)), end };
  const lowEnd = hexRun(bytes, end + 2, 4);
  if (bytes[end] !== BACKSLASH || bytes[end + 1] !== 0x75 || lowEnd !== end + 6) return { bytes: [], end };
  // A second unit that is no low surrogate makes U+FFFD of the first: encoding a lone surrogate does the same.
  return { bytes: Buffer.from(String.fromCharCode(unit, hexValue(bytes, end + 2, lowEnd))), end: lowEnd };
}
