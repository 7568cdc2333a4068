/**
 * Bytes -> IniFile, as the programs of the family read INI files (formats.md 1.2). Seen with 153.7 and not there:
 * a comment sign counts only as the very first character (`  #a=1` is the key `#a`); a section line may lack its `]`;
 * a NUL ends the file; `=a` and a line without `=` are passed over; a section name may hold anything but brackets.
 * One pass over the bytes; never throws.
 */

import type { IniEncoding, IniFile, IniLine, IniValue } from './ini.ts';
import { mergeLines } from './merge.ts';

const code = {
  nul: 0x00,
  tab: 0x09,
  lf: 0x0a,
  cr: 0x0d,
  space: 0x20,
  hash: 0x23,
  semicolon: 0x3b,
  equals: 0x3d,
  open: 0x5b,
};

/** The text after the byte order mark as code units: bytes of UTF-8, or 16-bit units. */
interface Units {
  encoding: IniEncoding;
  /** Bytes before the first unit. */
  base: number;
  /** Bytes in a unit. */
  size: 1 | 2;
  length: number;
  at(unit: number): number;
  text(from: number, to: number): string;
  bytes(from: number, to: number): Uint8Array;
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });

/** The file as the program sees it; what it does not see is kept in `source` and `lines`. */
export function parseIni(bytes: Uint8Array): IniFile {
  const units = unitsOf(bytes);
  const end = firstNul(units);
  const lines = readLines(units, end);
  const tree = mergeLines(lines);
  const firstLines = new Map<string, number>();
  for (const line of lines) {
    if (line.kind === 'section' && !firstLines.has(line.section)) firstLines.set(line.section, line.number);
  }
  return {
    source: bytes,
    encoding: units.encoding,
    lines,
    end: units.base + end * units.size,
    get: (section, key): IniValue | null => tree.get(section)?.get(key) ?? null,
    sections: () => [...tree.keys()],
    keys: (section) => [...(tree.get(section)?.keys() ?? [])],
    sectionLine: (section) => firstLines.get(section) ?? null,
  };
}

/** The bytes that were parsed. */
export const printIni = (file: IniFile): Uint8Array => file.source;

function unitsOf(source: Uint8Array): Units {
  const wide = source[0] === 0xff && source[1] === 0xfe;
  const marked = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf;
  const base = wide ? 2 : marked ? 3 : 0;
  const size = wide ? 2 : 1;
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const bytes = (from: number, to: number): Uint8Array =>
    source.subarray(base + from * size, base + to * size);
  const decoder = wide ? utf16 : utf8;
  return {
    encoding: wide ? 'utf-16le' : 'utf-8',
    base,
    size,
    // A lone byte at the end of 16-bit text is passed over.
    length: Math.floor((source.length - base) / size),
    at: wide ? (unit) => view.getUint16(base + unit * 2, true) : (unit) => source[base + unit] ?? 0,
    text: (from, to) => decoder.decode(bytes(from, to)),
    bytes,
  };
}

function firstNul(units: Units): number {
  for (let at = 0; at < units.length; at++) if (units.at(at) === code.nul) return at;
  return units.length;
}

const isLineEnd = (unit: number): boolean => unit === code.lf || unit === code.cr;
const isBlank = (unit: number): boolean => unit === code.space || unit === code.tab;

function readLines(units: Units, end: number): IniLine[] {
  const lines: IniLine[] = [];
  const offset = (unit: number): number => units.base + unit * units.size;
  let section: string | null = null;
  for (let start = 0; start < end; ) {
    let stop = start;
    while (stop < end && !isLineEnd(units.at(stop))) stop++;
    let next = Math.min(stop + 1, end);
    if (next < end && units.at(stop) === code.cr && units.at(next) === code.lf) next++;
    const place = { number: lines.length + 1, start: offset(start), end: offset(stop), next: offset(next) };
    let from = start;
    while (from < stop && isBlank(units.at(from))) from++;
    const line = readLine(units, { start, from, stop }, section);
    if (line.kind === 'section') section = line.section;
    if (line.kind === 'malformed') section = null;
    // Not by spreading: a crafted file can have a million lines.
    lines.push(line.kind === 'malformed' ? Object.assign(place, ignored) : Object.assign(place, line));
    start = next;
  }
  return lines;
}

type LineContent =
  | { kind: 'blank' | 'comment' | 'ignored' }
  | { kind: 'malformed' }
  | { kind: 'section'; section: string }
  | { kind: 'key'; section: string; key: string; value: string; wellFormed: boolean; valueStart: number };

const ignored = { kind: 'ignored' } as const;

/** `from` is the first unit behind the leading blanks of the line. */
function readLine(
  units: Units,
  { start, from, stop }: { start: number; from: number; stop: number },
  section: string | null,
): LineContent {
  if (from === stop) return { kind: 'blank' };
  const first = units.at(start);
  if (first === code.hash || first === code.semicolon) return { kind: 'comment' };
  if (units.at(from) === code.open) {
    // Malformed section lines end the section before them: their keys belong nowhere.
    const name = /^\[([^[\]]+)(?:\][ \t]*)?$/.exec(units.text(from, stop))?.[1];
    return name === undefined ? { kind: 'malformed' } : { kind: 'section', section: name };
  }
  if (section === null) return { kind: 'ignored' };
  let equals = from;
  while (equals < stop && units.at(equals) !== code.equals) equals++;
  if (equals === from || equals === stop) return { kind: 'ignored' };
  const value = units.text(equals + 1, stop);
  return {
    kind: 'key',
    section,
    key: units.text(from, equals),
    value,
    wellFormed: units.size === 2 || !value.includes('\ufffd') || isSame(units.bytes(equals + 1, stop), value),
    valueStart: units.base + (equals + 1) * units.size,
  };
}

/** A U+FFFD that stands in the file itself encodes back to the same bytes; one that replaced something does not. */
function isSame(bytes: Uint8Array, text: string): boolean {
  const encoded = new TextEncoder().encode(text);
  return encoded.length === bytes.length && encoded.every((byte, at) => byte === bytes[at]);
}
