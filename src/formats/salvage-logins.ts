/**
 * Whole rows out of a logins.json that is cut short or partly overwritten, and a file made of them again. Rows are
 * taken as they stand, byte for byte: what is in them is encrypted, and a row that no key opens is still a row.
 * Belongs here: finding and writing rows. Which file to take them from, and whether to, is for a check to say.
 */

import { endOfJson, type JsonSpan, jsonValue } from './json-scan.ts';
import { isRecord } from './logins-json.ts';

export interface SalvagedLogins {
  /** The JSON text of each row, in file order; of rows with one guid only the one changed last. */
  rows: string[];
}

/**
 * A row is a flat object of under 2 KB, or up to 8 KB for a sign-in token (nss.md 3). The bounds also keep the search
 * linear: text is looked at again only from a brace inside, and never further than this.
 */
const rowBounds = { bytes: 64 * 1024, depth: 4 };

/** The largest date that JavaScript has; the program repairs later ones (LoginStore, version < 3). */
const latestDate = 8.64e15;

export function salvageLogins(bytes: Uint8Array): SalvagedLogins {
  const rows = new Map<string, { text: string; changed: number }>();
  for (let at = bytes.indexOf(0x7b); at >= 0; ) {
    const span = rowAt(bytes, at);
    const row = span === null ? undefined : jsonValue(bytes, span);
    let next = at + 1;
    if (span !== null && isRecord(row) && isLogin(row)) {
      next = span.end;
      const key = typeof row.guid === 'string' ? row.guid : `offset ${at}`;
      const changed = typeof row.timePasswordChanged === 'number' ? row.timePasswordChanged : 0;
      const earlier = rows.get(key);
      if (earlier === undefined || changed > earlier.changed) {
        rows.set(key, { text: new TextDecoder().decode(bytes.subarray(span.start, span.end)), changed });
      }
    }
    at = bytes.indexOf(0x7b, next);
  }
  return { rows: [...rows.values()].map((row) => row.text) };
}

/**
 * A whole logins.json of `rows` (texts from salvageLogins), as Thunderbird writes it: no indentation, `nextId` above
 * every id. Version 3 promises sound dates; with any row that lacks them it is 2, and the program fills them in.
 */
export function printLoginsJson(rows: readonly string[]): Uint8Array {
  const values = rows.map(parseRow).filter(isRecord);
  const ids = values.map((row) => row.id).filter((id): id is number => Number.isSafeInteger(id));
  const nextId = ids.reduce((next, id) => Math.max(next, id + 1), 1);
  const version = values.every(hasSoundDates) ? 3 : 2;
  const list = rows.filter((row) => isRecord(parseRow(row))).join(',');
  return new TextEncoder().encode(
    `{"nextId":${nextId},"logins":[${list}],"potentiallyVulnerablePasswords":[],"version":${version}}`,
  );
}

/** Undefined for a text that is no row: it is left out, never written. */
function parseRow(text: string): unknown {
  const bytes = new TextEncoder().encode(text);
  return jsonValue(bytes, { start: 0, end: bytes.length });
}

function rowAt(bytes: Uint8Array, start: number): JsonSpan | null {
  const end = endOfJson(bytes, start, {
    end: Math.min(bytes.length, start + rowBounds.bytes),
    depth: rowBounds.depth,
  });
  return end.whole ? { start, end: end.end } : null;
}

/** A login with its two blobs (null ones, too), or a tombstone. */
function isLogin(row: Record<string, unknown>): boolean {
  if (row.deleted === true) return typeof row.guid === 'string';
  return typeof row.hostname === 'string' && 'encryptedUsername' in row && 'encryptedPassword' in row;
}

function hasSoundDates(row: Record<string, unknown>): boolean {
  if (row.deleted === true) return true;
  return [row.timeCreated, row.timeLastUsed, row.timePasswordChanged].every(
    (date) => typeof date === 'number' && date > 0 && date <= latestDate,
  );
}
