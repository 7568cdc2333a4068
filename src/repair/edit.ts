/**
 * Edits of settings files, key by key: made, and taken back after the program has written the file since.
 * Belongs here: what prefs.js and profiles.ini have in common. Their grammars are src/formats.
 */

import { editIni } from '../formats/ini/edit.ts';
import { parseIni } from '../formats/ini/parse.ts';
import { editPrefs } from '../formats/prefs/edit.ts';
import { parsePrefs } from '../formats/prefs/parse.ts';
import type { PrefValue } from '../formats/prefs/prefs.ts';
import { effectiveValues } from '../formats/prefs/values.ts';
import { MailmendError } from './error.ts';
import type { Operation } from './operation.ts';
import { shownValue, visible } from './visible.ts';

export type EditOperation = Extract<Operation, { op: 'edit-prefs' | 'edit-ini' }>;

/** A key that mailmend and the program have both changed. Null: no such key. */
export interface KeyConflict {
  path: string;
  key: string;
  before: PrefValue | null;
  ours: PrefValue | null;
  theirs: PrefValue | null;
}

/** What to do about a conflict: leave what the program wrote, or put back what was there before mailmend. */
export type Decision = 'keep' | 'take-back';

export interface TakenBack {
  /** Null: nothing of ours is left in the file. */
  bytes: Uint8Array | null;
  conflicts: KeyConflict[];
}

/** One key of a file, now and in the operation. */
interface Key {
  label: string;
  now: PrefValue | null;
  from: PrefValue | null;
  to: PrefValue | null;
}

interface KeyedFile {
  keys: Key[];
  /** The file with key number `index` set to `value`, for each that is given. */
  set(values: ReadonlyMap<number, PrefValue | null>): Uint8Array;
}

/**
 * @param bytes null: the file is not there yet.
 * @throws MailmendError PLAN_OUT_OF_DATE naming the keys that are not as the plan expects them, PLAN_INVALID for a value
 * that such a file cannot hold.
 */
export function edited(operation: EditOperation, bytes: Uint8Array | null): Uint8Array {
  const { keys, set } = open(operation, bytes ?? new Uint8Array());
  const different = keys.filter(({ now, from }) => now !== from);
  if (different.length > 0) {
    const list = different.map(
      ({ label, now, from }) =>
        `${label}: expected ${shownValue(label, from)}, found ${shownValue(label, now)}`,
    );
    const message = `The plan no longer fits ${operation.path}: ${list.join('; ')}. Nothing was changed.`;
    throw new MailmendError('PLAN_OUT_OF_DATE', 3, message);
  }
  const after = write(operation, set, new Map(keys.map(({ to }, index) => [index, to])));
  // Behind an open quote, or a NUL, the program would never see what is written.
  const unseen = open(operation, after).keys.find(({ now, to }) => now !== to);
  if (unseen !== undefined) throw cannotEdit(operation, `${unseen.label} would not be read back`);
  return after;
}

/** @param decide asked about each key that has neither our value nor the one from before; null: not decided. */
export function takenBack(
  operation: EditOperation,
  bytes: Uint8Array,
  decide: (conflict: KeyConflict) => Decision | null,
): TakenBack {
  const { keys, set } = open(operation, bytes);
  const values = new Map<number, PrefValue | null>();
  const conflicts: KeyConflict[] = [];
  for (const [index, { label, now, from, to }] of keys.entries()) {
    if (now === from) continue;
    const conflict = { path: operation.path, key: label, before: from, ours: to, theirs: now };
    const decision = now === to ? 'take-back' : decide(conflict);
    if (decision === null) conflicts.push(conflict);
    if (decision === 'take-back') values.set(index, from);
  }
  return { bytes: values.size === 0 ? null : set(values), conflicts };
}

function write(
  operation: EditOperation,
  set: KeyedFile['set'],
  values: Map<number, PrefValue | null>,
): Uint8Array {
  try {
    return set(values);
  } catch (error) {
    throw cannotEdit(operation, String(error), error);
  }
}

function cannotEdit(operation: EditOperation, why: string, cause?: unknown): MailmendError {
  const message = `${operation.path} cannot be edited so: ${visible(why)}. Nothing was changed.`;
  return new MailmendError('PLAN_INVALID', 3, message, [], cause);
}

function open(operation: EditOperation, bytes: Uint8Array): KeyedFile {
  return operation.op === 'edit-prefs' ? openPrefs(operation, bytes) : openIni(operation, bytes);
}

function openPrefs({ changes, grammar }: EditOperation & { op: 'edit-prefs' }, bytes: Uint8Array): KeyedFile {
  const file = parsePrefs(bytes, grammar ?? 'modern');
  const values = effectiveValues(file);
  return {
    keys: changes.map(({ name, from, to }) => ({
      label: name,
      now: values.get(name)?.value ?? null,
      from,
      to,
    })),
    set: (wanted) =>
      editPrefs(
        file,
        changes.flatMap(({ name }, index) => {
          const to = wanted.get(index);
          return to === undefined ? [] : [{ name, to }];
        }),
      ),
  };
}

function openIni({ changes }: EditOperation & { op: 'edit-ini' }, bytes: Uint8Array): KeyedFile {
  const file = parseIni(bytes);
  return {
    keys: changes.map(({ section, key, from, to }) => ({
      label: `[${section}] ${key}`,
      now: file.get(section, key)?.value ?? null,
      from,
      to,
    })),
    set(wanted) {
      const edits = changes.flatMap(({ section, key }, index) => {
        const to = wanted.get(index);
        return to === undefined ? [] : [{ section, key, to: to === null ? null : String(to) }];
      });
      const after = parseIni(editIni(file, edits));
      const empty = edits.filter(({ section, to }) => to === null && after.keys(section).length === 0);
      return editIni(
        after,
        empty.map(({ section }) => ({ section, key: null, to: null })),
      );
    },
  };
}
