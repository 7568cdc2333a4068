/**
 * The server that a folder URI names: `imap://alice%40example.org@imap.example.org/Sent` (formats.md 3.2).
 * Identities and junk settings hold such URIs, so they still say what a server was when its own lines are lost.
 */

import { comparableHost } from './host-name.ts';
import type { IncomingServer } from './servers.ts';

export interface ServerUri {
  scheme: string;
  /** Percent-decoded; "" without one. */
  user: string;
  host: string;
}

const schemes: Readonly<Record<string, string>> = {
  imap: 'imap',
  pop3: 'mailbox',
  none: 'mailbox',
  rss: 'mailbox',
  nntp: 'news',
  ews: 'ews',
  graph: 'graph',
};

/** The scheme of the folders of a server of that type; null for types without folders. */
export const uriScheme = (type: string): string | null => schemes[type] ?? null;

/** Null for what is no URI with a host. */
export function parseServerUri(uri: string): ServerUri | null {
  const match = /^([a-z][a-z0-9+.-]*):\/\/(?:([^/@]*)@)?([^/@]+)(?:\/|$)/i.exec(uri);
  const [, scheme, user, host] = match ?? [];
  if (scheme === undefined || host === undefined) return null;
  return { scheme: scheme.toLowerCase(), user: decoded(user ?? ''), host: decoded(host) };
}

/** Whether folders of the server have URIs that begin like this one. A server without type or host matches none. */
export function namesServer(uri: ServerUri, server: IncomingServer): boolean {
  return (
    server.type !== null &&
    server.host !== null &&
    uriScheme(server.type) === uri.scheme &&
    server.username === uri.user &&
    comparableHost(server.host) === comparableHost(uri.host)
  );
}

/** The same folder under another host or user; what does not change stays as it is written. */
export function withServer(uri: string, after: { user: string; host: string }): string {
  const before = parseServerUri(uri);
  if (before === null) return uri;
  const [, scheme = '', authority = '', rest = ''] = /^([^:]+:\/\/)([^/]*)(.*)$/s.exec(uri) ?? [];
  const at = authority.lastIndexOf('@');
  const user = before.user === after.user ? authority.slice(0, at + 1) : userPart(after.user);
  const host = before.host === after.host ? authority.slice(at + 1) : encodeURIComponent(after.host);
  return `${scheme}${user}${host}${rest}`;
}

const userPart = (user: string): string => (user === '' ? '' : `${encodeURIComponent(user)}@`);

/** Other programs write URIs that are not well-formed: those are taken as they are. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
