/**
 * profiles.ini taken back after the program has written it, perhaps with other numbers (src/formats/ini/entries.ts).
 * Belongs here: when single keys suffice, and that no entry of the program's is changed for one of ours, or hidden
 * behind a gap. Where that cannot be had the entries stay, and it is told.
 */

import path from 'node:path';
import {
  countedEntries,
  entryEdits,
  entrySection,
  type IniEntry,
  iniEntries,
  isEntrySection,
  withEntry,
  withoutEntry,
} from '../formats/ini/entries.ts';
import { parseIni } from '../formats/ini/parse.ts';
import type { PrefValue } from '../formats/prefs/prefs.ts';
import type { Decide, KeyConflict, TakenBack } from './conflict.ts';
import { decided, iniLabel, type Key, type KeyOperation, keysTakenBack, withIniKeys } from './edit-keys.ts';

export type IniOperation = KeyOperation & { op: 'edit-ini' };

/** The entries before the operation, as it left them, and today. */
interface Lists {
  before: IniEntry[];
  left: IniEntry[];
  today: IniEntry[];
}

/** As `takenBack` in edit.ts. */
export function iniTakenBack(
  operation: IniOperation,
  now: Uint8Array,
  before: Uint8Array | null,
  decide: Decide,
): TakenBack {
  const sections = new Set(operation.changes.map(({ section }) => section).filter(isEntrySection));
  if (sections.size === 0) return keysTakenBack(operation, now, decide);
  const others = { ...operation, changes: operation.changes.filter(({ section }) => !sections.has(section)) };
  if (before !== null) {
    const read = entriesReader(operation.path);
    const left = withIniKeys(before, operation.changes);
    const lists = { before: read(before), left: read(left), today: read(now) };
    if (haveTheirPlaces(sections, left, now)) {
      const back = keysTakenBack(operation, now, decide);
      if (isSound(lists, read(back.bytes ?? now))) return back;
    }
    const back = entriesTakenBack(operation.path, sections, lists, decide);
    const edits = entryEdits(lists.today, back.entries);
    const bytes = withIniKeys(now, edits);
    if (isReadable(now) && isSound(lists, read(bytes))) {
      const rest = keysTakenBack(others, bytes, decide);
      return {
        bytes: rest.bytes ?? (edits.length === 0 ? null : bytes),
        conflicts: [...back.conflicts, ...rest.conflicts],
        stays: back.stays,
      };
    }
  }
  const why = 'the list of profiles is in another order since, so its entries stay as they are';
  return { ...keysTakenBack(others, now, decide), stays: [why] };
}

/** Paths are relative to the folder of the file, or absolute; the program writes the one form for the other. */
function entriesReader(file: string): (bytes: Uint8Array) => IniEntry[] {
  const folder = path.dirname(file);
  return (bytes) => iniEntries(parseIni(bytes), (text) => path.resolve(folder, text));
}

/** Every section is still the entry that it was, to the letter. */
function haveTheirPlaces(sections: ReadonlySet<string>, left: Uint8Array, now: Uint8Array): boolean {
  const [then, today] = [parseIni(left), parseIni(now)];
  return [...sections].every(
    (section) => then.get(section, 'Path')?.value === today.get(section, 'Path')?.value,
  );
}

/** Entries that are moved are written anew, and what is not UTF-8 could not be. */
function isReadable(bytes: Uint8Array): boolean {
  return parseIni(bytes).lines.every(
    (line) => line.kind !== 'key' || line.wellFormed || !isEntrySection(line.section),
  );
}

/** The program sees all that it sees today, without what the operation listed or made it see; no entry stands twice. */
function isSound({ before, left, today }: Lists, result: readonly IniEntry[]): boolean {
  const seen = (list: readonly IniEntry[]): Set<string> => placesOf(countedEntries(list));
  const ours = new Set([...without(placesOf(left), placesOf(before)), ...without(seen(left), seen(before))]);
  const hidden = without(without(seen(today), seen(result)), ours);
  return hidden.length === 0 && doubles(result) <= Math.max(doubles(before), doubles(today));
}

