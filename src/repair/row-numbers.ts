/**
 * Numbers of rows that come back into a list. The program takes out and changes rows by their number (seen with 153.7),
 * so no two may have the same one: a row whose number is given away by now gets the next free one.
 */

import { type ByteChange, type JsonRow, type JsonRows, memberOf, spliced } from '../formats/json-rows.ts';
import { jsonMembers, jsonValue } from '../formats/json-scan.ts';
import type { RowNumbers } from './operation.ts';

export interface FreeNumbers {
  /** The bytes of a row with a number of its own; those without a number stay as they are. */
  fit(bytes: Uint8Array, row: JsonRow): Uint8Array;
  /** After all rows: what keeps the next free number of the file above every number given. */
  next(): ByteChange[];
}

/** @param stay the rows of today that stay in the list. */
export function freeNumbers(
  { source, members }: JsonRows,
  stay: readonly JsonRow[],
  { key, next: nextName }: RowNumbers,
): FreeNumbers {
  const numberOf = ({ value }: JsonRow): number[] => whole(memberOf(value, key));
  const given = new Set(stay.flatMap(numberOf));
  const member = members.get(nextName);
  const noted = member === undefined ? [] : whole(jsonValue(source, member));
  let next = [...given].reduce((free, number) => Math.max(free, number + 1), noted[0] ?? 0);
  const used = next;
  return {
    fit(bytes, row) {
      const changes = numberOf(row).flatMap((own): ByteChange[] => {
        const number = given.has(own) ? next : own;
        given.add(number);
        next = Math.max(next, number + 1);
        const span = jsonMembers(bytes, 0).filter(({ name }) => name === key);
        return span.slice(-1).map(({ start, end }) => ({ start, end, bytes: decimal(number) }));
      });
      return spliced(bytes, changes);
    },
    next() {
      if (member === undefined || noted.length === 0 || next === used) return [];
      return [{ start: member.start, end: member.end, bytes: decimal(next) }];
    },
  };
}

/** One number, or none. */
const whole = (value: unknown): number[] =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? [value] : [];

const decimal = (number: number): Uint8Array => new TextEncoder().encode(String(number));
