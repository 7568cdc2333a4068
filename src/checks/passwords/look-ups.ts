/**
 * What the program looks up among the saved logins, and the rows that were meant for it: saved for the same host and
 * protocol, under a name that differs in something. The program compares letter by letter (formats.md 4.5, measured).
 * Nothing is decrypted. Of a user name its encrypted length is known, which can rule a name out, never prove one.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { encryptedLength } from '../../formats/sdr.ts';
import { canonicalHost } from '../../profile/host-name.ts';
import { isFoundBy, type LoginKey, loginKeyOf, passwordKeyOf } from '../../profile/login-keys.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfOutgoing, accountsOfServer, listedServers } from '../accounts-of.ts';
import { listed, nameOfOutgoing, ownerOfServer, sendersThrough } from '../settings/owner-names.ts';
import { liveFile, liveRows } from './saved-rows.ts';

export interface LookUp {
  server: IncomingServer | OutgoingServer;
  isOutgoing: boolean;
  host: string;
  key: LoginKey;
  /** As its owner knows it. */
  who: string;
  accounts: string[];
  hostPref: string;
  userPref: string;
}

const passwordMethods: readonly (string | null)[] = [
  'password',
  'encrypted-password',
  'ntlm',
  'any-secure',
  'any',
];

/** Of listed incoming servers and of outgoing ones that somebody sends through, where they use a password. */
export const passwordLookUps: (profile: Profile) => LookUp[] = oncePerProfile((profile) =>
  everySignIn(profile).filter(({ server }) => passwordMethods.includes(server.authentication)),
);

/** The same for those that sign in with a token. */
export const tokenLookUps: (profile: Profile) => LookUp[] = oncePerProfile((profile) =>
  everySignIn(profile).filter(({ server }) => server.authentication === 'oauth2'),
);

/** One row without a user name or password hides them all: then nothing is looked up (passwords/logins-damaged). */
const everySignIn = oncePerProfile((profile) =>
  liveFile(profile)?.oddRows.length === 0 && liveRows(profile).every((row) => !row.hasNullField)
    ? signIns(profile)
    : [],
);

const signIns = (profile: Profile): LookUp[] => [
  ...listedServers(profile).flatMap((server) => {
    if (server.type !== 'imap' && server.type !== 'pop3') return [];
    return lookUp(server, false, ownerOfServer(profile, server.key), accountsOfServer(profile, server.key));
  }),
  ...profile.outgoing.servers.flatMap((server) => {
    const accounts = accountsOfOutgoing(profile, server.key);
    if (!server.listed || server.type !== 'smtp' || accounts.length === 0) return [];
    const isDefault = profile.outgoing.defaultKey === server.key;
    const senders = [
      ...new Set([
        ...sendersThrough(profile, server.key),
        ...(isDefault ? sendersThrough(profile, null) : []),
      ]),
    ];
    return lookUp(server, true, senders.length > 0 ? listed(senders) : nameOfOutgoing(server), accounts);
  }),
];

/** Without user name nothing is looked up. */
function lookUp(
  server: IncomingServer | OutgoingServer,
  isOutgoing: boolean,
  who: string,
  accounts: string[],
): LookUp[] {
  const { host, username } = server;
  const key = loginKeyOf(server);
  if (key === null || !host || username === '') return [];
  const prefix = isOutgoing ? outgoingPrefix(server.key) : serverPrefix(server.key);
  const userPref = `${prefix}${isOutgoing ? 'username' : 'userName'}`;
  return [{ server, isOutgoing, host, key, who, accounts, hostPref: `${prefix}hostname`, userPref }];
}

/** Rows under exactly the name that is looked up, for whatever user. */
export const rowsFor = (profile: Profile, { key }: LookUp): SavedLogin[] => rowsOfKey(profile, key);

const rowsOfKey = (profile: Profile, key: LoginKey): SavedLogin[] =>
  (rowsByOrigin(profile).get(key.origin) ?? []).filter((row) => isFoundBy(row, key));

const rowsByOrigin = oncePerProfile((profile) => grouped(liveRows(profile), (row) => row.origin ?? ''));

/** Rows that some account or sender looks up as they are. */
const lookedUp = oncePerProfile(
  (profile) => new Set(passwordLookUps(profile).flatMap((wanted) => rowsFor(profile, wanted))),
);

/** The rows that nobody looks up, by host. */
const strayRowsByHost = oncePerProfile((profile) =>
  grouped(
    liveRows(profile).filter((row) => !lookedUp(profile).has(row)),
    (row) => comparable(decoded(originParts.exec(row.origin ?? '')?.[3] ?? '')),
  ),
);

function grouped(rows: readonly SavedLogin[], by: (row: SavedLogin) => string): Map<string, SavedLogin[]> {
  const groups = new Map<string, SavedLogin[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group === undefined) groups.set(by(row), [row]);
    else group.push(row);
  }
  return groups;
}

