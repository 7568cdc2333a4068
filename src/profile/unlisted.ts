/**
 * Servers that no listed account uses: a lost account, or the leftover of a set-up (design.md 4, formats.md 3.7).
 * A leftover only if nothing at all speaks against it: prefs.js was read cleanly, no better generation lists it, its
 * folder can be looked into and holds no message, no subfolder and no index of one, and nothing else names it.
 */

import path from 'node:path';
import { effectiveValues } from '../formats/prefs/values.ts';
import { accountBranches, accountPrefix, identityKeys, isDuplicate } from './accounts.ts';
import { fromRelative } from './directories.ts';
import type { MailDirectory } from './folders.ts';
import { comparableHost } from './host-name.ts';
import type { Identity } from './identities.ts';
import { lostLinks } from './lost-links.ts';
import { oncePerProfile } from './once.ts';
import type { PrefsText, Profile } from './profile.ts';
import { type IncomingServer, serverPrefix } from './servers.ts';

export type LostBecause =
  | 'its folder holds mail'
  | 'its folder holds indexes of mail folders'
  | 'its folder cannot be looked into'
  | 'its folder is not here'
  | 'an account that is not in the list names it'
  | 'an account in the list has lost its server'
  | 'the program has replaced its server name'
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
  /** A server of a listed account that the program takes for the same: it would drop this one at once. */
  twin: IncomingServer | null;
  /** The listed account that has lost its server, where this one fits it: settings/account-without-server. */
  claimedBy: string | null;
}

/** One without a type is no server for the program; it is told only when there is mail of it. */
export const unlistedServers: (profile: Profile) => UnlistedServer[] = oncePerProfile((profile) => {
  const listed = listedServerKeys(profile);
  const common = surroundings(profile, listed);
  return profile.servers
    .filter((server) => !listed.has(server.key) && !server.hidden)
    .map((server) => describe(profile, server, common))
    .filter(({ server, lost }) => server.type !== null || lost?.because === 'its folder holds mail');
});

/** Identities that no account branch, listed or not, has in its list. */
export const unusedIdentities: (profile: Profile) => Identity[] = oncePerProfile((profile) => {
  const used = new Set(accountBranches(profile.prefs).flatMap((key) => identityKeys(profile.prefs, key)));
  return profile.identities.filter((identity) => !used.has(identity.key));
});

/** An account whose key only has a blank around it is listed: settings/account-list puts that right. */
function listedServerKeys({ prefs, accountList }: Profile): Set<string> {
  const keys = accountList.items.flatMap((item) => [item, ...item.split(/[\s;]+/)]);
  return new Set(keys.flatMap((key) => prefs.string(`${accountPrefix(key)}server`) ?? []));
}

/** What all unlisted servers are held against. */
interface Surroundings {
  listed: IncomingServer[];
  /** By the server that it names, the first of each. */
  accountBranches: ReadonlyMap<string, string>;
  /** Paths of the folders that listed servers use. */
  folders: ReadonlySet<string>;
  /** Folders of mail that no server uses, by their names in small letters, with and without a number. */
  unusedMail: ReadonlyMap<string, MailDirectory[]>;
}

function surroundings(profile: Profile, listed: ReadonlySet<string>): Surroundings {
  const { prefs, servers, serverMail, unusedMail } = profile;
  const branches = accountBranches(prefs).map((key): [string, string] => [
    prefs.string(`${accountPrefix(key)}server`) ?? '',
    key,
  ]);
  const used = [...serverMail].filter(([key]) => listed.has(key));
  const byName = new Map<string, MailDirectory[]>();
  for (const mail of unusedMail) {
    const name = path.basename(mail.path).toLowerCase();
    for (const one of new Set([name, withoutNumber(name)])) {
      const same = byName.get(one);
      if (same === undefined) byName.set(one, [mail]);
      else same.push(mail);
    }
  }
  return {
    listed: servers.filter(({ key }) => listed.has(key)),
    accountBranches: new Map(branches.reverse()),
    folders: new Set(used.map(([, { directory }]) => directory.path)),
    unusedMail: byName,
  };
}

