/**
 * Gives one row of a logins.json another origin and realm; every other byte stays, what is encrypted too.
 */

import { jsonMembers } from './json-scan.ts';
import type { SavedLogin } from './logins-json.ts';

/**
 * @param row of `bytes`. Its realm becomes the origin, as mail passwords have it (formats.md 4.5).
 * @returns null where the row lacks one of the two members.
 */
export function rekeyLogin(
  bytes: Uint8Array,
  row: Pick<SavedLogin, 'offset' | 'length'>,
  origin: string,
): Uint8Array | null {
  const members = jsonMembers(bytes, row.offset);
  // Of several members with one name the last one counts.
  const spans = ['hostname', 'httpRealm'].map((name) => members.findLast((member) => member.name === name));
  const value = new TextEncoder().encode(JSON.stringify(origin));
  let result = bytes;
  for (const span of spans.sort((a, b) => (b?.start ?? 0) - (a?.start ?? 0))) {
    if (span === undefined) return null;
    const next = new Uint8Array(result.length - (span.end - span.start) + value.length);
    next.set(result.subarray(0, span.start));
    next.set(value, span.start);
    next.set(result.subarray(span.end), span.start + value.length);
    result = next;
  }
  return result;
}
