/**
 * Under which origin, realm and user name the program looks a password up (formats.md 4.5 and 4.6).
 * The look-up is exact and case-sensitive: the host is taken as prefs.js has it, capitals and Unicode included; no
 * port, no user in the origin. POP and news servers are written in JavaScript, which percent-encodes the host.
 */

import type { SavedLogin } from '../formats/logins-json.ts';
import { canonicalHost } from './host-name.ts';
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

/** What one provider's tokens are good for: the same for all servers, or by type. */
type Scopes = string | Readonly<Record<string, string>>;

interface Provider {
  issuer: string;
  scopes: Scopes;
}

const googleMail = 'https://mail.google.com/';
const google: Provider = {
  issuer: 'accounts.google.com',
  scopes: { imap: googleMail, pop3: googleMail, smtp: googleMail },
};
const microsoft: Provider = {
  issuer: 'login.microsoftonline.com',
  scopes: {
    imap: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access',
    pop3: 'https://outlook.office.com/POP.AccessAsUser.All offline_access',
    smtp: 'https://outlook.office.com/SMTP.Send offline_access',
    ews: 'https://outlook.office.com/EWS.AccessAsUser.All offline_access',
  },
};
const yahoo: Provider = { issuer: 'login.yahoo.com', scopes: 'mail-w ycal-w sdct-w' };
const mailRu: Provider = { issuer: 'o2.mail.ru', scopes: 'mail.imap' };
const fastmail: Provider = {
  issuer: 'www.fastmail.com',
  scopes: {
    imap: 'https://www.fastmail.com/dev/protocol-imap',
    pop3: 'https://www.fastmail.com/dev/protocol-pop',
    smtp: 'https://www.fastmail.com/dev/protocol-smtp',
  },
};
const comcast: Provider = { issuer: 'comcast.net', scopes: 'https://email.comcast.net/ profile openid' };
const thundermail = 'openid profile email offline_access';

/** Hosts whose sign-in window the program has built in (OAuth2Providers), those of mail servers only. */
const providers: ReadonlyMap<string, Provider> = new Map([
  ['googlemail.com', google],
  ['gmail.com', google],
  ['office365.com', microsoft],
  ['graph.microsoft.com', microsoft],
  ['outlook.com', microsoft],
  ['hotmail.com', microsoft],
  ['yahoo.com', yahoo],
  ['att.net', yahoo],
  ['aol.com', { ...yahoo, issuer: 'login.aol.com' }],
  ['imap.mail.ru', mailRu],
  ['smtp.mail.ru', mailRu],
  ['imap.yandex.com', { issuer: 'oauth.yandex.com', scopes: 'mail:imap_full' }],
  ['smtp.yandex.com', { issuer: 'oauth.yandex.com', scopes: 'mail:smtp' }],
  ...['imap', 'pop', 'smtp'].flatMap((name): [string, Provider][] => [
    [`${name}.fastmail.com`, fastmail],
    [`${name}.comcast.net`, comcast],
  ]),
  ['thundermail.com', { issuer: 'auth.tb.pro', scopes: thundermail }],
  ['stage-thundermail.com', { issuer: 'auth-stage.tb.pro', scopes: thundermail }],
]);

/** Null: a server that needs no saved login (Local Folders, feeds) or has no host, or a token that none can give. */
export function loginKeyOf(server: IncomingServer | OutgoingServer): LoginKey | null {
  const { type, host, username } = server;
  if (type === null || host === null || host === '') return null;
  if (server.authentication === 'oauth2') {
    const provider = providerOf(host.toLowerCase().replace(/\.$/, ''));
    const scopes = typeof provider?.scopes === 'string' ? provider.scopes : provider?.scopes[type];
    if (provider === null || scopes === undefined) return null;
    return { origin: `oauth://${provider.issuer}`, realm: null, scopes: scopes.split(' '), username };
  }
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

/** The provider of a host; labels are dropped from its front until one is known. */
function providerOf(host: string): Provider | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const provider = providers.get(rest);
    if (provider !== undefined) return provider;
  }
  return null;
}
