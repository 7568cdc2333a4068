/**
 * Bytes with some ranges replaced. Belongs here: the mechanics. What is replaced by what is edit.ts and insertion.ts.
 */

import { asBuffer } from './bytes.ts';

/** Bytes [start, end) of the source give way to `text`. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

/**
 * Carries changes out, in the order of their starts; those that begin at one offset in the given order. Only insertions
 * may lie in another change: they come out where that one stood.
 */
export function splice(source: Uint8Array, changes: readonly Change[]): Uint8Array {
  const bytes = asBuffer(source);
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, text } of changes.toSorted((a, b) => a.start - b.start)) {
    if (start > at) parts.push(bytes.subarray(at, start));
    parts.push(Buffer.from(text));
    at = Math.max(at, end);
  }
  parts.push(bytes.subarray(at));
  // A copy of its own: a small Buffer is a view into memory shared with others.
  return new Uint8Array(Buffer.concat(parts));
}
