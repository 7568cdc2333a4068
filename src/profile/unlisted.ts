/**
 * Servers that no listed account uses: a lost account, or the leftover of a set-up (design.md 4, formats.md 3.7).
 * A leftover only if prefs.js was read cleanly, no better generation of it exists, its folder holds no message and no
 * subfolder, and nothing else names it.
 */

import path from 'node:path';
import { effectiveValues } from '../formats/prefs/values.ts';
import { accountBranches, accountPrefix, identityKeys } from './accounts.ts';
import type { MailDirectory } from './folders.ts';
import { comparableHost } from './host-name.ts';
import type { Identity } from './identities.ts';
import type { PrefsText, Profile } from './profile.ts';
import { type IncomingServer, serverPrefix } from './servers.ts';

export type LostBecause =
  | 'an account that is not in the list names it'
  | 'its folder holds mail'
  | 'an older copy of the settings lists it'
  | 'prefs.js could not be read to its end';

export interface UnlistedServer {
  server: IncomingServer;
  /** Null: a leftover. */
  lost: { because: LostBecause; where: string } | null;
  /** The account branch that names it, where there is one. */
  accountKey: string | null;
  /** Its folder on disk: the one that its preferences name, or the one named after its host that nothing else uses. */
  mail: MailDirectory | null;
  /** Unused identities that belong to it by address or by their folders. */
  identities: Identity[];
}

export function unlistedServers(profile: Profile): UnlistedServer[] {
  const { prefs, accountList } = profile;
  const listed = new Set(accountList.items.map((key) => prefs.string(`${accountPrefix(key)}server`)));
  return profile.servers
    .filter((server) => !listed.has(server.key) && server.type !== null && !server.hidden)
    .map((server) => describe(profile, server));
}

/** Identities that no account branch, listed or not, has in its list. */
export function unusedIdentities(profile: Profile): Identity[] {
  const used = new Set(accountBranches(profile.prefs).flatMap((key) => identityKeys(profile.prefs, key)));
  return profile.identities.filter((identity) => !used.has(identity.key));
}

function describe(profile: Profile, server: IncomingServer): UnlistedServer {
  const { prefs } = profile;
  const accountKey =
    accountBranches(prefs).find((key) => prefs.string(`${accountPrefix(key)}server`) === server.key) ?? null;
  const mail = mailOf(profile, server);
  return {
    server,
    accountKey,
    mail,
    lost: whyLost(profile, server, accountKey, mail),
    identities: unusedIdentities(profile).filter((identity) => belongsTo(identity, server)),
  };
}

function whyLost(
  profile: Profile,
  server: IncomingServer,
  accountKey: string | null,
  mail: MailDirectory | null,
): UnlistedServer['lost'] {
  if (mail !== null && (mail.holdsMessages || mail.hasSubfolders)) {
    return { because: 'its folder holds mail', where: path.relative(profile.path, mail.path) };
  }
  if (accountKey !== null) {
    return {
      because: 'an account that is not in the list names it',
      where: `${accountPrefix(accountKey)}server`,
    };
  }
  const generation = profile.generations.find((older) => listsServer(older, server));
  if (generation !== undefined) {
    return { because: 'an older copy of the settings lists it', where: generation.file };
  }
  if ((profile.prefsText?.parsed.problems.length ?? 0) > 0) {
    return { because: 'prefs.js could not be read to its end', where: 'prefs.js' };
  }
  return null;
}

/** The same key for the same host, in an account of the older list. */
function listsServer(older: PrefsText, server: IncomingServer): boolean {
  const values = effectiveValues(older.parsed);
  const text = (name: string): string => String(values.get(name)?.value ?? '');
  return (
    text(`${serverPrefix(server.key)}hostname`) === server.host &&
    text('mail.accountmanager.accounts')
      .split(',')
      .some((account) => account !== '' && text(`${accountPrefix(account)}server`) === server.key)
  );
}

function mailOf(profile: Profile, server: IncomingServer): MailDirectory | null {
  const own = profile.serverMail.get(server.key);
  const shared = [...profile.serverMail].some(
    ([key, other]) =>
      key !== server.key && isListed(profile, key) && other.directory.path === own?.directory.path,
  );
  if (own !== undefined && own.directory.from !== 'made' && own.mail.exists && !shared) return own.mail;
  const host = server.host;
  if (host === null || host === '') return null;
  return profile.unusedMail.find((directory) => path.basename(directory.path) === host) ?? null;
}

const isListed = (profile: Profile, serverKey: string): boolean =>
  profile.accountList.items.some((key) => profile.prefs.string(`${accountPrefix(key)}server`) === serverKey);

/** By its address (user name, or user at the host's domain) or by folders on that server. */
function belongsTo(identity: Identity, server: IncomingServer): boolean {
  const email = identity.email.toLowerCase();
  const user = server.username.toLowerCase();
  const host = comparableHost(server.host ?? '');
  if (email !== '' && email === user) return true;
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (email !== '' && email.startsWith(`${user}@`) && (host === domain || host.endsWith(`.${domain}`)))
    return true;
  return identity.folderUris.some(
    ({ uri }) => uri.toLowerCase().includes(`@${host}/`) && uri.includes(encodeURIComponent(server.username)),
  );
}
