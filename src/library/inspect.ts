/**
 * `inspect`: the settings sheet of a profile as a document.
 */

import { type Account, identityKeys } from '../profile/accounts.ts';
import { type Identity, readIdentity } from '../profile/identities.ts';
import { isFoundBy, loginKeyOf, needsLogin } from '../profile/login-keys.ts';
import type { OutgoingServer } from '../profile/outgoing.ts';
import type { Profile } from '../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../profile/servers.ts';
import { type Migrated, migrationAtStart } from '../profile/start-migration.ts';
import { lockState } from '../system/lock-state.ts';
import type { OpenedRow, UnlockedFacts } from '../unlock/opened.ts';
import type { InspectDocument, SavedPassword, SheetAccount } from './documents/inspect.ts';
import { dropReasonInWords } from './drop-reasons.ts';
import { readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

interface Sheet {
  profile: Profile;
  /** Null without `--unlock`. */
  unlocked: UnlockedFacts | null;
}

export function inspectProfile(world: World, selected: SelectedProfile): InspectDocument {
  const profile = readSelected(world, selected);
  const sheet: Sheet = { profile, unlocked: world.unlock?.(world.fs) ?? null };
  const lock = lockState(world.fs, world.locks, profile.path, world.platform);
  const leftOut = whatIsLeftOut(profile);
  const { accounts, dropped } = profile.accountList;
  const migrated = migrationAtStart(profile.prefs, profile.outgoing, profile.program);
  return {
    schema: 'mailmend/inspect@1',
    complete: leftOut.length === 0,
    profile: profileHeader(world, profile, lock),
    accounts: shownAccounts(profile).map((account) =>
      sheetOfAccount(sheet, { ...account, server: migrated.incoming(account.server) }),
    ),
    dropped: dropped.map((account) => ({
      key: account.key,
      reason: account.reason,
      why: dropReasonInWords(account),
    })),
    hidden: accounts.filter(({ server }) => server.hidden).map(({ key }) => key),
    ...sheetOfOutgoing(sheet, migrated),
    addressBooks: profile.addressBooks.map(({ name, file, format, cards, lists, shown }) => ({
      name,
      file,
      format,
      cards,
      lists,
      shown,
    })),
    directories: profile.ldap.map((directory) => ({ ...directory })),
    calendars: profile.calendars.map((calendar) => ({ ...calendar, name: calendar.name ?? '' })),
    folders: foldersOf(profile),
    addons: profile.addOns.map(({ id, name, version, enabled }) => ({ id, name, version, enabled })),
    leftOut,
  };
}

/** In the order of the program, which puts what it adds at the end. */
const shownAccounts = ({ accountList }: Profile): Account[] =>
  [...accountList.accounts, ...accountList.added].filter(({ server }) => !server.hidden);

function sheetOfAccount(sheet: Sheet, account: Account): SheetAccount {
  const { profile } = sheet;
  const { server, host } = account;
  // As often as it stands in the list: the program shows an identity that is listed twice, twice.
  const identities = identityKeys(profile.prefs, account.key).map((key) => readIdentity(profile.prefs, key));
  return {
    key: account.key,
    name: chatName(profile, server) ?? (server.name || nameFromServer(account, identities[0])),
    default: account.key === profile.accountList.defaultKey,
    added: profile.accountList.added.some(({ key }) => key === account.key),
    incoming: {
      key: server.key,
      type: server.type ?? 'unknown',
      server: host,
      port: server.port,
      username: server.username,
      security: server.security,
      authentication: server.authentication,
      replaces: host === server.host ? null : server.host,
      directory: profile.serverMail.get(server.key)?.directory.path ?? null,
      storage: server.storage,
    },
    identities: identities.map(({ key, email, name, outgoing }) => ({ key, email, name, outgoing })),
    savedPassword: savedPassword(sheet, { ...server, host }),
  };
}

/** As the program names an account without a name of its own, in English. */
function nameFromServer({ server, host }: Account, first: Identity | undefined): string {
  const { username } = server;
  if (server.type !== 'imap') return username === '' ? host : `${username} on ${host}`;
  return `Mail for ${first === undefined ? (username === '' ? '' : `${username}@${host}`) : first.email}`;
}

/** The program shows chat accounts by what they are called there; null for any other, and where that is not known. */
function chatName({ prefs }: Profile, server: IncomingServer): string | null {
  if (server.type !== 'im') return null;
  const account = `messenger.account.${prefs.string(`${serverPrefix(server.key)}imAccount`) ?? ''}`;
  const protocol = prefs.string(`${account}.prpl`);
  const name = prefs.string(`${account}.name`);
  return protocol && name ? `${chatProtocols[protocol] ?? protocol} - ${name}` : null;
}

const chatProtocols: Record<string, string> = {
  'prpl-irc': 'IRC',
  'prpl-jabber': 'XMPP',
  'prpl-matrix': 'Matrix',
};

/** One of a type that the program cannot make takes the whole list with it (formats.md 3.5; measured with 153.7). */
function sheetOfOutgoing(
  sheet: Sheet,
  migrated: Migrated,
): Pick<InspectDocument, 'outgoing' | 'outgoingDropped'> {
  const { profile } = sheet;
  const { listed, servers, defaultKey, poisonedBy } = profile.outgoing;
  const byKey = new Map(servers.map((server) => [server.key, migrated.outgoing(server)]));
  const inOrder = listed.flatMap((key) => byKey.get(key) ?? []);
  if (poisonedBy.length > 0 && !migrated.heals) {
    const dropped = inOrder.map(({ key, type }) => ({
      key,
      why: poisonedBy.includes(key)
        ? `its type "${type}" is not one that the program can make`
        : `the list holds ${poisonedBy.join(', ')}, over which the program gives the whole list up`,
    }));
    return { outgoing: [], outgoingDropped: dropped };
  }
  const outgoing = inOrder.map((server) => ({
    key: server.key,
    type: server.type,
    default: server.key === defaultKey,
    description: server.description,
    server: server.host,
    port: server.port,
    username: server.username,
    security: server.security,
    authentication: server.authentication,
    savedPassword: savedPassword(sheet, server),
  }));
  return { outgoing, outgoingDropped: [] };
}

/** By origin and realm alone, where nothing was opened: the user names of saved logins are encrypted, too. */
function savedPassword({ profile, unlocked }: Sheet, server: IncomingServer | OutgoingServer): SavedPassword {
  if (!needsLogin(server)) return null;
  const key = loginKeyOf(server);
  const { live, logins, backup } = profile.logins;
  const file = [logins, backup].find((candidate) => candidate.file === live);
  // The stores of older programs are not read.
  if (live !== null && file === undefined) return null;
  // Over one row that is no object the program's look-up throws, whatever it looks for (measured with 153.7).
  const rows = file === undefined || file.oddRows.length > 0 ? [] : file.logins;
  const found = rows.filter(
    (row) => !row.deleted && !row.hasNullField && key !== null && isFoundBy(row, key),
  );
  if (found.length === 0 || key === null) return 'missing';
  if (unlocked === null) return 'saved';
  const opened = found.flatMap(({ offset }) => unlocked.rows.get(live ?? '')?.get(offset) ?? []);
  const isOwn = ({ username }: OpenedRow): boolean => key.username === '' || username === key.username;
  if (opened.some((row) => row.unreadable === null && !row.refused && isOwn(row))) return 'readable';
  if (opened.some(({ unreadable }) => unreadable === 'locked')) return 'locked';
  return opened.some(({ unreadable, refused }) => unreadable !== null || refused) ? 'unreadable' : 'missing';
}

function foldersOf(profile: Profile): InspectDocument['folders'] {
  return shownAccounts(profile).flatMap((account) =>
    (profile.serverMail.get(account.server.key)?.mail.folders ?? []).map((folder) => ({
      account: account.key,
      path: folder.path,
      file: folder.file,
      storage: folder.storage,
      bytes: folder.bytes,
      messages: null,
      deleted: null,
      counted: null,
    })),
  );
}

function whatIsLeftOut(profile: Profile): InspectDocument['leftOut'] {
  const books = profile.addressBooks
    .filter((book) => book.cards === null && (book.format === 'sqlite' || book.format === 'mork'))
    .map((book) => ({ what: book.file ?? book.name, reason: 'its cards could not be counted' }));
  const mail = [...profile.serverMail.values()]
    .filter(({ mail: directory }) => directory.incomplete)
    .map(({ mail: directory }) => ({ what: directory.path, reason: 'not all of it could be listed' }));
  return [...profile.notRead.map(({ what, why }) => ({ what, reason: why })), ...books, ...mail];
}
