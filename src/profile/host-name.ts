/**
 * What the program does at start-up with the host of an incoming server (formats.md 3.5, nsMsgAccountManager).
 */

export type HostFate =
  /** Taken as it is. */
  | 'accepted'
  /** The program dies at every start. */
  | 'crash'
  /** The account code throws: account pane broken, no Local Folders made. */
  | 'account-code-fails'
  /** Host overwritten by `<key>.invalid`, the account taken out and its preferences deleted. */
  | 'account-erased'
  /** Host overwritten by `<key>.invalid`; the account stays and cannot work. */
  | 'host-overwritten'
  /** A host that only Local Folders may have: the account is taken out and its preferences deleted. */
  | 'refused';

const localHosts = ['Local Folders', 'smart mailboxes'];
const escapedLocalHosts = ['Local%20Folders', 'smart%20mailboxes'];

/** @param type of the server; only those that connect can be harmed. */
export function hostFate(type: string, host: string): HostFate {
  if (localHosts.includes(host)) return type === 'none' ? 'accepted' : 'refused';
  if (escapedLocalHosts.includes(host)) return 'refused';
  if (!['imap', 'pop3', 'nntp'].includes(type)) return 'accepted';
  const bad = /[\s@/\\%<>[\]^|#?]/.test(host);
  const colons = host.split(':').length - 1;
  if (type === 'imap') {
    // An IPv6 literal is erased, not fatal; one colon (a port, a URL) recurses without end.
    if (colons > 0 && isIpv6Literal(host)) return 'account-erased';
    if (colons > 0) return 'crash';
    return bad ? 'account-erased' : 'accepted';
  }
  if (colons > 0) return 'account-code-fails';
  return bad ? 'host-overwritten' : 'accepted';
}

function isIpv6Literal(host: string): boolean {
  return /^\[[0-9a-f:.]+\]$/i.test(host) || (/^[0-9a-f:.]+$/i.test(host) && host.split(':').length > 2);
}

/** The host as two servers are compared by: lower case, without a trailing dot. */
export function comparableHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}
