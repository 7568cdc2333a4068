/**
 * Rows of a logins.json whose two encrypted values come from the same row of another list; every other byte stays.
 */

import { jsonRows, memberOf, spliced } from '../../formats/json-rows.ts';

export interface RestoredRow {
  /** Byte offset of the row in the list that is changed. */
  row: number;
  /** The other list, and the offset of the row in it. */
  source: Uint8Array;
  offset: number;
}

/** Null when a list cannot be read. */
export function restoredValues(target: Uint8Array, changes: readonly RestoredRow[]): Uint8Array | null {
  const list = jsonRows(target, 'logins', 'guid');
  if (list === null) return null;
  const spans = changes.flatMap(({ row, source, offset }) => {
    const span = list.rows.find(({ start }) => start === row);
    const from = jsonRows(source, 'logins', 'guid')?.rows.find(({ start }) => start === offset);
    if (span === undefined || from === undefined || typeof span.value !== 'object') return [];
    const values = {
      encryptedUsername: memberOf(from.value, 'encryptedUsername'),
      encryptedPassword: memberOf(from.value, 'encryptedPassword'),
    };
    const text = JSON.stringify({ ...span.value, ...values });
    return [{ start: span.start, end: span.end, bytes: new TextEncoder().encode(text) }];
  });
  return spans.length === changes.length ? spliced(target, spans) : null;
}
