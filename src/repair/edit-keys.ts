/**
 * Edits of settings files, key by key: made, and taken back.
 * Belongs here: what prefs.js and profiles.ini have in common.
 */

import { editIni } from '../formats/ini/edit.ts';
import { parseIni } from '../formats/ini/parse.ts';
import { editPrefs } from '../formats/prefs/edit.ts';
import { parsePrefs } from '../formats/prefs/parse.ts';
import type { PrefValue } from '../formats/prefs/prefs.ts';
import { effectiveValues } from '../formats/prefs/values.ts';
import type { Decide, KeyConflict, TakenBack } from './conflict.ts';
import { MailmendError } from './error.ts';
import type { IniChange, Operation } from './operation.ts';
import { shownValue, visible } from './visible.ts';

export type KeyOperation = Extract<Operation, { op: 'edit-prefs' | 'edit-ini' }>;

/** One key of a file, now and in the operation. */
export interface Key {
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

/** @throws as `edited` in edit.ts. */
export function keysEdited(operation: KeyOperation, bytes: Uint8Array): Uint8Array {
  const { keys, set } = open(operation, bytes);
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

export function keysTakenBack(operation: KeyOperation, now: Uint8Array, decide: Decide): TakenBack {
  const { keys, set } = open(operation, now);
  const { values, conflicts } = decided(operation.path, keys, decide);
  return { bytes: values.size === 0 ? null : set(values), conflicts, stays: [] };
}

/** @returns the values to set, by number of the key: where the file has ours, or the person wants what was before. */
export function decided(
  path: string,
  keys: readonly Key[],
  decide: Decide,
): { values: Map<number, PrefValue | null>; conflicts: KeyConflict[] } {
  const values = new Map<number, PrefValue | null>();
  const conflicts: KeyConflict[] = [];
  for (const [index, { label, now, from, to }] of keys.entries()) {
    if (now === from) continue;
    const conflict = { path, key: label, before: from, ours: to, theirs: now };
    const decision = now === to ? 'take-back' : decide(conflict);
    if (decision === null) conflicts.push(conflict);
    if (decision === 'take-back') values.set(index, from);
  }
  return { values, conflicts };
}

/** A section goes with its last key. */
export function withIniKeys(
  bytes: Uint8Array,
  edits: readonly { section: string; key: string | null; to: string | null }[],
): Uint8Array {
  const after = parseIni(editIni(parseIni(bytes), edits));
  const empty = edits.filter(({ section, to }) => to === null && after.keys(section).length === 0);
  return editIni(
    after,
    empty.map(({ section }) => ({ section, key: null, to: null })),
  );
}

export function iniLabel({ section, key }: Pick<IniChange, 'section' | 'key'>): string {
  return `[${section}] ${key}`;
}

function write(
  operation: KeyOperation,
  set: KeyedFile['set'],
  values: Map<number, PrefValue | null>,
): Uint8Array {
  try {
    return set(values);
  } catch (error) {
    throw cannotEdit(operation, String(error), error);
  }
}

function cannotEdit(operation: KeyOperation, why: string, cause?: unknown): MailmendError {
  const message = `${operation.path} cannot be edited so: ${visible(why)}. Nothing was changed.`;
  return new MailmendError('PLAN_INVALID', 3, message, [], cause);
}

function open(operation: KeyOperation, bytes: Uint8Array): KeyedFile {
  return operation.op === 'edit-prefs' ? openPrefs(operation, bytes) : openIni(operation, bytes);
}

function openPrefs({ changes, grammar }: KeyOperation & { op: 'edit-prefs' }, bytes: Uint8Array): KeyedFile {
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

function openIni({ changes }: KeyOperation & { op: 'edit-ini' }, bytes: Uint8Array): KeyedFile {
  const file = parseIni(bytes);
  return {
    keys: changes.map((change) => ({
      label: iniLabel(change),
      now: file.get(change.section, change.key)?.value ?? null,
      from: change.from,
      to: change.to,
    })),
    set: (wanted) =>
      withIniKeys(
        bytes,
        changes.flatMap(({ section, key }, index) => {
          const to = wanted.get(index);
          return to === undefined ? [] : [{ section, key, to: to === null ? null : String(to) }];
        }),
      ),
  };
}
