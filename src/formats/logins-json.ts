/**
 * logins.json and its backup as data (formats.md 4.2, nss.md 3), without any key: who the rows are for, when they were
 * saved and used, what they are encrypted with. All versions; a row that is odd stays in the list and says so.
 * Measured with Thunderbird 153.7 on 2026-11-23: a byte order mark is accepted; bytes that are not UTF-8, NULs behind
 * the end and a file of blanks are not; an object or list without `logins` is an empty list; anything else than a list
 * there, and a row that is no object, makes the whole listing throw.
 * Belongs here: reading. Getting rows out of a damaged file is salvage-logins.ts.
 */

import { endOfJson, type JsonSpan, jsonItems, jsonMembers, jsonValue, skipBlanks } from './json-scan.ts';
import { describeSdr, type SdrDescription } from './sdr.ts';

export type LoginsState =
  | 'ok'
  /** No bytes. */
  | 'empty'
  /** Only NULs: what a power cut leaves. */
  | 'zeros'
  /** Not JSON: the program moves it away and takes the backup. */
  | 'damaged'
  /** JSON, but no list of logins: the program can neither read nor replace it. */
  | 'foreign';

export interface LoginsFile {
  state: LoginsState;
  version: number | null;
  nextId: number | null;
  /** In file order. */
  logins: SavedLogin[];
  /** Rows that are no objects; one is enough to make the program show no login at all. */
  oddRows: JsonSpan[];
  /** Where the file stops being JSON: byte offset and 1-based line. */
  problem?: { offset: number; line: number };
}

export interface SavedLogin {
  id: number | null;
  guid: string | null;
  /** `hostname` in the file. */
  origin: string | null;
  realm: string | null;
  formSubmitUrl: string | null;
  /** A user name or password that is null or missing: the whole listing throws because of this row (nss.md 3). */
  hasNullField: boolean;
  /** Null where there is none. */
  username: SdrDescription | null;
  password: SdrDescription | null;
  encType: number | null;
  /** Milliseconds since 1970. */
  timeCreated: number | null;
  timeLastUsed: number | null;
  timePasswordChanged: number | null;
  timesUsed: number | null;
  /** A tombstone: kept for syncing, shown nowhere. */
  deleted: boolean;
  /** What was read of it, where the profile is unlocked; never a password. */
  opened?: { username: string | null };
  /** Byte offset and length of the row in the file. */
  offset: number;
  length: number;
}

export function parseLoginsJson(bytes: Uint8Array): LoginsFile {
  const nothing = { version: null, nextId: null, logins: [], oddRows: [] };
  if (bytes.length === 0) return { state: 'empty', ...nothing };
  if (bytes.every((byte) => byte === 0))
    return { state: 'zeros', ...nothing, problem: { offset: 0, line: 1 } };
  const start = hasByteOrderMark(bytes) ? 3 : 0;
  const end = endOfJson(bytes, start);
  const stop = end.whole ? skipBlanks(bytes, end.end) : end.at;
  if (!end.whole || stop < bytes.length) {
    return { state: 'damaged', ...nothing, problem: { offset: stop, line: lineAt(bytes, stop) } };
  }
  return readList(bytes, start, nothing);
}

function readList(bytes: Uint8Array, start: number, nothing: Omit<LoginsFile, 'state'>): LoginsFile {
  const first = bytes[skipBlanks(bytes, start)];
  // The program sets what is missing on whatever object it gets: a list is one, too.
  if (first === 0x5b) return { state: 'ok', ...nothing };
  if (first !== 0x7b) return { state: 'foreign', ...nothing };
  // Of several members with one name the last one counts, as in JSON.parse.
  const members = new Map(jsonMembers(bytes, start).map((member) => [member.name, member]));
  const number = (name: string): number | null => {
    const member = members.get(name);
    return member === undefined ? null : numberOrNull(jsonValue(bytes, member));
  };
  const file = { ...nothing, version: number('version'), nextId: number('nextId') };
  const list = members.get('logins');
  if (list === undefined || isFalsy(jsonValue(bytes, list))) return { state: 'ok', ...file };
  if (bytes[list.start] !== 0x5b) return { state: 'foreign', ...file };
  const logins: SavedLogin[] = [];
  const oddRows: JsonSpan[] = [];
  for (const span of jsonItems(bytes, list.start)) {
    const row = jsonValue(bytes, span);
    if (isRecord(row)) logins.push(readLogin(row, span));
    else oddRows.push(span);
  }
  return { state: 'ok', ...file, logins, oddRows };
}

function readLogin(row: Record<string, unknown>, span: JsonSpan): SavedLogin {
  const deleted = row.deleted === true;
  const describe = (value: unknown): SdrDescription | null =>
    typeof value === 'string' ? describeSdr(value) : null;
  return {
    id: numberOrNull(row.id),
    guid: stringOrNull(row.guid),
    origin: stringOrNull(row.hostname),
    realm: stringOrNull(row.httpRealm),
    formSubmitUrl: stringOrNull(row.formSubmitURL),
    hasNullField:
      !deleted && ((row.encryptedUsername ?? null) === null || (row.encryptedPassword ?? null) === null),
    username: describe(row.encryptedUsername),
    password: describe(row.encryptedPassword),
    encType: numberOrNull(row.encType),
    timeCreated: numberOrNull(row.timeCreated),
    timeLastUsed: numberOrNull(row.timeLastUsed),
    timePasswordChanged: numberOrNull(row.timePasswordChanged),
    timesUsed: numberOrNull(row.timesUsed),
    deleted,
    offset: span.start,
    length: span.end - span.start,
  };
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const stringOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
const isFalsy = (value: unknown): boolean => !value;

function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function lineAt(bytes: Uint8Array, offset: number): number {
  let line = 1;
  for (let i = 0; i < offset; i++) if (bytes[i] === 0x0a) line += 1;
  return line;
}
