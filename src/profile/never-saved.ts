/**
 * Servers for which the owner, or somebody, told the program never to save a password. Programs of today keep them
 * among the permissions (permissions.sqlite, type "login-saving", 2 = never), as `imap://host/` (measured with 153.7);
 * older ones in logins.json (`disabledHosts`) or signons.sqlite (formats.md 4.4, nss.md 3).
 */

import path from 'node:path';
import { jsonMembers, jsonValue, skipBlanks } from '../formats/json-scan.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { openDatabase } from './database.ts';
import type { LoginStore } from './login-store.ts';

export interface NeverSaved {
  /** As a saved login would have it: `imap://host`. */
  origin: string;
  /** Name within the profile of the file that says so. */
  file: string;
}

const never = 2;
/** Far more than anybody has answered. */
const most = 10_000;

/** Never throws; what cannot be read says nothing. */
export function readNeverSaved(
  fs: ReadableFileSystem,
  profile: string,
  { logins, older }: LoginStore,
): NeverSaved[] {
  const permissions = readRows(
    fs,
    path.join(profile, 'permissions.sqlite'),
    `SELECT origin AS host FROM moz_perms WHERE type = 'login-saving' AND permission = ${never}`,
  );
  const signons = older.includes('signons.sqlite')
    ? readRows(fs, path.join(profile, 'signons.sqlite'), 'SELECT hostname AS host FROM moz_disabledHosts')
    : [];
  return [
    ...permissions.map((host) => ({ origin: host.replace(/\/$/, ''), file: 'permissions.sqlite' })),
    ...disabledHosts(logins.bytes, logins.state).map((origin) => ({ origin, file: logins.file })),
    ...signons.map((origin) => ({ origin, file: 'signons.sqlite' })),
  ];
}

function readRows(fs: ReadableFileSystem, file: string, query: string): string[] {
  const opened = openDatabase(fs, file);
  if (opened.state !== 'open') return [];
  try {
    return (opened.database.rows(query, [], most) ?? []).flatMap(({ host }) =>
      typeof host === 'string' ? [host] : [],
    );
  } finally {
    opened.database.close();
  }
}

function disabledHosts(bytes: Uint8Array | null, state: string): string[] {
  const start = bytes === null ? 0 : skipBlanks(bytes, bytes[0] === 0xef ? 3 : 0);
  if (bytes === null || state !== 'ok' || bytes[start] !== 0x7b) return [];
  const member = jsonMembers(bytes, start).findLast(({ name }) => name === 'disabledHosts');
  const hosts = member === undefined ? null : jsonValue(bytes, member);
  return Array.isArray(hosts) ? hosts.filter((host) => typeof host === 'string').slice(0, most) : [];
}
