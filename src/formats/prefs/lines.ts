/**
 * Lines of a preferences file: their numbers, where they begin and end, and what else stands on one.
 * A line ends with LF, CR LF or CR, as the program's own error messages count it.
 */

import { CR, HASH, isBlankByte, LF, NUL, SLASH, SPACE, TAB } from './bytes.ts';

const isLineEnd = (byte: number | undefined): boolean => byte === LF || byte === CR;

/** Returns the 1-based line of an offset. Every call must ask for the same offset as the last one, or a later one. */
export function lineCounter(bytes: Uint8Array): (offset: number) => number {
  let counted = 0;
  let line = 1;
  return (offset) => {
    // Locals: this loop sees every byte of the file.
    let lines = line;
    const end = Math.min(offset, bytes.length);
    for (let at = counted; at < end; at++) {
      const byte = bytes[at];
      if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
    }
    counted = Math.max(counted, end);
    line = lines;
    return lines;
  };
}

/** Does a line begin at `offset`? The first one begins at `floor`. */
export const isLineStart = (bytes: Uint8Array, offset: number, floor: number): boolean =>
  offset <= floor || isLineEnd(bytes[offset - 1]);

/** Where the line of `offset` begins if there are only blanks before `offset` on it, else null. */
export function blankLineStart(bytes: Uint8Array, offset: number, floor: number): number | null {
  let at = offset;
  while (!isLineStart(bytes, at, floor) && isBlankByte(bytes[at - 1] ?? NUL)) at--;
  return isLineStart(bytes, at, floor) ? at : null;
}

/** Are there only blanks, and no line end, in [from, to)? */
export function isBlankBetween(bytes: Uint8Array, from: number, to: number): boolean {
  let at = from;
  while (at < to && isBlankByte(bytes[at] ?? NUL) && !isLineEnd(bytes[at])) at++;
  return at >= to;
}

/**
 * Where the next line begins (the end of the file counts, `isLast` says so) if there is nothing but blanks, or blanks and
 * a line comment, from `offset` on. Null if there is something else, or a control byte that can end a comment early.
 */
export function restOfLine(
  bytes: Uint8Array,
  offset: number,
): { kind: 'blank' | 'comment'; next: number; isLast: boolean } | null {
  let at = offset;
  while (isBlankByte(bytes[at] ?? NUL) && !isLineEnd(bytes[at])) at++;
  const isComment = bytes[at] === HASH || (bytes[at] === SLASH && bytes[at + 1] === SLASH);
  if (isComment) while ((bytes[at] ?? NUL) >= SPACE || bytes[at] === TAB) at++;
  const isLast = at >= bytes.length;
  if (!isLast && !isLineEnd(bytes[at])) return null;
  const width = isLast ? 0 : bytes[at] === CR && bytes[at + 1] === LF ? 2 : 1;
  return { kind: isComment ? 'comment' : 'blank', next: at + width, isLast };
}

/** The line end that the file uses first; LF where it has none. */
export function lineEndOf(bytes: Uint8Array): string {
  const at = bytes.findIndex(isLineEnd);
  if (bytes[at] !== CR) return '\n';
  return bytes[at + 1] === LF ? '\r\n' : '\r';
}
