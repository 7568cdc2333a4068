/**
 * The hosts that Thunderbird can open a sign-in window for (OAuth2), and what the token must be good for
 * (formats.md 4.6, OAuth2Providers). The list is built into the program: a host that is not in it has no OAuth2.
 * Measured with 153.7 on 2026-11-23: the name is compared letter by letter. That of an outgoing server passes through
 * an address first, which lowers its capitals; that of an incoming one does not, so `IMAP.gmail.com` is no known host.
 */

/** What one provider's tokens are good for: the same for all servers, or by type. */
type Scopes = string | Readonly<Record<string, string>>;

interface Entry {
  issuer: string;
  scopes: Scopes;
}

export interface OAuthRegistration {
  issuer: string;
  scopes: readonly string[];
}

const googleMail = 'https://mail.google.com/';
const google: Entry = {
  issuer: 'accounts.google.com',
  scopes: { imap: googleMail, pop3: googleMail, smtp: googleMail },
};
const microsoft: Entry = {
  issuer: 'login.microsoftonline.com',
  scopes: {
    imap: 'https://outlook.office.com/IMAP.AccessAsUser.All offline_access',
    pop3: 'https://outlook.office.com/POP.AccessAsUser.All offline_access',
    smtp: 'https://outlook.office.com/SMTP.Send offline_access',
    ews: 'https://outlook.office.com/EWS.AccessAsUser.All offline_access',
  },
};
const yahoo: Entry = { issuer: 'login.yahoo.com', scopes: 'mail-w ycal-w sdct-w' };
const mailRu: Entry = { issuer: 'o2.mail.ru', scopes: 'mail.imap' };
const fastmail: Entry = {
  issuer: 'www.fastmail.com',
  scopes: {
    imap: 'https://www.fastmail.com/dev/protocol-imap',
    pop3: 'https://www.fastmail.com/dev/protocol-pop',
    smtp: 'https://www.fastmail.com/dev/protocol-smtp',
  },
};
const comcast: Entry = { issuer: 'comcast.net', scopes: 'https://email.comcast.net/ profile openid' };
const thundermail = 'openid profile email offline_access';

/** Those of mail servers only. */
const hosts: ReadonlyMap<string, Entry> = new Map([
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
  ...['imap', 'pop', 'smtp'].flatMap((name): [string, Entry][] => [
    [`${name}.fastmail.com`, fastmail],
    [`${name}.comcast.net`, comcast],
  ]),
  ['thundermail.com', { issuer: 'auth.tb.pro', scopes: thundermail }],
  ['stage-thundermail.com', { issuer: 'auth-stage.tb.pro', scopes: thundermail }],
]);

/** Hosts of calendars and address books, by the issuer that signs in to them. */
const davHosts: ReadonlyMap<string, string> = new Map([
  ['www.googleapis.com', 'accounts.google.com'],
  ['apidata.googleusercontent.com', 'accounts.google.com'],
  ['carddav.fastmail.com', 'www.fastmail.com'],
  ['caldav.fastmail.com', 'www.fastmail.com'],
]);

/** @param host in the letters in which the program compares it. @param type of the server, as in preferences. */
export function registrationOfHost(host: string, type: string): OAuthRegistration | null {
  const entry = nearest(host, hosts);
  const scopes = typeof entry?.scopes === 'string' ? entry.scopes : entry?.scopes[type];
  return entry === null || scopes === undefined ? null : { issuer: entry.issuer, scopes: scopes.split(' ') };
}

/** Of a calendar or address book; null: it is signed in to with a password. */
export const issuerOfDavHost = (host: string): string | null => nearest(host.toLowerCase(), davHosts);

/** Labels are dropped from the front of the name until it is known. */
function nearest<T>(host: string, known: ReadonlyMap<string, T>): T | null {
  for (let rest = host; rest.includes('.'); rest = rest.slice(rest.indexOf('.') + 1)) {
    const found = known.get(rest);
    if (found !== undefined) return found;
  }
  return null;
}
