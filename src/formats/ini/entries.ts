/**
 * The entries of profiles.ini: [Profile0], [Profile1] … are a list, and the program numbers them anew (formats.md 1.2):
 * the last one moves into the place of a removed one, a new one takes the first free number, counting stops at the
 * first section without IsRelative. So which entry a section is, its Path says, not its number.
 * Belongs here: the list and its numbers. What a place is, is handed in: this knows no file system.
 */

import type { IniEdit } from './edit.ts';
import type { IniFile } from './ini.ts';

export interface IniEntry {
  number: number;
  /** Where its Path leads; its own section in brackets where it has none. */
  place: string;
  keys: Map<string, string>;
}

const sectionPattern = /^Profile(0|[1-9][0-9]{0,8})$/;

export const isEntrySection = (section: string): boolean => sectionPattern.test(section);
export const entrySection = (number: number): string => `Profile${number}`;

/** In the order of their numbers. @param placeOf the place that the text of a Path stands for. */
export function iniEntries(file: IniFile, placeOf: (path: string) => string): IniEntry[] {
  return file
    .sections()
    .flatMap((section) => {
      const [, number] = sectionPattern.exec(section) ?? [];
      if (number === undefined) return [];
      const keys = new Map(file.keys(section).map((key) => [key, file.get(section, key)?.value ?? '']));
      const path = keys.get('Path');
      return [{ number: Number(number), place: path === undefined ? `[${section}]` : placeOf(path), keys }];
    })
    .sort((a, b) => a.number - b.number);
}

/** Those that the program sees. */
export function countedEntries(entries: readonly IniEntry[]): IniEntry[] {
  const end = entries.findIndex(({ number, keys }, index) => number !== index || !keys.has('IsRelative'));
  return end < 0 ? [...entries] : entries.slice(0, end);
}

/** Under the first free number, as the program gives a new one. */
export function withEntry(entries: readonly IniEntry[], added: Omit<IniEntry, 'number'>): IniEntry[] {
  const free = entries.findIndex(({ number }, index) => number !== index);
  const number = free < 0 ? entries.length : free;
  return [...entries.slice(0, number), { ...added, number }, ...entries.slice(number)];
}

/** The last one that is counted moves into its place, as the program does it: a gap would hide all later ones. */
export function withoutEntry(entries: readonly IniEntry[], gone: number): IniEntry[] {
  const last = countedEntries(entries).at(-1)?.number ?? gone;
  return entries
    .filter(({ number }) => number !== gone)
    .map((entry) => (entry.number === last && last > gone ? { ...entry, number: gone } : entry))
    .sort((a, b) => a.number - b.number);
}

/** What makes one list of the other, key by key. */
export function entryEdits(from: readonly IniEntry[], to: readonly IniEntry[]): IniEdit[] {
  const numbers = [...new Set([...from, ...to].map(({ number }) => number))];
  return numbers.flatMap((number) => {
    const [was, will] = [from, to].map((list) => list.find((entry) => entry.number === number)?.keys);
    const keys = [...new Set([...(was?.keys() ?? []), ...(will?.keys() ?? [])])];
    return keys
      .filter((key) => was?.get(key) !== will?.get(key))
      .map((key) => ({ section: entrySection(number), key, to: will?.get(key) ?? null }));
  });
}
