/**
 * Under which origin, realm and user name the program looks a password up (formats.md 4.5 and 4.6).
 * The look-up is exact and case-sensitive: the host is taken as prefs.js has it, capitals and Unicode included; no
 * port, no user in the origin. POP and news servers are written in JavaScript, which percent-encodes the host.
 */

import type { SavedLogin } from '../formats/logins-json.ts';
import { canonicalHost } from './host-name.ts';
import { type OAuthRegistration, registrationOfHost } from './oauth-registry.ts';
import type { OutgoingServer } from './outgoing.ts';
import { isScripted } from './server-types.ts';
import type { IncomingServer } from './servers.ts';

export interface LoginKey {
  origin: string;
  /** Null: any realm of that origin that holds `scopes`. */
  realm: string | null;
  /** OAuth2: what the token must be good for; the realm of a saved token lists what it is good for. */
  scopes: readonly string[];
  username: string;
}

const schemes: Record<string, string> = {
  imap: 'imap',
  pop3: 'mailbox',
  nntp: 'news',
  ews: 'ews',
  // Until Graph is switched on, its servers have the addresses of EWS ones.
  graph: 'ews',
  smtp: 'smtp',
};

/** Null: a server that needs no saved login (Local Folders, feeds) or has no host, or a token that none can give. */
export function loginKeyOf(server: IncomingServer | OutgoingServer): LoginKey | null {
  if (server.authentication !== 'oauth2') return passwordKeyOf(server);
  const registration = server.host === '' ? null : registrationOf(server);
  if (registration === null) return null;
  const { issuer, scopes } = registration;
  return { origin: `oauth://${issuer}`, realm: null, scopes, username: server.username };
}

/** As with a password, however it signs in now. */
export function passwordKeyOf(server: IncomingServer | OutgoingServer): LoginKey | null {
  const { type, host, username } = server;
  if (type === null || host === null || host === '') return null;
  const scheme = schemes[type];
  if (scheme === undefined) return null;
  const origin = `${scheme}://${hostInOrigin(server, type, host)}`;
  return { origin, realm: origin, scopes: [], username };
}

/** Chat keeps its passwords elsewhere; Local Folders and feeds have none. */
export function needsLogin({ type, authentication }: IncomingServer | OutgoingServer): boolean {
  return type !== null && type in schemes && authentication !== 'none';
}

/** As the program looks a row up: exactly. */
export function isFoundBy(row: Pick<SavedLogin, 'origin' | 'realm'>, key: LoginKey): boolean {
  if (row.origin !== key.origin) return false;
  if (key.realm !== null) return row.realm === key.realm;
  const granted = new Set((row.realm ?? '').split(/\s+/));
  return key.scopes.every((scope) => granted.has(scope));
}

function hostInOrigin(server: IncomingServer | OutgoingServer, type: string, host: string): string {
  // News: the address of the root folder, to which a secure connection adds its port (nsMsgNewsFolder).
  if (type === 'nntp') return canonicalHost(host) + (server.security === 'tls' ? ':563' : '');
  const inBrackets = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return isScripted(type) ? encodeURIComponent(inBrackets) : inBrackets;
}

/** What the program knows about signing in to this server in a window; null: it cannot. */
export function registrationOf(server: IncomingServer | OutgoingServer): OAuthRegistration | null {
  const { type, host } = server;
  if (type === null || host === null) return null;
  return registrationOfHost('listed' in server ? host.toLowerCase() : host, type);
}
