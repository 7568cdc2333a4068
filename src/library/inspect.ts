/**
 * `inspect`: the settings sheet of a profile as a document.
 */

import { loginKeyOf } from '../profile/login-keys.ts';
import type { OutgoingServer } from '../profile/outgoing.ts';
import type { Profile } from '../profile/profile.ts';
import type { IncomingServer } from '../profile/servers.ts';
import { lockState } from '../system/lock-state.ts';
import type { InspectDocument, SavedPassword, SheetAccount, SheetOutgoing } from './documents/inspect.ts';
import { dropReasonInWords } from './drop-reasons.ts';
import { readSelected } from './gather-facts.ts';
import { profileHeader } from './profile-header.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export function inspectProfile(world: World, selected: SelectedProfile): InspectDocument {
  const profile = readSelected(world, selected);
  const lock = lockState(world.fs, world.locks, profile.path, world.platform);
  const leftOut = whatIsLeftOut(profile);
  return {
    schema: 'mailmend/inspect@1',
    complete: leftOut.length === 0,
    profile: profileHeader(world, profile, lock),
    accounts: profile.accountList.accounts.map((account): SheetAccount => {
      const { server } = account;
      return {
        key: account.key,
        name: server.name || nameFromServer(server),
        default: account.key === profile.accountList.defaultKey,
        incoming: {
          key: server.key,
          type: server.type ?? 'unknown',
          server: server.host,
          port: server.port,
          username: server.username,
          security: server.security,
          authentication: server.authentication,
          directory: profile.serverMail.get(server.key)?.directory.path ?? null,
          storage: server.storage,
        },
        identities: account.identities.map(({ key, email, name, outgoing }) => ({
          key,
          email,
          name,
          outgoing,
        })),
        savedPassword: savedPassword(profile, server),
      };
    }),
    dropped: profile.accountList.dropped.map((dropped) => ({
      key: dropped.key,
      reason: dropped.reason,
      why: dropReasonInWords(dropped),
    })),
    outgoing: sheetOfOutgoing(profile),
    addressBooks: profile.addressBooks.map(({ name, file, format, cards, lists }) => ({
      name,
      file,
      format,
      cards,
      lists,
    })),
    directories: profile.ldap.map((directory) => ({ ...directory })),
    calendars: profile.calendars.map((calendar) => ({ ...calendar, name: calendar.name ?? '' })),
    folders: foldersOf(profile),
    addons: profile.addOns.map(({ id, name, version, enabled }) => ({ id, name, version, enabled })),
    leftOut,
  };
}

/** As the program names an account without a name of its own: user on host. */
function nameFromServer(server: IncomingServer): string {
  if (server.type === 'none') return server.host ?? '';
  return server.username === '' ? (server.host ?? '') : `${server.username} on ${server.host ?? ''}`;
}

/** What the program lists; one of a type that it cannot make takes the whole list with it (formats.md 3.5). */
function sheetOfOutgoing(profile: Profile): SheetOutgoing[] {
  return profile.outgoing.servers
    .filter((server) => server.listed)
    .map((server) => ({
      key: server.key,
      default: server.key === profile.outgoing.defaultKey,
      description: server.description,
      server: server.host,
      port: server.port,
      username: server.username,
      security: server.security,
      authentication: server.authentication,
      savedPassword: savedPassword(profile, server),
    }));
}

/** By origin and realm alone: the user names of saved logins are encrypted, too. */
function savedPassword(profile: Profile, server: IncomingServer | OutgoingServer): SavedPassword {
  const key = loginKeyOf(server);
  if (key === null || server.authentication === 'none') return null;
  const { live, logins, backup } = profile.logins;
  const rows = (live === logins.file ? logins : backup).logins;
  const found = rows.some(
    (row) => !row.deleted && row.origin === key.origin && (key.realm === null || row.realm === key.realm),
  );
  return found ? 'saved' : 'missing';
}

function foldersOf(profile: Profile): InspectDocument['folders'] {
  return profile.accountList.accounts.flatMap((account) =>
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
