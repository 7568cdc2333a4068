/**
 * Two questions to a preferences file as a whole: was it written to its end, and does it hold anything at all?
 * A write that was cut off leaves a prefs-N.js without an end, a power loss a file of NULs (formats.md 2.3).
 */

import { CLOSE, CR, isBlankByte, LF, NUL, SEMICOLON } from './bytes.ts';

/** Does it end with `);` and a line end, as every complete file does, and hold no NUL? */
export function isComplete(bytes: Uint8Array): boolean {
  let end = bytes.length;
  if (bytes[end - 1] === LF) end--;
  if (bytes[end - 1] === CR) end--;
  return (
    end < bytes.length && bytes[end - 1] === SEMICOLON && bytes[end - 2] === CLOSE && !bytes.includes(NUL)
  );
}

/** No byte at all, or only NULs and white space: the program takes such a profile for a new one. */
export const isBlank = (bytes: Uint8Array): boolean =>
  bytes.every((byte) => byte === NUL || isBlankByte(byte));
