/**
 * The rows of a list in a JSON file, such as `logins` of logins.json (formats.md 4.2): where they stand, taken out, and
 * put back. Every other byte of the file stays: white space, order, members that nobody here knows.
 * Belongs here: positions and bytes. Which rows, and why, is for those who call.
 */

import {
  endOfJson,
  type JsonMember,
  type JsonSpan,
  jsonItems,
  jsonMembers,
  jsonValue,
  skipBlanks,
} from './json-scan.ts';

export interface JsonRow extends JsonSpan {
  /** The text under the key that tells rows apart; null where the row has none. */
  key: string | null;
  /** As JSON.parse reads it. */
  value: unknown;
}

export interface JsonRows {
  source: Uint8Array;
  /** Of the list, with its brackets. */
  list: JsonSpan;
  /** In file order. */
  rows: JsonRow[];
  /** The members of the whole file by name: of several of one name the last, as JSON.parse has it. */
  members: ReadonlyMap<string, JsonMember>;
}

/** Bytes [start, end) give way to `bytes`. */
export interface ByteChange extends JsonSpan {
  bytes: Uint8Array;
}

/** `at`: the new row comes in front of the row of this number, or behind the last one. */
export interface NewRow {
  at: number;
  bytes: Uint8Array;
}

const openBracket = 0x5b;
const none = new Uint8Array();

/** Null when the file is not JSON, or has no such list. A byte order mark is passed over, as the program does it. */
export function jsonRows(source: Uint8Array, list: string, key: string): JsonRows | null {
  const start = source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  const end = endOfJson(source, start);
  if (!end.whole || skipBlanks(source, end.end) < source.length) return null;
  const members = new Map(jsonMembers(source, start).map((member) => [member.name, member]));
  const span = members.get(list);
  if (span === undefined || source[span.start] !== openBracket) return null;
  const rows = jsonItems(source, span.start).map((row) => {
    const value = jsonValue(source, row);
    const found = memberOf(value, key);
    return { ...row, value, key: typeof found === 'string' ? found : null };
  });
  return { source, list: span, rows, members };
}

/** Undefined for what is no object, or has no such member. */
export function memberOf(value: unknown, name: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, name);
  return isObject ? (value as Record<string, unknown>)[name] : undefined;
}

/** @param gone numbers of rows. Each goes with the comma and the blanks that part it from the next one that stays. */
export function withoutRows({ source, rows }: JsonRows, gone: ReadonlySet<number>): Uint8Array {
  const last = rows.findLastIndex((_row, index) => !gone.has(index));
  const changes = rows.flatMap(({ start, end }, index): ByteChange[] => {
    if (!gone.has(index)) return [];
    const next = rows[index + 1]?.start ?? end;
    // JSON allows no comma at the end of a list: behind the last row that stays everything goes.
    if (index < last) return [{ start, end: next, bytes: none }];
    const from = rows[index - 1]?.end ?? start;
    return [{ start: from, end, bytes: none }];
  });
  return spliced(source, changes);
}

/** What it takes to put rows in, set off from each other as the first row is set off from its bracket. */
export function rowsPutIn({ source, list, rows }: JsonRows, news: readonly NewRow[]): ByteChange[] {
  const first = rows[0];
  const gap = first === undefined ? none : source.subarray(list.start + 1, first.start);
  const comma = Buffer.concat([Buffer.from(','), gap]);
  return news.map(({ at, bytes }, index) => {
    const before = rows[at - 1];
    if (before !== undefined) return insertion(before.end, comma, bytes);
    if (first !== undefined) return insertion(first.start, bytes, comma);
    return insertion(list.start + 1, index === 0 ? none : comma, bytes);
  });
}

/** @param changes do not overlap; those of one place come out in the given order. */
export function spliced(source: Uint8Array, changes: readonly ByteChange[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const { start, end, bytes } of changes.toSorted((a, b) => a.start - b.start)) {
    parts.push(source.subarray(at, start), bytes);
    at = end;
  }
  parts.push(source.subarray(at));
  return new Uint8Array(Buffer.concat(parts));
}

const insertion = (at: number, ...parts: Uint8Array[]): ByteChange => ({
  start: at,
  end: at,
  bytes: Buffer.concat(parts),
});
