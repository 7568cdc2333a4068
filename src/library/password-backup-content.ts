/**
 * What is inside a password backup: the logins in the clear, and the pass phrase of the OpenPGP keys, as JSON. It exists
 * in memory only; on disk it is encrypted (formats/nss/password-backup.ts).
 */

import { isRecord } from '../formats/logins-json.ts';
import { Secret } from '../formats/secret.ts';
import type { UnlockedLogin, UnlockedProfile } from '../unlock/opened.ts';

export interface BackedUpLogin {
  origin: string;
  realm: string | null;
  formSubmitUrl: string | null;
  usernameField: string;
  passwordField: string;
  username: string;
  password: Secret;
  guid: string | null;
  timeCreated: number | null;
  timeLastUsed: number | null;
  timePasswordChanged: number | null;
  timesUsed: number | null;
}

export interface BackupContent {
  /** ISO 8601. */
  made: string;
  /** Path of the profile. */
  profile: string;
  logins: BackedUpLogin[];
  openPgpPassPhrase: Secret | null;
}

/** A row that can be read; null for any other. */
export function backedUp(login: UnlockedLogin): BackedUpLogin | null {
  const { saved, username, password, unreadable, usernameField, passwordField, emptied } = login;
  if (unreadable !== null || emptied || username === null || password === null || saved.origin === null)
    return null;
  const { origin, realm, formSubmitUrl, guid, timeCreated, timeLastUsed, timePasswordChanged, timesUsed } =
    saved;
  return {
    origin,
    realm,
    formSubmitUrl,
    usernameField,
    passwordField,
    username,
    password,
    guid,
    timeCreated,
    timeLastUsed,
    timePasswordChanged,
    timesUsed,
  };
}

export function contentOf({ logins, openPgp }: UnlockedProfile, made: Date, profile: string): BackupContent {
  return {
    made: made.toISOString(),
    profile,
    logins: logins.flatMap((login) => backedUp(login) ?? []),
    openPgpPassPhrase: openPgp.state === 'read' ? openPgp.passPhrase : null,
  };
}

/** In the clear: to be encrypted, and wiped. */
export function printContent({ made, profile, logins, openPgpPassPhrase }: BackupContent): Uint8Array {
  return Buffer.from(
    JSON.stringify({
      made,
      profile,
      logins: logins.map((login) => ({ ...login, password: login.password.reveal() })),
      openPgpPassPhrase: openPgpPassPhrase?.reveal() ?? null,
    }),
  );
}

/** Null: not what a backup holds. */
export function parseContent(bytes: Uint8Array): BackupContent | null {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
  if (!isRecord(value) || !Array.isArray(value.logins)) return null;
  const logins = value.logins.map(loginFrom);
  if (!logins.every((login) => login !== null)) return null;
  return {
    made: text(value.made) ?? '',
    profile: text(value.profile) ?? '',
    logins,
    openPgpPassPhrase: secret(value.openPgpPassPhrase),
  };
}

function loginFrom(value: unknown): BackedUpLogin | null {
  if (!isRecord(value)) return null;
  const origin = text(value.origin);
  const username = text(value.username);
  const password = secret(value.password);
  if (origin === null || username === null || password === null) return null;
  return {
    origin,
    realm: text(value.realm),
    formSubmitUrl: text(value.formSubmitUrl),
    usernameField: text(value.usernameField) ?? '',
    passwordField: text(value.passwordField) ?? '',
    username,
    password,
    guid: text(value.guid),
    timeCreated: number(value.timeCreated),
    timeLastUsed: number(value.timeLastUsed),
    timePasswordChanged: number(value.timePasswordChanged),
    timesUsed: number(value.timesUsed),
  };
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const secret = (value: unknown): Secret | null => (typeof value === 'string' ? Secret.fromText(value) : null);
const number = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;
