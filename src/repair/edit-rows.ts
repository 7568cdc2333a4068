/**
 * Rows of a list in a JSON file: taken out, and put back into the file as the program has written it since. A row's
 * bytes are in no plan: they come from the file of before, which is kept in the folder of the run.
 * Belongs here: which row is meant, where it goes back, and when it does not. Bytes are src/formats/json-rows.ts.
 */

import {
  type ByteChange,
  type JsonRow,
  type JsonRows,
  jsonRows,
  type NewRow,
  rowsPutIn,
  spliced,
  withoutRows,
} from '../formats/json-rows.ts';
import type { Decide, KeyConflict, TakenBack } from './conflict.ts';
import { MailmendError } from './error.ts';
import { sha256 } from './hash.ts';
import type { Operation, RowChange, RowNumbers } from './operation.ts';
import { freeNumbers } from './row-numbers.ts';
import { rowsSince } from './rows-since.ts';
import { visible } from './visible.ts';

export type RowOperation = Extract<Operation, { op: 'edit-rows' }>;

/** @throws MailmendError PLAN_OUT_OF_DATE naming the rows that are not as the plan expects them. */
export function rowsEdited(operation: RowOperation, bytes: Uint8Array): Uint8Array {
  const { list, key, changes, path } = operation;
  const file = jsonRows(bytes, list, key);
  if (file === null) throw outOfDate(path, `the list "${visible(list)}" cannot be read`);
  const found = rowsMeant(file, changes);
  const there = new Set(found.values());
  const missing = changes.filter((change) => !there.has(change));
  if (missing.length > 0)
    throw outOfDate(path, missing.map(({ what }) => `${visible(what)}: gone, or saved anew`).join('; '));
  return withoutRows(file, new Set(found.keys()));
}

/** Null when the file of today, or that of before, holds no such list. */
export function rowsTakenBack(
  operation: RowOperation,
  now: Uint8Array,
  before: Uint8Array,
  decide: Decide,
): TakenBack | null {
  const { list, numbers, changes, path } = operation;
  const today = jsonRows(now, list, operation.key);
  const then = jsonRows(before, list, operation.key);
  if (today === null || then === null) return null;
  const taken = rowsMeant(then, changes);
  const since = rowsSince(
    today.rows,
    then.rows.filter((_row, index) => !taken.has(index)),
    numbers?.key,
  );
  const conflicts: KeyConflict[] = [];
  const back: Comeback[] = [];
  let at = 0;
  for (const [index, row] of then.rows.entries()) {
    const change = taken.get(index);
    if (change === undefined || since.isBack(row)) {
      // Later ones go behind it where it is still there: of several that fit, the program takes the first.
      at = since.behind(row) ?? at;
      continue;
    }
    const instead = since.savedAnew(row);
    const key = `${change.what} (${row.key})`;
    const conflict = { path, key, before: null, ours: null, theirs: null, row: true } as const;
    const decision = instead === null ? 'take-back' : decide(conflict);
    if (decision === null) conflicts.push(conflict);
    if (decision === 'take-back') back.push({ row, at, instead });
  }
  const bytes = back.length === 0 ? null : putBack(today, then, back, numbers);
  return { bytes, conflicts, stays: [] };
}

/** Whether some row of before is in the file of today. */
export function haveCommonRows({ list, key }: RowOperation, now: Uint8Array, before: Uint8Array): boolean {
  const keysIn = (bytes: Uint8Array): string[] =>
    jsonRows(bytes, list, key)?.rows.flatMap((row) => row.key ?? []) ?? [];
  const then = new Set(keysIn(before));
  return keysIn(now).some((row) => then.has(row));
}

/** A row of before on its way into the list of today, or to the place of the one that the program has saved instead. */
interface Comeback {
  row: JsonRow;
  at: number;
  instead: JsonRow | null;
}

/** The changes by the number of the row that each means: a change without a row is not among them. */
function rowsMeant({ source, rows }: JsonRows, changes: readonly RowChange[]): Map<number, RowChange> {
  const wanted = new Map<string, RowChange[]>();
  for (const change of changes) {
    const same = wanted.get(`${change.row}`) ?? [];
    wanted.set(`${change.row}`, [...same, change]);
  }
  const found = new Map<number, RowChange>();
  for (const [index, row] of rows.entries()) {
    const candidates = wanted.get(`${row.key}`);
    if (candidates === undefined) continue;
    const sum = sha256(bytesOf(source, row));
    const match = candidates.findIndex((change) => change.row === row.key && change.from === sum);
    for (const change of match < 0 ? [] : candidates.splice(match, 1)) found.set(index, change);
  }
  return found;
}

function putBack(
  today: JsonRows,
  then: JsonRows,
  back: readonly Comeback[],
  numbers: RowNumbers | null,
): Uint8Array {
  const goes = new Set(back.map(({ instead }) => instead));
  const stay = today.rows.filter((row) => !goes.has(row));
  const numbered =
    numbers === null
      ? { fit: (bytes: Uint8Array) => bytes, next: () => [] }
      : freeNumbers(today, stay, numbers);
  const news: NewRow[] = [];
  const changes: ByteChange[] = [];
  for (const { row, at, instead } of back) {
    const bytes = numbered.fit(bytesOf(then.source, row), row);
    // Of several rows of before with one key the first takes the place.
    if (instead !== null && goes.delete(instead))
      changes.push({ start: instead.start, end: instead.end, bytes });
    else news.push({ at, bytes });
  }
  return spliced(today.source, [...changes, ...rowsPutIn(today, news), ...numbered.next()]);
}

const bytesOf = (source: Uint8Array, { start, end }: JsonRow): Uint8Array => source.subarray(start, end);

function outOfDate(path: string, why: string): MailmendError {
  const message = `The plan no longer fits ${path}: ${why}. Nothing was changed.`;
  return new MailmendError('PLAN_OUT_OF_DATE', 3, message);
}
