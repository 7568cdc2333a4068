/**
 * What the type, the host and the user name of a server must have been, by what the rest of the profile still says of
 * it: its folder, the URIs of its folders, its other preferences, saved logins (formats.md A4, A7).
 * Rule: all that is said has to agree; otherwise nothing is restored. Settings are not guessed (design.md 6.8).
 */

import path from 'node:path';
import { accountPrefix, identityKeys } from './accounts.ts';
import { comparableHost, hostFate } from './host-name.ts';
import { type Identity, readIdentity } from './identities.ts';
import type { Profile } from './profile.ts';
import { namesServer, parseServerUri, type ServerUri, uriScheme } from './server-uri.ts';
import { type IncomingServer, serverPrefix } from './servers.ts';

const popOnly = [
  'leave_on_server',
  'num_days_to_leave_on_server',
  'delete_by_age_from_server',
  'delete_mail_left_on_server',
  'headers_only',
  'defer_get_new_mail',
  'deferred_to_account',
];
const imapOnly = [
  'namespace.personal',
  'namespace.public',
  'namespace.other_users',
  'server_sub_directory',
  'using_subscription',
  'max_cached_connections',
  'delete_model',
  'is_gmail',
  'force_select_imap',
];
const portTypes: Readonly<Record<number, string>> = {
  143: 'imap',
  993: 'imap',
  110: 'pop3',
  995: 'pop3',
  119: 'nntp',
  563: 'nntp',
};

/** Null: nothing says it, or what says it does not agree. */
export function likelyType(profile: Profile, server: IncomingServer): string | null {
  const { prefs } = profile;
  const folder = folderOf(profile, server);
  if (server.host === 'Local Folders' || (folder?.root === 'Mail' && folder.name === 'Local Folders'))
    return 'none';
  const has = (name: string): boolean => prefs.has(serverPrefix(server.key) + name);
  const schemes = new Set(uris(profile, server).map(({ scheme }) => scheme));
  const said = new Set<string>();
  if (folder?.root === 'ImapMail') said.add('imap');
  if (folder?.root === 'News') said.add('nntp');
  if (schemes.has('imap')) said.add('imap');
  if (schemes.has('ews')) said.add('ews');
  if (popOnly.some(has)) said.add('pop3');
  if (imapOnly.some(has)) said.add('imap');
  if (has('feed_options')) said.add('rss');
  const byPort = portTypes[server.portSet ?? 0];
  if (byPort !== undefined) said.add(byPort);
  const [type, another] = said;
  if (type === undefined || another !== undefined) return null;
  const isLocal = folder?.root === 'Mail' || schemes.has('mailbox');
  return isLocal && !['pop3', 'rss'].includes(type) ? null : type;
}

/** @param type of the server, restored where it was missing. */
export function likelyHost(profile: Profile, server: IncomingServer, type: string): string | null {
  if (type === 'none') return likelyType(profile, server) === 'none' ? 'Local Folders' : null;
  const folder = ownNameOf(server, folderOf(profile, server)?.name ?? null);
  const said = distinctHosts(uris(profile, server).filter(({ scheme }) => scheme === uriScheme(type)));
  const saved = savedHosts(profile, server, type);
  const found =
    only(said) ??
    (said.length > 0 ? null : only(saved.filter((host) => folder === null || isNamedAfter(folder, host))));
  const host =
    found ??
    (said.length > 0
      ? null
      : ((saved.length === 0 ? plainFolderHost(folder, type) : null) ??
        hostOfUnusedFolder(profile, server, type, saved)));
  return host !== null && hostFate(type, host) === 'accepted' ? host : null;
}

/** The user that the URIs of its own folders name; null when they name none or several. */
export function likelyUser(profile: Profile, server: IncomingServer): string | null {
  const host = comparableHost(server.host ?? '');
  const users = uris(profile, server)
    .filter((uri) => comparableHost(uri.host) === host && uri.scheme === uriScheme(server.type ?? ''))
    .map(({ user }) => user)
    .filter((user) => user !== '');
  return only([...new Set(users)]);
}

/** Of its accounts' identities and of its own junk settings; those that name another server of the profile are left out. */
function uris(profile: Profile, server: IncomingServer): ServerUri[] {
  const { prefs } = profile;
  const identities = identitiesOf(profile, server);
  const own = [
    `${serverPrefix(server.key)}spamActionTargetAccount`,
    `${serverPrefix(server.key)}spamActionTargetFolder`,
  ];
  return [
    ...identities.flatMap((identity) => identity.folderUris.map(({ uri }) => uri)),
    ...own.map((name) => prefs.string(name) ?? ''),
    ...inFilesOf(profile, server),
  ].flatMap((text) => {
    const uri = parseServerUri(text);
    if (uri === null || uri.host === 'Local Folders' || uri.host === `${server.key}.invalid`) return [];
    if (server.username !== '' && uri.user !== server.username) return [];
    const ofAnother = profile.servers.some((other) => other.key !== server.key && namesServer(uri, other));
    return ofAnother ? [] : [uri];
  });
}

