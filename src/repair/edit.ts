/**
 * Edits of single pieces of a file: made, and taken back after the program has written the file since (design.md 6.5).
 * Belongs here: what the kinds of edits have in common. Keys are edit-keys.ts, entries of profiles.ini
 * edit-entries.ts, rows of a JSON list edit-rows.ts; their grammars are src/formats.
 */

import { type Decide, type TakenBack, undecided } from './conflict.ts';
import { iniTakenBack } from './edit-entries.ts';
import { keysEdited, keysTakenBack } from './edit-keys.ts';
import { haveCommonRows, rowsEdited, rowsTakenBack } from './edit-rows.ts';
import type { Operation } from './operation.ts';

export type EditOperation = Extract<Operation, { op: 'edit-prefs' | 'edit-ini' | 'edit-rows' }>;

export function isEdit(operation: Operation | undefined): operation is EditOperation {
  return operation !== undefined && ['edit-prefs', 'edit-ini', 'edit-rows'].includes(operation.op);
}

/**
 * @param bytes null: the file is not there yet.
 * @throws MailmendError PLAN_OUT_OF_DATE naming what is not as the plan expects it, PLAN_INVALID for what such a file
 * cannot hold.
 */
export function edited(operation: EditOperation, bytes: Uint8Array | null): Uint8Array {
  const source = bytes ?? new Uint8Array();
  return operation.op === 'edit-rows' ? rowsEdited(operation, source) : keysEdited(operation, source);
}

/**
 * @param now the file as it is today.
 * @param before the file of before the operation; null: it is lost.
 * @param decide asked about each piece that is neither as we left it nor as it was before.
 * @returns null where single pieces cannot be taken back: the file of today cannot be read, or that of before.
 */
export function takenBack(
  operation: EditOperation,
  now: Uint8Array,
  before: Uint8Array | null,
  decide: Decide,
): TakenBack | null {
  switch (operation.op) {
    case 'edit-prefs':
      return keysTakenBack(operation, now, decide);
    case 'edit-ini':
      return iniTakenBack(operation, now, before, decide);
    case 'edit-rows':
      return before === null ? null : rowsTakenBack(operation, now, before, decide);
  }
}

/** Whether a file that was changed since is the one that the operation was for. */
export function isSameFile(operation: EditOperation, now: Uint8Array, before: Uint8Array | null): boolean {
  // That a row is not there says nothing: the ones that were left in do.
  if (operation.op === 'edit-rows') return before !== null && haveCommonRows(operation, now, before);
  // All of its keys, not some: accounts are called account1 everywhere.
  const { bytes, conflicts } = keysTakenBack(operation, now, undecided);
  return bytes !== null && conflicts.length === 0;
}
