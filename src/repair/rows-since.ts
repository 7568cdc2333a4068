/**
 * What the program has done to a list of rows since mailmend took some out: which of them are there again, and what
 * stands in their place.
 * Belongs here: comparing. Rows are the same when they say the same, however they are laid out: the program writes its
 * files anew.
 */

import type { JsonRow } from '../formats/json-rows.ts';

export interface RowsSince {
  /** The number of the row behind this one; null when it is gone. */
  behind(row: JsonRow): number | null;
  /** Asked once for each row that was taken out: one row of today accounts for one of before. */
  isBack(row: JsonRow): boolean;
  /** The row that the program has saved under the key of this one; null when there is none. */
  savedAnew(row: JsonRow): JsonRow | null;
}

/**
 * @param left the rows that mailmend left in the list.
 * @param number the member that holds a row's number, which says nothing about it.
 */
export function rowsSince(
  today: readonly JsonRow[],
  left: readonly JsonRow[],
  number: string | undefined,
): RowsSince {
  const known = new Set<string>();
  const spare = new Map<string, number>();
  const count = (said: string, amount: number) => spare.set(said, (spare.get(said) ?? 0) + amount);
  for (const row of today) count(saying(row, number), 1);
  for (const said of left.map((row) => saying(row, number))) {
    known.add(said);
    count(said, -1);
  }
  const name = (row: JsonRow): string => row.key ?? saying(row, number);
  const place = new Map(today.map((row, index) => [name(row), index + 1]));
  const anew = today.filter((row) => row.key !== null && !known.has(saying(row, number)));
  const anewByKey = new Map(anew.map((row) => [row.key, row]));
  return {
    behind: (row) => place.get(name(row)) ?? null,
    isBack(row) {
      const said = saying(row, number);
      const there = (spare.get(said) ?? 0) > 0;
      if (there) count(said, -1);
      return there;
    },
    savedAnew: (row) => anewByKey.get(row.key) ?? null,
  };
}

/** Without its number, and with its members in the order of their names. */
function saying({ value }: JsonRow, number: string | undefined): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return JSON.stringify(
    Object.entries(value)
      .filter(([name]) => name !== number)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
