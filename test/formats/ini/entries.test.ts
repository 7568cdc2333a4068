/** The numbered entries of profiles.ini: who is seen, and how numbers are given. */

import { describe, expect, test } from 'vitest';
import { editIni } from '../../../src/formats/ini/edit.ts';
import {
  countedEntries,
  entryEdits,
  type IniEntry,
  iniEntries,
  isEntrySection,
  withEntry,
  withoutEntry,
} from '../../../src/formats/ini/entries.ts';
import { parseIni } from '../../../src/formats/ini/parse.ts';

const entry = (number: number, path: string): string =>
  `[Profile${number}]\nName=${path}\nIsRelative=1\nPath=${path}\n`;
const read = (text: string): IniEntry[] =>
  iniEntries(parseIni(new TextEncoder().encode(text)), (path) => `/root/${path}`);
const shown = (entries: readonly IniEntry[]): string[] =>
  entries.map(({ number, place }) => `${number} ${place}`);

describe('entries', () => {
  test('stand in the order of their numbers, wherever their sections stand', () => {
    const list = read(`${entry(10, 'k')}[General]\nVersion=2\n${entry(0, 'a')}${entry(2, 'c')}`);
    expect(shown(list)).toEqual(['0 /root/a', '2 /root/c', '10 /root/k']);
    expect(shown(read('[Profile0]\nName=x\n'))).toEqual(['0 [Profile0]']);
  });

  test('are the sections with a plain number and nothing else', () => {
    expect(['Profile0', 'Profile12'].every(isEntrySection)).toBe(true);
    expect(
      ['Profile', 'Profile01', 'Profile-1', 'profile0', 'Profile1 ', 'General'].some(isEntrySection),
    ).toBe(false);
  });

  test('are counted up to a gap, or to one without IsRelative', () => {
    expect(shown(countedEntries(read(`${entry(0, 'a')}${entry(1, 'b')}`)))).toEqual([
      '0 /root/a',
      '1 /root/b',
    ]);
    expect(shown(countedEntries(read(`${entry(0, 'a')}${entry(2, 'c')}`)))).toEqual(['0 /root/a']);
    expect(shown(countedEntries(read(`[Profile0]\nPath=a\n${entry(1, 'b')}`)))).toEqual([]);
  });

  test('take the first free number when they are new', () => {
    const added = { place: '/root/n', keys: new Map([['Path', 'n']]) };
    expect(shown(withEntry(read(`${entry(0, 'a')}${entry(2, 'c')}`), added))).toContain('1 /root/n');
    expect(shown(withEntry(read(entry(0, 'a')), added))).toEqual(['0 /root/a', '1 /root/n']);
  });

  test('leave no gap when they go: the last one that is counted moves there', () => {
    const list = read(`${entry(0, 'a')}${entry(1, 'b')}${entry(2, 'c')}${entry(4, 'e')}`);
    expect(shown(withoutEntry(list, 1))).toEqual(['0 /root/a', '1 /root/c', '4 /root/e']);
    expect(shown(withoutEntry(list, 2))).toEqual(['0 /root/a', '1 /root/b', '4 /root/e']);
    expect(shown(withoutEntry(list, 4))).toEqual(['0 /root/a', '1 /root/b', '2 /root/c']);
    expect(shown(withoutEntry(read(entry(3, 'x')), 3))).toEqual([]);
  });

  test('are written key by key', () => {
    const file = parseIni(new TextEncoder().encode(`${entry(0, 'a')}${entry(1, 'b')}`));
    const before = read(`${entry(0, 'a')}${entry(1, 'b')}`);
    const edits = entryEdits(before, withoutEntry(before, 0));
    expect(shown(read(new TextDecoder().decode(editIni(file, edits))))).toEqual(['0 /root/b']);
    expect(entryEdits(before, before)).toEqual([]);
  });
});
