/**
 * Rows of moz_logins in signons.sqlite (nss.md 7), of any version: columns that a version does not have are absent.
 */

import type { SqliteRow, SqliteValue } from '../sqlite.ts';
import type { StoredLogin } from './stored-login.ts';

/** Null: no whole row. */
export function storedLoginOf(row: SqliteRow): StoredLogin | null {
  const { hostname, encryptedUsername, encryptedPassword } = row;
  if (typeof hostname !== 'string' || typeof encryptedUsername !== 'string') return null;
  if (typeof encryptedPassword !== 'string') return null;
  return {
    origin: hostname,
    realm: text(row.httpRealm),
    formSubmitUrl: text(row.formSubmitURL),
    usernameField: text(row.usernameField) ?? '',
    passwordField: text(row.passwordField) ?? '',
    encryptedUsername,
    encryptedPassword,
    guid: text(row.guid),
    timeCreated: number(row.timeCreated),
    timeLastUsed: number(row.timeLastUsed),
    timePasswordChanged: number(row.timePasswordChanged),
    timesUsed: number(row.timesUsed),
  };
}

const text = (value: SqliteValue | undefined): string | null => (typeof value === 'string' ? value : null);
const number = (value: SqliteValue | undefined): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
