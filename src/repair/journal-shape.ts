/**
 * The shape of the records of a journal. A journal is a file that somebody else may have made (design.md 6.11), with
 * right checksums and wrong content: what is no record is said here, before anything is done by it.
 * By hand, since every command that reads looks into the journals, and zod is slow to load.
 * Belongs here: the shape. Where the paths may lead is for those who act on them.
 */

import type { JournalRecord } from './journal.ts';

type Guard = (value: unknown) => boolean;

const text: Guard = (value) => typeof value === 'string';
const number: Guard = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const mode: Guard = (value) => number(value) && Number(value) <= 0o7777;
const matching =
  (pattern: RegExp): Guard =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const decimal = matching(/^-?[0-9]{1,30}$/);
/** Part of names of files, so without separators. */
const runId = matching(/^[\w.-]{1,100}$/);
const exactly =
  (...values: unknown[]): Guard =>
  (value) =>
    values.includes(value);
const maybe =
  (guard: Guard): Guard =>
  (value) =>
    value === null || guard(value);
const list =
  (guard: Guard): Guard =>
  (value) =>
    Array.isArray(value) && value.every(guard);
const prefValue: Guard = (value) => ['string', 'number', 'boolean'].includes(typeof value);

function object(keys: Record<string, Guard>): Guard {
  const entries = Object.entries(keys);
  return (value) =>
    isObject(value) &&
    entries.every(([key, guard]) => guard(Object.hasOwn(value, key) ? value[key] : undefined));
}

/** One of several shapes; `key` says which. */
function oneOf(key: string, shapes: Record<string, Record<string, Guard>>): Guard {
  const guards = new Map(Object.entries(shapes).map(([name, keys]) => [name, object(keys)]));
  return (value) => isObject(value) && guards.get(String(value[key]))?.(value) === true;
}

const operationBase = { path: text, why: text };
const operation = oneOf('op', {
  'edit-prefs': {
    ...operationBase,
    changes: list(object({ name: text, from: maybe(prefValue), to: maybe(prefValue) })),
    grammar: exactly(undefined, 'modern', 'legacy'),
  },
  'edit-ini': {
    ...operationBase,
    changes: list(object({ section: text, key: text, from: maybe(text), to: maybe(text) })),
  },
  'edit-rows': {
    ...operationBase,
    list: text,
    key: text,
    numbers: maybe(object({ key: text, next: text })),
    changes: list(object({ row: maybe(text), what: text, from: text, to: exactly(null) })),
  },
  write: { ...operationBase, content: text, mode: maybe(mode) },
  copy: { ...operationBase, from: text },
  move: { ...operationBase, from: text },
  'move-aside': operationBase,
  'make-folder': { ...operationBase, mode },
  'set-mode': { ...operationBase, mode },
});

const owned = { mode, uid: number, gid: number };
const file = object({ ...owned, size: number, sha256: text, mtimeNs: maybe(decimal) });
const step = oneOf('step', {
  place: { operation: number, path: text, before: maybe(file), after: file, staged: text, image: text },
  rename: { operation: number, from: text, to: text },
  'make-folder': { operation: number, path: text, ...owned },
  'set-mode': { operation: number, path: text, from: mode, to: mode },
});

const record = oneOf('type', {
  open: {
    schema: exactly('mailmend/journal@1'),
    run: runId,
    folder: text,
    when: (value) => text(value) && !Number.isNaN(Date.parse(String(value))),
    plan: object({
      id: text,
      profile: object({ path: text, device: text, inode: text }),
      folders: list(text),
      operations: list(operation),
    }),
    steps: list(step),
    folders: list(object({ path: text, atimeNs: decimal, mtimeNs: decimal })),
  },
  begin: { step: number, inode: maybe(text) },
  applied: { folders: list(object({ path: text, mtimeNs: text })) },
  undo: { restoreTimes: list(text), kept: list(object({ path: text, why: text })) },
  'take-back': { step: number },
  'rolled-back': {},
  undone: {},
  purged: {},
});

export function isRecord(value: unknown): value is JournalRecord {
  return record(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