/** Of its own filters, and of saved searches in its own folders' tree. */
function inFilesOf(profile: Profile, { key, username }: IncomingServer): string[] {
  const directory = profile.serverMail.get(key)?.directory.path;
  const filters = profile.filters.filter((file) => file.directory === directory);
  // Without the user they could be those of anybody.
  const searches = username === '' ? [] : (profile.savedSearches?.searches ?? []);
  return [
    ...filters.flatMap(({ targets }) => targets.map(({ uri }) => uri)),
    ...searches.flatMap(({ uri, scopes }) => [uri, ...scopes]),
  ];
}

/** Hosts of saved logins of that protocol that no other server has. User names stay locked without the key. */
function savedHosts(profile: Profile, server: IncomingServer, type: string): string[] {
  const start = `${uriScheme(type) ?? ''}://`;
  const others = new Set(
    profile.servers.filter(({ key }) => key !== server.key).map(({ host }) => comparableHost(host ?? '')),
  );
  const hosts = profile.logins.logins.logins
    .map(({ origin }) => origin ?? '')
    .filter((origin) => origin.startsWith(start))
    .map((origin) => origin.slice(start.length))
    .filter((host) => host !== '' && !others.has(comparableHost(host)));
  return [...new Set(hosts)];
}

function distinctHosts(uris: readonly ServerUri[]): string[] {
  return [...new Map(uris.map(({ host }) => [comparableHost(host), host])).values()];
}

const only = <T>(items: readonly T[]): T | null => (items.length === 1 ? (items[0] ?? null) : null);

/** `imap.example-1.org` may be the second folder of imap.example.org (formats.md 3.6). */
function isNamedAfter(folder: string, host: string): boolean {
  return (
    comparableHost(folder) === comparableHost(host) ||
    comparableHost(withoutNumber(folder)) === comparableHost(host)
  );
}

const withoutNumber = (folder: string): string => folder.replace(/-\d+(?=\.[^.]*$|$)/, '');

/** A folder name stands for a host only when no number can have been added to it. */
function plainFolderHost(folder: string | null, type: string): string | null {
  if (folder === null || /-\d+(\.[^.]*)?$/.test(folder)) return null;
  // Feeds have no host to connect to; the program itself names them so.
  const isHost = type === 'rss' ? folder === 'Feeds' : /^[^.]+(\.[^.]+)+$/.test(folder);
  return isHost ? folder : null;
}

/** The folder that the program made for the name that it had put in the place of the real one says nothing. */
function ownNameOf({ key }: IncomingServer, folder: string | null): string | null {
  return folder !== null && withoutNumber(folder) === `${key}.invalid` ? null : folder;
}

/**
 * The one folder with mail that no server uses, named after a host: where a saved login names that host, too, or where
 * the account's addresses are of that domain.
 */
function hostOfUnusedFolder(
  profile: Profile,
  server: IncomingServer,
  type: string,
  saved: readonly string[],
): string | null {
  const root = type === 'imap' ? 'ImapMail' : type === 'nntp' ? 'News' : 'Mail';
  const domains = [server.username, ...addressesOf(profile, server)].flatMap((address) =>
    address.includes('@') ? [address.slice(address.lastIndexOf('@') + 1).toLowerCase()] : [],
  );
  const others = new Set(profile.servers.map(({ host }) => comparableHost(host ?? '')));
  const hosts = profile.unusedMail
    .filter((mail) => mail.holdsMessages && path.basename(path.dirname(mail.path)) === root)
    .flatMap((mail) => plainFolderHost(path.basename(mail.path), type) ?? [])
    .filter((host) => !others.has(comparableHost(host)))
    .filter((host) => {
      const name = comparableHost(host);
      const isSaved = saved.some((one) => comparableHost(one) === name);
      return isSaved || domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
    });
  return only([...new Set(hosts)]);
}

function addressesOf(profile: Profile, server: IncomingServer): string[] {
  return identitiesOf(profile, server).map(({ email }) => email);
}

function identitiesOf({ prefs, accountList }: Profile, server: IncomingServer): Identity[] {
  return accountList.items
    .filter((key) => prefs.string(`${accountPrefix(key)}server`) === server.key)
    .flatMap((key) => identityKeys(prefs, key))
    .map((key) => readIdentity(prefs, key));
}

/** The last two parts of the path, of either system's making. */
function folderOf({ prefs }: Profile, server: IncomingServer): { root: string; name: string } | null {
  const prefix = serverPrefix(server.key);
  const written = prefs.string(`${prefix}directory-rel`) ?? prefs.string(`${prefix}directory`) ?? '';
  const [, root, name] = /(?:^|[\]/\\])([^\]/\\]+)[/\\]([^/\\]+)[/\\]?$/.exec(written) ?? [];
  return root === undefined || name === undefined ? null : { root, name };
}
