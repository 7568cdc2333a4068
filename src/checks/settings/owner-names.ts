/**
 * Accounts and servers under the name that their owner knows: the e-mail address. Also of those that the program is
 * about to drop, which no list of accounts holds any more.
 */

import { accountPrefix, identityKeys } from '../../profile/accounts.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { OutgoingServer } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { serverName } from '../wording.ts';

export function ownerOfAccount(profile: Profile, accountKey: string): string {
  const { prefs } = profile;
  const address = identityKeys(prefs, accountKey)
    .map((key) => prefs.string(`mail.identity.${key}.useremail`) ?? '')
    .find((email) => email !== '');
  if (address !== undefined) return address;
  const serverKey = prefs.string(`${accountPrefix(accountKey)}server`);
  return serverKey === undefined ? accountKey : nameOfServer(profile, serverKey);
}

/** The address of the account that uses it, else its own name. */
export function ownerOfServer(profile: Profile, serverKey: string): string {
  const [accountKey] = accountsOfServer(profile, serverKey);
  return accountKey === undefined ? nameOfServer(profile, serverKey) : ownerOfAccount(profile, accountKey);
}

function nameOfServer(profile: Profile, serverKey: string): string {
  const server = profile.servers.find(({ key }) => key === serverKey);
  if (server === undefined) return serverKey;
  const isWhole = server.type !== null && server.host !== null;
  return isWhole || server.name === null ? serverName(server) : server.name;
}

export const nameOfOutgoing = ({ host, description, key }: OutgoingServer): string =>
  host || description || key;

/** Addresses that send through an outgoing server of that key, or through the default one for null. */
export function sendersThrough(profile: Profile, outgoingKey: string | null): string[] {
  return [...(sendersByOutgoing(profile).get(outgoingKey) ?? [])];
}

const sendersByOutgoing = oncePerProfile(({ accountList }) => {
  const senders = new Map<string | null, Set<string>>();
  for (const { outgoing, email } of accountList.accounts.flatMap((account) => account.identities)) {
    if (email === '') continue;
    const through = senders.get(outgoing) ?? new Set();
    senders.set(outgoing, through.add(email));
  }
  return senders;
});

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
