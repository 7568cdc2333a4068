/**
 * What looks like a leftover and is none, because an account needs it that is only lost: its server is there and the
 * list does not name it (profile/account-unlisted), or an older copy of the settings still has it
 * (profile/accounts-in-older-settings).
 */

import { outgoingPrefix, readOutgoing } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { unlistedServers } from '../../profile/unlisted.ts';
import { olderSettings } from '../profile/older-accounts.ts';

export interface StillNeeded {
  /** Keys. */
  identities: ReadonlySet<string>;
  /** Keys. */
  outgoing: ReadonlySet<string>;
}

export function stillNeeded(profile: Profile): StillNeeded {
  const lost = unlistedServers(profile).filter((unlisted) => unlisted.lost !== null);
  const older = olderSettings(profile);
  const olderIdentities = older.flatMap(({ accounts }) => accounts.flatMap(({ account }) => account.identities));
  const identities = new Set(
    [...lost.flatMap((unlisted) => unlisted.identities), ...olderIdentities].map((identity) => identity.key),
  );
  const olderOutgoing = older.flatMap(({ older: prefs, accounts }) => {
    const used = accounts.flatMap(({ account }) => account.identities.flatMap((identity) => identity.outgoing ?? []));
    return readOutgoing(prefs).servers.filter(({ key }) => used.includes(key));
  });
  const outgoing = profile.outgoing.servers.filter(
    ({ key, host, username }) =>
      olderOutgoing.some((one) => one.host === host && one.username === username) ||
      lost.some(({ server }) => server.username !== '' && server.username === username && profile.prefs.has(`${outgoingPrefix(key)}hostname`)),
  );
  return { identities, outgoing: new Set(outgoing.map(({ key }) => key)) };
}
