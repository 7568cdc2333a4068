/**
 * The logins of signons.sqlite and signons*.txt, opened, in the form of today (nss.md 7).
 */

import path from 'node:path';
import type { SavedLogin } from '../formats/logins-json.ts';
import { newsPairs } from '../formats/nss/news-pairs.ts';
import { convertOldLogin } from '../formats/nss/old-mail-logins.ts';
import { storedLoginOf } from '../formats/nss/signons-rows.ts';
import { parseSignonsText } from '../formats/nss/signons-text.ts';
import type { StoredLogin } from '../formats/nss/stored-login.ts';
import { describeSdr } from '../formats/sdr.ts';
import { type OpenOptions, openDatabase } from '../profile/database.ts';
import { readFileBytes } from '../profile/file-bytes.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { UnlockedKeyStore, UnlockedLogin } from './opened.ts';
import { openLogin } from './unlock-profile.ts';

const maxBytes = 64 * 1024 * 1024;
const maxRows = 50_000;

/** @param file `signons.sqlite` or `signons….txt`. */
export function olderLogins(
  fs: ReadableFileSystem,
  profile: string,
  file: string,
  keyStore: UnlockedKeyStore,
  options: OpenOptions = {},
): UnlockedLogin[] {
  const at = path.join(profile, file);
  const stored = file.endsWith('.sqlite') ? rowsOf(fs, at, options) : linesOf(fs, at);
  const opened = stored.map((row, index) =>
    openLogin(
      file,
      savedLogin(row, index),
      {
        username: row.encryptedUsername,
        password: row.encryptedPassword,
        usernameField: row.usernameField,
        passwordField: row.passwordField,
      },
      keyStore,
    ),
  );
  return withPairs(opened).flatMap(inFormOfToday);
}

function rowsOf(fs: ReadableFileSystem, at: string, options: OpenOptions): StoredLogin[] {
  const opened = openDatabase(fs, at, { ...options, memoryOnly: true });
  if (opened.state !== 'open') return [];
  const { database } = opened;
  try {
    if (!database.quickCheck().sound || !database.tables().includes('moz_logins')) return [];
    const rows = database.rows('SELECT * FROM moz_logins ORDER BY id', [], maxRows) ?? [];
    return rows.flatMap((row) => storedLoginOf(row) ?? []);
  } finally {
    database.close();
  }
}

function linesOf(fs: ReadableFileSystem, at: string): StoredLogin[] {
  const read = readFileBytes(fs, at, maxBytes);
  if (read.state !== 'read') return [];
  const parsed = parseSignonsText(new TextDecoder().decode(read.bytes));
  return parsed.state === 'read' ? parsed.logins : [];
}

function savedLogin(row: StoredLogin, index: number): SavedLogin {
  return {
    id: index + 1,
    guid: row.guid,
    origin: row.origin,
    realm: row.realm,
    formSubmitUrl: row.formSubmitUrl,
    hasNullField: false,
    username: describeSdr(row.encryptedUsername),
    password: describeSdr(row.encryptedPassword),
    encType: row.encryptedPassword.startsWith('~') ? 0 : 1,
    timeCreated: row.timeCreated,
    timeLastUsed: row.timeLastUsed,
    timePasswordChanged: row.timePasswordChanged,
    timesUsed: row.timesUsed,
    deleted: false,
    offset: 0,
    length: 0,
  };
}

/** Two halves of a news login become one, in the place of the first. */
function withPairs(logins: readonly UnlockedLogin[]): UnlockedLogin[] {
  const halves = logins.map(({ saved, password }) => ({ origin: saved.origin ?? '', password }));
  const pairs = newsPairs(halves).filter(({ username, password }) => username !== null && password !== null);
  const gone = new Set(pairs.map(({ halves: [, at] }) => at));
  const first = new Map(pairs.map((pair) => [pair.halves[0], pair]));
  return logins.flatMap((login, index) => {
    const pair = first.get(index);
    if (pair === undefined) return gone.has(index) ? [] : [login];
    const { origin, username, password } = pair;
    return [
      {
        ...login,
        saved: { ...login.saved, origin, realm: null },
        username: username?.reveal() ?? null,
        password,
      },
    ];
  });
}

/** What cannot be read stays as it is: its user name is not known. */
function inFormOfToday(login: UnlockedLogin): UnlockedLogin[] {
  const { saved, username } = login;
  if (username === null || saved.origin === null) return [login];
  const { origin, realm, formSubmitUrl } = saved;
  return convertOldLogin({ origin, realm, formSubmitUrl, username }).map((today) => ({
    ...login,
    username: today.username,
    ...(today.origin === origin && today.realm === realm ? {} : { usernameField: '', passwordField: '' }),
    saved: { ...saved, origin: today.origin, realm: today.realm, formSubmitUrl: today.formSubmitUrl },
  }));
}
