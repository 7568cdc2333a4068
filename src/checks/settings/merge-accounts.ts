/**
 * Two accounts into one, as changes of prefs.js: the later one's lines go, its senders join the earlier one, and what
 * named the later one names the earlier one.
 */

import { type Account, accountPrefix, identityKeys } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { listWithout, type WantedPref } from '../pref-operations.ts';

export interface Merge {
  kept: Account;
  laterKey: string;
  /** Its lines go, too, unless both accounts are on the same entry. */
  later: IncomingServer;
  /** Identities that only the later one has. */
  identities: readonly string[];
}

export function mergeAccounts(profile: Profile, { kept, laterKey, later, identities }: Merge): WantedPref[] {
  const { prefs, accountList, servers } = profile;
  const isSameEntry = later.key === kept.server.key;
  const gone = [...prefs.names(accountPrefix(laterKey)), ...(isSameEntry ? [] : later.prefNames)];
  const list = listWithout([...new Set(accountList.items)], (key) => key !== laterKey);
  const wanted: WantedPref[] = [
    { name: 'mail.accountmanager.accounts', to: list },
    ...gone.map((name) => ({ name, to: null })),
  ];
  if (identities.length > 0) {
    const all = [...identityKeys(prefs, kept.key), ...identities];
    wanted.push({ name: `${accountPrefix(kept.key)}identities`, to: all.join(',') });
  }
  if (accountList.defaultKeySet === laterKey) {
    wanted.push({ name: 'mail.accountmanager.defaultaccount', to: kept.key });
  }
  if (!isSameEntry && accountList.localFoldersServer === later.key) {
    wanted.push({ name: 'mail.accountmanager.localfoldersserver', to: kept.server.key });
  }
  const deferring = servers.filter(
    ({ key, deferredTo }) => deferredTo === laterKey && !gone.includes(deferralOf(key)),
  );
  return [
    ...wanted,
    ...deferring.map(({ key }) => ({ name: deferralOf(key), to: key === kept.server.key ? null : kept.key })),
  ];
}

const deferralOf = (serverKey: string): string => `${serverPrefix(serverKey)}deferred_to_account`;