export type Difference =
  | 'capitals'
  | 'international'
  | 'port'
  | 'user'
  | 'scheme'
  | 'realm'
  | 'final-dot'
  | 'form';

export interface NearRow {
  row: SavedLogin;
  differences: Difference[];
}

/** Rows that were meant for it and that no server looks up as they are. */
export function nearRows(profile: Profile, wanted: LookUp): NearRow[] {
  const ofHost = strayRowsByHost(profile).get(comparable(wanted.host)) ?? [];
  const ofOrigin = rowsByOrigin(profile).get(wanted.key.origin) ?? [];
  const candidates = [...new Set([...ofHost, ...ofOrigin])].sort((a, b) => a.offset - b.offset);
  return candidates.flatMap((row) => {
    if (lookedUp(profile).has(row)) return [];
    const differences = differencesOf(row, wanted);
    return differences === null || differences.length === 0 ? [] : [{ row, differences }];
  });
}

const families: Readonly<Record<string, readonly string[]>> = {
  imap: ['imap', 'imaps'],
  mailbox: ['mailbox', 'pop3', 'pop3s', 'pop'],
  smtp: ['smtp', 'smtps'],
};

const originParts = /^([a-z0-9+.-]+):\/\/(?:([^@/]*)@)?(\[[^\]]*\]|[^/:@]*)(?::(\d*))?(\/.*)?$/i;

/** Null: saved for something else. */
function differencesOf(row: SavedLogin, { key, host }: LookUp): Difference[] | null {
  const origin = row.origin ?? '';
  const differences: Difference[] = [];
  if (origin !== key.origin) {
    const parts = originParts.exec(origin);
    const wantedScheme = key.origin.slice(0, key.origin.indexOf('://'));
    const [, scheme = '', user, savedHost = '', port, rest] = parts ?? [];
    if (parts === null || !(families[wantedScheme] ?? []).includes(scheme.toLowerCase())) return null;
    const saved = decoded(savedHost);
    if (comparable(saved) !== comparable(host)) return null;
    if (scheme !== wantedScheme) differences.push('scheme');
    if (user !== undefined) differences.push('user');
    if (port !== undefined) differences.push('port');
    if (saved.endsWith('.') !== host.endsWith('.')) differences.push('final-dot');
    const [a, b] = [saved.replace(/\.$/, ''), host.replace(/\.$/, '')];
    if (a.toLowerCase() !== b.toLowerCase()) differences.push('international');
    else if (a !== b) differences.push('capitals');
    if (rest !== undefined || differences.length === 0) differences.push('realm');
    if (row.realm !== origin && !differences.includes('realm')) differences.push('realm');
  } else if (row.realm !== key.realm) {
    differences.push(row.formSubmitUrl === null ? 'realm' : 'form');
  }
  return differences;
}

const comparable = (host: string): string => canonicalHost(host.replace(/\.$/, ''));

function decoded(host: string): string {
  try {
    return decodeURIComponent(host);
  } catch {
    return host;
  }
}

/** False: the row was saved for another user name, certainly. True: it may be for this one. */
export function mayBeOf(row: SavedLogin, username: string): boolean {
  if (row.opened?.username != null) return row.opened.username === username;
  const { username: saved } = row;
  if (saved === null || saved.state !== 'ok' || saved.cipher === null || saved.length === null) return true;
  const length = encryptedLength(Buffer.byteLength(username), saved.cipher);
  return length === null || length === saved.length;
}

/** Saved passwords of a server that signs in with a token now; nobody looks them up. */
export function rowsBesideToken(profile: Profile, { server }: LookUp): SavedLogin[] {
  return passwordRows(profile, server).filter((row) => !lookedUp(profile).has(row));
}

/** What it would find if it signed in with a password. */
function passwordRows(profile: Profile, server: IncomingServer | OutgoingServer): SavedLogin[] {
  const key = passwordKeyOf(server);
  return key === null ? [] : rowsOfKey(profile, key);
}

/** Rows that a check of their own speaks of, so that passwords/login-unused does not. */
export const spokenFor: (profile: Profile) => ReadonlySet<SavedLogin> = oncePerProfile((profile) => {
  const wanting = passwordLookUps(profile).filter((one) => rowsFor(profile, one).length === 0);
  // They belong to the account, whose method is what is wrong (settings/sign-in-unregistered).
  const withoutWindow = [...listedServers(profile), ...profile.outgoing.servers]
    .filter((server) => server.authentication === 'oauth2' && loginKeyOf(server) === null)
    .flatMap((server) => passwordRows(profile, server));
  return new Set([
    ...withoutWindow,
    ...wanting.flatMap((one) => nearRows(profile, one).map(({ row }) => row)),
    ...tokenLookUps(profile).flatMap((one) => rowsBesideToken(profile, one)),
  ]);
});