const without = (places: Iterable<string>, others: ReadonlySet<string>): string[] =>
  [...places].filter((place) => !others.has(place));
const placesOf = (entries: readonly IniEntry[]): Set<string> => new Set(entries.map(({ place }) => place));
const doubles = (entries: readonly IniEntry[]): number => entries.length - placesOf(entries).size;

interface EntriesBack {
  entries: IniEntry[];
  conflicts: KeyConflict[];
  stays: string[];
}

/** Each entry wherever it stands today. */
function entriesTakenBack(
  file: string,
  sections: ReadonlySet<string>,
  lists: Lists,
  decide: Decide,
): EntriesBack {
  const back: EntriesBack = { entries: lists.today, conflicts: [], stays: [] };
  for (const { was, left } of pairsIn(sections, lists)) {
    const now = back.entries.find(({ place }) => place === (left ?? was)?.place);
    if (left === null) {
      if (now === undefined) back.entries = withEntry(back.entries, was);
      continue;
    }
    if (now === undefined) {
      if (was !== null) back.stays.push(`the entry of ${left.place} is gone from it since`);
      continue;
    }
    const keys = keysOf(was, left, now);
    const { values, conflicts } = decided(file, keys, decide);
    back.conflicts.push(...conflicts);
    if (was !== null) {
      back.entries = back.entries.map((entry) => (entry === now ? withKeys(entry, keys, values) : entry));
      if (was.number !== left.number && was.number !== now.number)
        back.stays.push(
          `[${entrySection(now.number)}] keeps its number, since the list of profiles has changed`,
        );
      // A new entry goes as a whole, or stays as a whole.
    } else if (keys.every((key, index) => key.now === null || values.has(index))) {
      back.entries = withoutEntry(back.entries, now.number);
    }
  }
  return back;
}

/** One entry before and after. Null: not in the list. */
type Pair = { was: IniEntry; left: null } | { was: IniEntry | null; left: IniEntry };

function pairsIn(sections: ReadonlySet<string>, { before, left }: Lists): Pair[] {
  const pairs = new Map<string, Pair>();
  const atPlace = (list: readonly IniEntry[], place: string): IniEntry | null =>
    list.find((entry) => entry.place === place) ?? null;
  for (const section of sections) {
    const [was, will] = [before, left].map((list) =>
      list.find(({ number }) => entrySection(number) === section),
    );
    const leadsElsewhere =
      was !== undefined &&
      will !== undefined &&
      atPlace(left, was.place) === null &&
      atPlace(before, will.place) === null;
    if (leadsElsewhere) pairs.set(was.place, { was, left: will });
    else {
      if (was !== undefined) {
        const after = atPlace(left, was.place);
        pairs.set(was.place, { was, left: after });
      }
      if (will !== undefined) pairs.set(will.place, { was: atPlace(before, will.place), left: will });
    }
  }
  return [...pairs.values()];
}

/** The text of its Path may differ, and with it IsRelative: it leads to the same place. */
const placeKeys = ['Path', 'IsRelative'];

interface EntryKey extends Key {
  name: string;
}

function keysOf(was: IniEntry | null, left: IniEntry, now: IniEntry): EntryKey[] {
  const names = [...new Set([...(was?.keys.keys() ?? []), ...left.keys.keys()])];
  return names
    .map((name) => ({
      name,
      label: iniLabel({ section: entrySection(now.number), key: name }),
      from: was?.keys.get(name) ?? null,
      to: left.keys.get(name) ?? null,
      now: (placeKeys.includes(name) ? left : now).keys.get(name) ?? null,
    }))
    .filter(({ from, to }) => from !== to);
}

function withKeys(
  entry: IniEntry,
  names: readonly EntryKey[],
  values: ReadonlyMap<number, PrefValue | null>,
): IniEntry {
  const keys = new Map(entry.keys);
  for (const [index, { name }] of names.entries()) {
    const value = values.get(index);
    if (value === null) keys.delete(name);
    else if (value !== undefined) keys.set(name, String(value));
  }
  return { ...entry, keys };
}
