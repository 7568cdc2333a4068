/**
 * What the program does at start-up with the host of an incoming server (formats.md 3.5, nsMsgAccountManager).
 * Measured with Thunderbird 153.7 on 2026-11-23, every ASCII character and some 70 odd names for each type: which names
 * are refused does not depend on the type, what happens then does. POP and news servers are written in JavaScript
 * there, which goes down with any colon, where the others go down with exactly one.
 */

import { isScripted } from './server-types.ts';

export type HostFate =
  /** Taken as it is. */
  | 'accepted'
  /** The program dies at every start. */
  | 'crash'
  /** The account is taken out and its preferences are deleted; IMAP: the host is overwritten by `<key>.invalid`. */
  | 'account-erased'
  /** Host overwritten by `<key>.invalid`; the account stays and cannot work. */
  | 'host-overwritten'
  /** A host that only Local Folders may have: the account is taken out and its preferences deleted. */
  | 'refused';

const localHosts = ['Local Folders', 'smart mailboxes'];
const escapedLocalHosts = ['Local%20Folders', 'smart%20mailboxes'];

/** @param type one that the program has a server for. */
export function hostFate(type: string, host: string): HostFate {
  if (localHosts.includes(host)) return type === 'none' ? 'accepted' : 'refused';
  if (escapedLocalHosts.includes(host)) return 'refused';
  const colons = host.split(':').length - 1;
  // A port or a URL in it: the getter of the name calls itself without end.
  if (isScripted(type) && colons > 0) return 'account-erased';
  if (!isScripted(type) && type !== 'im' && colons === 1) return 'crash';
  if (isUsableHost(host)) return 'accepted';
  return type === 'imap' ? 'account-erased' : 'host-overwritten';
}

/** The name in place of one that cannot be used. */
export const replacedHost = (serverKey: string): string => `${serverKey}.invalid`;

/** The name of the same host, however it is written: for what belongs together, such as folders and saved logins. */
export function comparableHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/**
 * The name as two servers are compared at start-up: lower case, Punycode, numbers as an IPv4 address. A dot at the end
 * makes another host, but for addresses.
 */
export function canonicalHost(host: string): string {
  return asUrlHost(host) ?? host.toLowerCase();
}

const isUsableHost = (host: string): boolean => asUrlHost(host) !== null;

/** What stops a host even where the URL parser of Node would drop, decode or keep it. */
const forbidden = /[\0-\x20"#%*/:<>?@[\\\]^|\x7f]/;

/** The parsers of Mozilla and of Node follow one standard (WHATWG URL, for `http`); null where there is no host. */
function asUrlHost(host: string): string | null {
  if (host === '' || forbidden.test(host)) return null;
  try {
    return new URL(`http://${host}`).hostname || null;
  } catch {
    return null;
  }
}
