/**
 * What looks like a leftover and is none: senders and outgoing servers of an account that is only lost, because the list
 * does not name it (profile/account-unlisted) or only an older copy of the settings has it
 * (profile/accounts-in-older-settings); and senders that an account in the list has lost.
 */

import type { Account } from '../../profile/accounts.ts';
import type { Identity } from '../../profile/identities.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { type OutgoingServer, readOutgoing } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { namesServer, parseServerUri } from '../../profile/server-uri.ts';
import { unlistedServers, unusedIdentities } from '../../profile/unlisted.ts';
import { olderSettings } from '../profile/older-accounts.ts';

export interface UnusedIdentity {
  identity: Identity;
  /** The account in the list that it belongs to, where that is beyond doubt. */
  owner: Account | null;
}

/** Identities that no account uses, without those of lost accounts. */
export const identitiesOfNobody: (profile: Profile) => UnusedIdentity[] = oncePerProfile((profile) => {
  const ofLost = unlistedServers(profile)
    .filter(({ lost }) => lost !== null)
    .flatMap(({ identities }) => identities);
  const ofOlder = olderSettings(profile).flatMap(({ accounts }) =>
    accounts.flatMap(({ account }) => account.identities),
  );
  const needed = new Set([...ofLost, ...ofOlder].map(({ key }) => key));
  return unusedIdentities(profile)
    .filter(({ key }) => !needed.has(key))
    .map((identity) => ({ identity, owner: ownerOf(profile, identity) }));
});

/** Keys of the outgoing servers that some sender uses, or will use once its account is back. */
export const outgoingInUse: (profile: Profile) => Set<string> = oncePerProfile((profile) => {
  const ofNobody = new Set(
    identitiesOfNobody(profile)
      .filter(({ owner }) => owner === null)
      .map(({ identity }) => identity.key),
  );
  const keys = new Set(
    profile.identities.filter(({ key }) => !ofNobody.has(key)).flatMap(({ outgoing }) => outgoing ?? []),
  );
  const { defaultKey, defaultKeySet, listed } = profile.outgoing;
  if (defaultKey !== null) keys.add(defaultKey);
  // The default that is set does not exist: any of the list may be needed in its place.
  else if (defaultKeySet !== null) for (const key of listed) keys.add(key);
  for (const { older, accounts } of olderSettings(profile)) {
    const used = accounts.flatMap(({ account }) => account.identities.map(({ outgoing }) => outgoing));
    const wanted = readOutgoing(older).servers.filter(({ key }) => used.includes(key));
    for (const { key, host, username } of profile.outgoing.servers) {
      if (wanted.some((one) => one.host === host && one.username === username)) keys.add(key);
    }
  }
  return keys;
});

/** Not in use, and with the user of a leftover server or identity: it came with the same set-up (formats.md 3.7). */
export const outgoingOfBrokenOffSetUps: (profile: Profile) => OutgoingServer[] = oncePerProfile((profile) => {
  const users = new Set(
    [
      ...unlistedServers(profile)
        .filter(({ lost }) => lost === null)
        .map(({ server }) => server.username),
      ...identitiesOfNobody(profile)
        .filter(({ owner }) => owner === null)
        .map(({ identity }) => identity.email),
    ]
      .filter((user) => user !== '')
      .map((user) => user.toLowerCase()),
  );
  const used = outgoingInUse(profile);
  return profile.outgoing.servers.filter(
    ({ key, host, username }) => !used.has(key) && host !== '' && users.has(username.toLowerCase()),
  );
});

/** By its address or the folders that it names; not when the account has a sender of that address. */
function ownerOf({ accountList }: Profile, { email, folderUris }: Identity): Account | null {
  if (email === '') return null;
  const address = email.toLowerCase();
  const [only, another] = accountList.accounts.filter(
    ({ server, identities }) =>
      !['none', 'rss'].includes(server.type ?? '') &&
      !identities.some((own) => own.email.toLowerCase() === address) &&
      (server.username.toLowerCase() === address ||
        folderUris.some(({ uri }) => {
          const parsed = parseServerUri(uri);
          return parsed !== null && namesServer(parsed, server);
        })),
  );
  return another === undefined ? (only ?? null) : null;
}
