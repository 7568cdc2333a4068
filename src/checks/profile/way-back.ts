/**
 * How a lost account comes back into the list: the lines that its repair writes, or why the program would not take it.
 * Belongs here: only what is certain. A server name that was pasted with something around it is freed of it, as in
 * settings/host-malformed; one that the program has replaced comes from the folders of the account's own sender.
 */

import path from 'node:path';
import { accountBranches, accountPrefix, incomingTypes, isDuplicate } from '../../profile/accounts.ts';
import { comparableHost, hostFate } from '../../profile/host-name.ts';
import type { Profile } from '../../profile/profile.ts';
import { parseServerUri, uriScheme } from '../../profile/server-uri.ts';
import { serverPrefix } from '../../profile/servers.ts';
import type { UnlistedServer } from '../../profile/unlisted.ts';
import type { WantedPref } from '../pref-operations.ts';
import { cleanHost } from '../settings/host-malformed.ts';

/** `refused`: what to do instead, for the owner. */
export type WayBack = { wanted: WantedPref[] } | { refused: string };

export function wayBack(profile: Profile, unlisted: UnlistedServer): WayBack {
  const { server, lost, mail } = unlisted;
  const type = server.type ?? '';
  const folder = mail === null ? null : path.relative(profile.path, mail.path);
  if (lost?.because === 'its folder is not here') {
    return {
      refused: `Its mail folder is ${lost.where}, which is not there now. If it lies on a disk of its own, attach that and look again. Until then it is left alone.`,
    };
  }
  if (!incomingTypes.includes(type)) {
    return {
      refused: `It is of a type ("${type}") that the program does not have without its add-on. Install the add-on again, or set the address up as an IMAP account; mail that is on the disk stays.`,
    };
  }
  const host = usableHost(unlisted);
  if (host === null) {
    return {
      refused: `Its server name ("${server.host ?? ''}") cannot work, and what it was cannot be told for certain. Set the account up again; its mail and its settings are left as they are.`,
    };
  }
  const twin = unlisted.twin ?? twinOf(profile, unlisted, host);
  if (twin) {
    return {
      refused: `The program accepts one account for a mailbox, and another one for it is in the list already.${
        mail?.holdsMessages
          ? ` The mail in ${folder} stays there; to see it, copy the files of that folder into the folder of Local Folders while the program is closed.`
          : ''
      }`,
    };
  }
  return { wanted: [...accountLines(profile, unlisted), ...hostLines(profile, unlisted, host)] };
}

/** Null: none that the program takes. */
function usableHost({ server, identities }: UnlistedServer): string | null {
  const { type, host } = server;
  if (type === null || host === null || host === '') return null;
  if (host !== `${server.key}.invalid`) {
    return hostFate(type, host) === 'accepted' ? host : (cleanHost(type, host)?.host ?? null);
  }
  const named = identities
    .flatMap(({ folderUris }) => folderUris.flatMap(({ uri }) => parseServerUri(uri) ?? []))
    .filter((uri) => uri.scheme === uriScheme(type) && uri.user === server.username);
  const [former, another] = [...new Map(named.map((uri) => [comparableHost(uri.host), uri.host])).values()];
  return former !== undefined && another === undefined && hostFate(type, former) === 'accepted'
    ? former
    : null;
}

function twinOf({ accountList }: Profile, { server }: UnlistedServer, host: string): boolean {
  return accountList.accounts.some((account) => isDuplicate(account.server, { ...server, host }));
}

function accountLines(
  { prefs, accountList }: Profile,
  { server, accountKey, identities }: UnlistedServer,
): WantedPref[] {
  const key = accountKey ?? freeAccountKey(prefs, accountList);
  const list = { name: 'mail.accountmanager.accounts', to: [...accountList.items, key].join(',') };
  if (accountKey !== null) return [list];
  const wanted: WantedPref[] = [list, { name: `${accountPrefix(key)}server`, to: server.key }];
  const identityKeys = identities.map((identity) => identity.key).join(',');
  if (identityKeys !== '') wanted.push({ name: `${accountPrefix(key)}identities`, to: identityKeys });
  if (prefs.has('mail.account.lastKey')) {
    wanted.push({ name: 'mail.account.lastKey', to: Math.max(accountList.lastKey ?? 0, numberOf(key)) });
  }
  return wanted;
}

/** The folder that the program made for the name it could not read is empty: the former one is used again, if it is there. */
function hostLines(profile: Profile, { server, mail }: UnlistedServer, host: string): WantedPref[] {
  if (host === server.host) return [];
  const prefix = serverPrefix(server.key);
  const wanted: WantedPref[] = [{ name: `${prefix}hostname`, to: host }];
  const root = server.type === 'imap' ? 'ImapMail' : 'Mail';
  const former = profile.unusedMail.find((unused) => unused.path === path.join(profile.path, root, host));
  const holdsNothing =
    mail === null || (!mail.holdsMessages && !mail.hasSubfolders && mail.folders.length === 0);
  if (former !== undefined && holdsNothing) {
    wanted.push(
      { name: `${prefix}directory-rel`, to: `[ProfD]${root}/${host}` },
      { name: `${prefix}directory`, to: null },
    );
  }
  return wanted;
}

const numberOf = (key: string): number => Number(/^account(\d{1,9})$/.exec(key)?.[1] ?? 0);

/** Above every number that was ever handed out, so that nothing is inherited and nothing overwritten. */
function freeAccountKey(prefs: Profile['prefs'], { items, lastKey }: Profile['accountList']): string {
  const numbers = [...accountBranches(prefs), ...items].map(numberOf);
  return `account${Math.max(0, lastKey ?? 0, ...numbers) + 1}`;
}
