/**
 * How a lost account comes back into the list: the lines that its repair writes, or why the program would not take it.
 * Belongs here: only what is certain. A server name that was pasted with something around it is freed of it, as in
 * settings/host-malformed; one that the program has replaced comes from the folders of the account's own sender.
 */

import path from 'node:path';
import { accountPrefix, incomingTypes, isDuplicate } from '../../profile/accounts.ts';
import type { MailDirectory } from '../../profile/folders.ts';
import { comparableHost, hostFate } from '../../profile/host-name.ts';
import { likelyHost, likelyType } from '../../profile/lost-server-values.ts';
import type { Profile } from '../../profile/profile.ts';
import { parseServerUri, uriScheme } from '../../profile/server-uri.ts';
import { serverPrefix } from '../../profile/servers.ts';
import type { UnlistedServer } from '../../profile/unlisted.ts';
import { accountNumber, freeAccountKey } from '../free-keys.ts';
import type { WantedPref } from '../pref-operations.ts';
import { cleanHost } from '../settings/host-malformed.ts';

/** `formerFolder`: a folder of mail that it uses again. `refused`: what to do instead, for the owner. */
export type WayBack = { wanted: WantedPref[]; formerFolder: MailDirectory | null } | { refused: string };

export function wayBack(profile: Profile, unlisted: UnlistedServer): WayBack {
  const { server, lost, mail } = unlisted;
  if (lost?.because === 'its folder is not here') {
    return {
      refused: `Its mail folder is ${lost.where}, which is not there now. If it lies on a disk of its own, attach that and look again. Until then it is left alone.`,
    };
  }
  const type = server.type ?? likelyType(profile, server);
  const host = type === null ? null : usableHost(profile, unlisted, type);
  if (type !== null && !incomingTypes.includes(type)) {
    return {
      refused: `It is of a type ("${type}") that the program does not have without its add-on. Install the add-on again, or set the address up as an IMAP account; mail that is on the disk stays.`,
    };
  }
  if (type === null || host === null) {
    return {
      refused: `Its ${type === null ? 'type' : 'server name'} (${server.host === null ? 'missing' : `"${server.host}"`}) cannot work, and what it was cannot be told for certain. Set the account up again; its mail and its settings are left as they are.`,
    };
  }
  const restored = { ...server, type, host };
  if (
    unlisted.twin !== null ||
    profile.accountList.accounts.some((account) => isDuplicate(account.server, restored))
  ) {
    return {
      refused: `The program accepts one account for a mailbox, and another one for it is in the list already.${
        mail?.holdsMessages
          ? ` The mail in ${path.relative(profile.path, mail.path)} stays there; to see it, copy the files of that folder into the folder of Local Folders while the program is closed.`
          : ''
      }`,
    };
  }
  const formerFolder = folderOfFormerName(profile, unlisted, restored);
  const wanted = [
    ...accountLines(profile, unlisted),
    ...serverLines(profile, unlisted, restored, formerFolder),
  ];
  return { wanted, formerFolder };
}

/** Null: none that the program takes. */
function usableHost(profile: Profile, { server, identities }: UnlistedServer, type: string): string | null {
  const { host } = server;
  const isLost = host === null || host === '' || host === `${server.key}.invalid`;
  if (!isLost) return hostFate(type, host) === 'accepted' ? host : (cleanHost(type, host)?.host ?? null);
  const named = identities
    .flatMap(({ folderUris }) => folderUris.flatMap(({ uri }) => parseServerUri(uri) ?? []))
    .filter((uri) => uri.scheme === uriScheme(type) && uri.user === server.username);
  const [former, another] = [...new Map(named.map((uri) => [comparableHost(uri.host), uri.host])).values()];
  if (another !== undefined) return null;
  if (former !== undefined) return hostFate(type, former) === 'accepted' ? former : null;
  return host === `${server.key}.invalid` ? null : likelyHost(profile, server, type);
}

function accountLines(profile: Profile, { server, accountKey, identities }: UnlistedServer): WantedPref[] {
  const { prefs, accountList } = profile;
  const key = accountKey ?? freeAccountKey(profile);
  const list = { name: 'mail.accountmanager.accounts', to: [...accountList.items, key].join(',') };
  if (accountKey !== null) return [list];
  const wanted: WantedPref[] = [list, { name: `${accountPrefix(key)}server`, to: server.key }];
  const identityKeys = identities.map((identity) => identity.key).join(',');
  if (identityKeys !== '') wanted.push({ name: `${accountPrefix(key)}identities`, to: identityKeys });
  if (prefs.has('mail.account.lastKey')) {
    wanted.push({ name: 'mail.account.lastKey', to: Math.max(accountList.lastKey ?? 0, accountNumber(key)) });
  }
  return wanted;
}

/** The folder that the program made for a name it could not read is empty: the former one is used again, if it is there. */
function folderOfFormerName(
  profile: Profile,
  { server, mail }: UnlistedServer,
  { type, host }: { type: string; host: string },
): MailDirectory | null {
  const holdsNothing =
    mail === null || (!mail.holdsMessages && !mail.hasSubfolders && mail.folders.length === 0);
  if (server.host === host || !holdsNothing) return null;
  const former = path.join(profile.path, type === 'imap' ? 'ImapMail' : 'Mail', host);
  return profile.unusedMail.find((unused) => unused.path === former) ?? null;
}

function serverLines(
  profile: Profile,
  { server }: UnlistedServer,
  { type, host }: { type: string; host: string },
  formerFolder: MailDirectory | null,
): WantedPref[] {
  const prefix = serverPrefix(server.key);
  const wanted: WantedPref[] = [
    { name: `${prefix}type`, to: type },
    { name: `${prefix}hostname`, to: host },
  ];
  if (formerFolder === null) return wanted;
  const relative = path.relative(profile.path, formerFolder.path).split(path.sep).join('/');
  return [
    ...wanted,
    { name: `${prefix}directory-rel`, to: `[ProfD]${relative}` },
    { name: `${prefix}directory`, to: null },
  ];
}
