/**
 * Under which origin, realm and user name the program looks a password up (formats.md 4.5 and 4.6).
 * The look-up is exact and case-sensitive; no port, no user in the origin.
 */

import type { OutgoingServer } from './outgoing.ts';
import type { IncomingServer } from './servers.ts';

export interface LoginKey {
  origin: string;
  /** Null: any realm of that origin (OAuth2: the scopes, of which one set has to contain those needed). */
  realm: string | null;
  username: string;
}

const schemes: Record<string, string> = {
  imap: 'imap',
  pop3: 'mailbox',
  nntp: 'news',
  ews: 'ews',
  graph: 'graph',
  smtp: 'smtp',
};

/** Hosts whose sign-in window the program has built in, with the issuer of the token (OAuth2Providers). */
const issuers: readonly [suffix: string, issuer: string][] = [
  ['googlemail.com', 'accounts.google.com'],
  ['gmail.com', 'accounts.google.com'],
  ['www.googleapis.com', 'accounts.google.com'],
  ['apidata.googleusercontent.com', 'accounts.google.com'],
  ['office365.com', 'login.microsoftonline.com'],
  ['graph.microsoft.com', 'login.microsoftonline.com'],
  ['outlook.com', 'login.microsoftonline.com'],
  ['hotmail.com', 'login.microsoftonline.com'],
  ['yahoo.com', 'login.yahoo.com'],
  ['att.net', 'login.yahoo.com'],
  ['aol.com', 'login.aol.com'],
  ['imap.mail.ru', 'o2.mail.ru'],
  ['smtp.mail.ru', 'o2.mail.ru'],
  ['imap.yandex.com', 'oauth.yandex.com'],
  ['smtp.yandex.com', 'oauth.yandex.com'],
  ['fastmail.com', 'www.fastmail.com'],
  ['comcast.net', 'comcast.net'],
  ['thundermail.com', 'auth.tb.pro'],
  ['stage-thundermail.com', 'auth-stage.tb.pro'],
];

/** The issuer whose token a host takes; leading labels are dropped until one is known. */
export function oauthIssuer(host: string): string | null {
  let rest = host.toLowerCase().replace(/\.$/, '');
  for (;;) {
    const known = issuers.find(([suffix]) => suffix === rest);
    if (known !== undefined) return known[1];
    const dot = rest.indexOf('.');
    if (dot < 0) return null;
    rest = rest.slice(dot + 1);
  }
}

/** Null: a server that needs no saved login (Local Folders, feeds) or has no host. */
export function loginKeyOf(server: IncomingServer | OutgoingServer): LoginKey | null {
  const type = server.type;
  if (type === null || server.host === null || server.host === '') return null;
  if (server.authentication === 'oauth2') {
    const issuer = oauthIssuer(server.host);
    return issuer === null ? null : { origin: `oauth://${issuer}`, realm: null, username: server.username };
  }
  const scheme = schemes[type];
  if (scheme === undefined) return null;
  const host = server.host.includes(':') && !server.host.startsWith('[') ? `[${server.host}]` : server.host;
  const port = type === 'nntp' && server.security === 'tls' ? ':563' : '';
  const origin = `${scheme}://${host}${port}`;
  return { origin, realm: origin, username: server.username };
}
