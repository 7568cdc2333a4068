/**
 * Takes rows out of a logins.json; every other byte stays as it is.
 */

import type { SavedLogin } from './logins-json.ts';

const comma = 0x2c;
const blanks = [0x20, 0x09, 0x0a, 0x0d];

/** @param rows of `bytes`, in any order. Each goes with the comma that parts it from its neighbour. */
export function cutLogins(
  bytes: Uint8Array,
  rows: readonly Pick<SavedLogin, 'offset' | 'length'>[],
): Uint8Array {
  let result = bytes;
  for (const { offset, length } of [...rows].sort((a, b) => b.offset - a.offset)) {
    const [start, end] = withComma(result, offset, offset + length);
    const cut = new Uint8Array(result.length - (end - start));
    cut.set(result.subarray(0, start));
    cut.set(result.subarray(end), start);
    result = cut;
  }
  return result;
}

/** The comma behind the row, else the one before it: JSON allows none at the end of a list. */
function withComma(bytes: Uint8Array, start: number, end: number): [start: number, end: number] {
  let after = end;
  while (isBlank(bytes[after])) after++;
  if (bytes[after] === comma) return [start, after + 1];
  let before = start;
  while (before > 0 && isBlank(bytes[before - 1])) before--;
  return bytes[before - 1] === comma ? [before - 1, end] : [start, end];
}

const isBlank = (byte: number | undefined): boolean => byte !== undefined && blanks.includes(byte);
