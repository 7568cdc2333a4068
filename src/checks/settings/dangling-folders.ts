/**
 * Addresses of folders whose server is not there: found, and led to the server that they must have meant, where that is
 * beyond doubt (formats.md 3.3, A19).
 * Nothing dangles for certain while a server in the list has lost its name or user, or an account is about to be
 * dropped: then the server is the fault, and has a finding of its own.
 */

import { canonicalHost, comparableHost, hostFate } from '../../profile/host-name.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import {
  namesServer,
  parseServerUri,
  type ServerUri,
  uriScheme,
  withServer,
} from '../../profile/server-uri.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import { listedServers } from '../accounts-of.ts';

const folderSchemes = ['imap', 'mailbox', 'news', 'ews', 'graph'];

/** Null: it names a server that is there, or nobody can tell. */
export function danglingUri(profile: Profile, uri: string): ServerUri | null {
  if (!isTold(profile)) return null;
  const parsed = parseServerUri(uri);
  if (parsed === null || !folderSchemes.includes(parsed.scheme)) return null;
  // The unified folders make their own server whenever they need it.
  if (parsed.host === 'smart mailboxes') return null;
  return isKnown(profile, parsed) ? null : parsed;
}

/**
 * The same folder on a server that is there: one that differs from the address in its host or in its user alone.
 * @param own the server of the account that the address belongs to, where it belongs to one. Null: none for certain.
 */
export function remapped(profile: Profile, uri: string, own: IncomingServer | null): string | null {
  const parsed = parseServerUri(uri);
  if (parsed === null) return null;
  const candidates = own === null ? listedServers(profile) : [own];
  const [server, another] = candidates.filter((one) => isSameButOne(one, parsed, own !== null));
  if (server === undefined || another !== undefined || server.host === null) return null;
  return withServer(uri, { user: server.username, host: server.host });
}

/** Path of the folder on its server, decoded: `Archives/2024`; "" for the account itself. */
export function folderPathOf(uri: string): string {
  const [, path = ''] = /^[^:]+:\/\/[^/]+\/?(.*)$/s.exec(uri) ?? [];
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const isTold = oncePerProfile((profile) => {
  const isWhole = ({ key, type, host, username }: IncomingServer): boolean =>
    Boolean(type) &&
    Boolean(host) &&
    host !== `${key}.invalid` &&
    hostFate(type ?? '', host ?? '') === 'accepted' &&
    (username !== '' || !['imap', 'pop3'].includes(type ?? ''));
  return profile.accountList.dropped.length === 0 && listedServers(profile).every(isWhole);
});

/** Also one that no account uses: its account may come back. */
function isKnown(profile: Profile, uri: ServerUri): boolean {
  const named = byAddress(profile).get(addressOf(uri.scheme, uri.user, uri.host)) ?? [];
  return named.length > 0 || profile.servers.some((server) => server.hidden && namesServer(uri, server));
}

const byAddress = oncePerProfile((profile) => {
  const servers = new Map<string, IncomingServer[]>();
  for (const server of profile.servers) {
    const scheme = uriScheme(server.type ?? '');
    if (scheme === null || server.host === null) continue;
    servers.set(addressOf(scheme, server.username, server.host), [server]);
  }
  return servers;
});

const addressOf = (scheme: string, user: string, host: string): string =>
  `${scheme}://${user}@${canonicalHost(comparableHost(host))}`;

function isSameButOne(server: IncomingServer, uri: ServerUri, isOwn: boolean): boolean {
  if (uriScheme(server.type ?? '') !== uri.scheme || !server.host || server.type === 'none') return false;
  const sameHost = comparableHost(server.host) === comparableHost(uri.host);
  if (server.username === uri.user) return uri.user !== '';
  if (!sameHost) return false;
  return isOwn || localPart(server.username) === localPart(uri.user);
}

const localPart = (user: string): string => user.split('@', 1)[0]?.toLowerCase() ?? '';