function describe(profile: Profile, server: IncomingServer, common: Surroundings): UnlistedServer {
  const accountKey = common.accountBranches.get(server.key) ?? null;
  const mail = mailOf(profile, server, common);
  return {
    server,
    accountKey,
    mail,
    lost: whyLost(profile, server, accountKey, mail),
    identities: unusedIdentities(profile).filter((identity) => belongsTo(identity, server)),
    twin: common.listed.find((other) => isDuplicate(other, server)) ?? null,
    claimedBy: lostLinks(profile).find((link) => link.server?.key === server.key)?.accountKey ?? null,
  };
}

function whyLost(
  profile: Profile,
  server: IncomingServer,
  accountKey: string | null,
  mail: MailDirectory | null,
): UnlistedServer['lost'] {
  const inFolder = mail === null ? null : whatItsFolderSays(mail);
  if (mail !== null && inFolder !== null) {
    return { because: inFolder, where: path.relative(profile.path, mail.path) };
  }
  if (accountKey !== null) {
    return {
      because: 'an account that is not in the list names it',
      where: `${accountPrefix(accountKey)}server`,
    };
  }
  if (server.host === `${server.key}.invalid`) {
    return { because: 'the program has replaced its server name', where: 'prefs.js' };
  }
  const generation = profile.generations.find((older) => listsServer(older, server));
  if (generation !== undefined) {
    return { because: 'an older copy of the settings lists it', where: generation.file };
  }
  if (lostLinks(profile).some((link) => link.server === null || link.server.key === server.key)) {
    return { because: 'an account in the list has lost its server', where: 'prefs.js' };
  }
  if ((profile.prefsText?.parsed.problems.length ?? 0) > 0) {
    return { because: 'prefs.js could not be read to its end', where: 'prefs.js' };
  }
  const away = folderAway(profile, server);
  return away === null || mail !== null ? null : { because: 'its folder is not here', where: away };
}

/** A set-up that breaks off never gets as far as a list of folders: it leaves Inbox and Trash at most. */
const firstFolders = new Set(['inbox', 'trash']);

function whatItsFolderSays(mail: MailDirectory): LostBecause | null {
  if (mail.holdsMessages || mail.hasSubfolders) return 'its folder holds mail';
  if (mail.incomplete) return 'its folder cannot be looked into';
  const more = mail.folders.some((folder) => folder.hasIndex && !firstFolders.has(folder.path.toLowerCase()));
  return more ? 'its folder holds indexes of mail folders' : null;
}

/** Outside the profile, and not there: on a disk that is not attached, or on another computer. Null: neither. */
function folderAway(profile: Profile, server: IncomingServer): string | null {
  const directory = profile.serverMail.get(server.key)?.directory;
  if (directory === undefined || directory.from === 'made' || directory.exists) return null;
  return path.relative(profile.path, directory.path).startsWith('..') ? directory.path : null;
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

function mailOf(profile: Profile, server: IncomingServer, common: Surroundings): MailDirectory | null {
  const own = profile.serverMail.get(server.key);
  if (server.type === null) {
    const named = fromRelative(
      { profile: profile.path, home: '' },
      profile.prefs.string(`${serverPrefix(server.key)}directory-rel`),
    );
    return profile.unusedMail.find((directory) => directory.path === named) ?? null;
  }
  const shared = own !== undefined && common.folders.has(own.directory.path);
  if (own !== undefined && own.directory.from !== 'made' && own.mail.exists && !shared) return own.mail;
  const host = server.host;
  if (host === null || host === '') return null;
  // Also `imap.example-1.org`, the second folder of that name (formats.md 3.6).
  const named = common.unusedMail.get(host.toLowerCase()) ?? [];
  return named.find((directory) => whatItsFolderSays(directory) !== null) ?? named[0] ?? null;
}

const withoutNumber = (folder: string): string => folder.replace(/-\d+(?=\.[^.]*$|$)/, '');

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
