/**
 * From a server, identity or outgoing server to the accounts that use it.
 */

import { accountPrefix, identityKeys } from '../profile/accounts.ts';
import { oncePerProfile } from '../profile/once.ts';
import type { Profile } from '../profile/profile.ts';
import type { IncomingServer } from '../profile/servers.ts';

/** Keys of the listed accounts that name the server, also of those that the program would drop. */
export function accountsOfServer(profile: Profile, serverKey: string): string[] {
  return listedAccounts(profile).filter(
    (key) => profile.prefs.string(`${accountPrefix(key)}server`) === serverKey,
  );
}

export function accountsOfIdentity(profile: Profile, identityKey: string): string[] {
  return listedAccounts(profile).filter((key) => identityKeys(profile.prefs, key).includes(identityKey));
}

/** Accounts of which an identity sends through it, or all where it is the default. */
export function accountsOfOutgoing(profile: Profile, outgoingKey: string): string[] {
  const isDefault = profile.outgoing.defaultKey === outgoingKey;
  return profile.accountList.accounts
    .filter((account) =>
      account.identities.some((id) => id.outgoing === outgoingKey || (isDefault && id.outgoing === null)),
    )
    .map((account) => account.key);
}

/** Distinct items of the list. */
export const listedAccounts: (profile: Profile) => string[] = oncePerProfile((profile) => [
  ...new Set(profile.accountList.items),
]);

/** Servers that a listed account names: those that the program loads at its start. */
export function listedServers(profile: Profile): IncomingServer[] {
  const keys = new Set(
    listedAccounts(profile).map((key) => profile.prefs.string(`${accountPrefix(key)}server`)),
  );
  return profile.servers.filter((server) => keys.has(server.key));
}
