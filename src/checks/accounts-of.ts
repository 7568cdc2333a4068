/**
 * From a server, identity or outgoing server to the accounts that use it.
 */

import { accountPrefix, identityKeys } from '../profile/accounts.ts';
import { oncePerProfile } from '../profile/once.ts';
import type { Profile } from '../profile/profile.ts';
import type { IncomingServer } from '../profile/servers.ts';

/** Keys of the listed accounts that name the server, also of those that the program would drop. */
export function accountsOfServer(profile: Profile, serverKey: string): string[] {
  return byServer(profile).get(serverKey) ?? [];
}

export function accountsOfIdentity(profile: Profile, identityKey: string): string[] {
  return byIdentity(profile).get(identityKey) ?? [];
}

/** Accounts of which an identity sends through it, or all where it is the default. */
export function accountsOfOutgoing(profile: Profile, outgoingKey: string): string[] {
  return byOutgoing(profile).get(outgoingKey) ?? [];
}

/** Distinct items of the list. */
export const listedAccounts: (profile: Profile) => string[] = oncePerProfile((profile) => [
  ...new Set(profile.accountList.items),
]);

/** Servers that a listed account names: those that the program loads at its start. */
export const listedServers: (profile: Profile) => IncomingServer[] = oncePerProfile((profile) =>
  profile.servers.filter((server) => byServer(profile).has(server.key)),
);

const byServer = oncePerProfile((profile) =>
  grouped(listedAccounts(profile), (key) => [profile.prefs.string(`${accountPrefix(key)}server`)]),
);

const byIdentity = oncePerProfile((profile) =>
  grouped(listedAccounts(profile), (key) => identityKeys(profile.prefs, key)),
);

const byOutgoing = oncePerProfile(({ accountList: { accounts }, outgoing: { defaultKey } }) => {
  const through = new Map(
    accounts.map(({ key, identities }) => [key, identities.map((id) => id.outgoing ?? defaultKey)]),
  );
  return grouped([...through.keys()], (key) => through.get(key) ?? []);
});

/** The accounts by what they name, each once and in their order. */
function grouped(
  accounts: readonly string[],
  namedBy: (account: string) => readonly (string | null | undefined)[],
): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const account of accounts) {
    for (const name of new Set(namedBy(account))) {
      if (name === null || name === undefined) continue;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [account]);
      else group.push(account);
    }
  }
  return groups;
}
