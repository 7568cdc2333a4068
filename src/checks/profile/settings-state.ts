/**
 * In what state the settings are, as far as the checks of this cause wait for each other: nothing is told of the list
 * of accounts while prefs.js is damaged, and nothing of single accounts while the list is lost.
 */

import { accountBranches, accountPrefix, incomingTypes, isDuplicate } from '../../profile/accounts.ts';
import type { MailDirectory } from '../../profile/folders.ts';
import { hostFate } from '../../profile/host-name.ts';
import type { Profile } from '../../profile/profile.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import type { CheckId } from '../finding.ts';
import { bestCopy } from './settings-copy.ts';

/** `no-account`: the program has started with an empty file and written a new, small one (breakage.md). */
export type Emptiness = 'missing' | 'empty' | 'no-account';

/** Null: there are settings of accounts, or there is neither mail that would need some nor a copy that has them. */
export function emptiness(profile: Profile): Emptiness | null {
  const { prefsText, accountList, identities, outgoing, servers } = profile;
  if (prefsText === null || prefsText.blank) {
    if (mailWithoutAccount(profile).length === 0 && bestCopy(profile) === null) return null;
    return prefsText === null ? 'missing' : 'empty';
  }
  if (prefsText.parsed.problems.length > 0 || accountList.dropped.length > 0) return null;
  const hasAccount =
    servers.some(({ type }) => type !== 'none') || identities.length > 0 || outgoing.servers.length > 0;
  return !hasAccount && mailWithoutAccount(profile).length > 0 ? 'no-account' : null;
}

/** Folders below Mail, ImapMail and News that hold mail and belong to no server. */
export function mailWithoutAccount({ unusedMail }: Profile): MailDirectory[] {
  return unusedMail.filter((directory) => directory.holdsMessages || directory.hasSubfolders);
}

/**
 * Accounts whose server is complete, in the order of their numbers, where the list names none. Left out are those that
 * the program would drop again, or crash over: they come back one by one (profile/account-unlisted).
 */
export function unlistedAccounts(profile: Profile): string[] {
  if (profile.accountList.items.length > 0) return [];
  const taken: IncomingServer[] = [];
  return accountBranches(profile.prefs)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .filter((key) => {
      const serverKey = profile.prefs.string(`${accountPrefix(key)}server`);
      const server = profile.servers.find((candidate) => candidate.key === serverKey);
      if (server === undefined || taken.includes(server) || !isComplete(server)) return false;
      if (taken.some((earlier) => isDuplicate(earlier, server))) return false;
      taken.push(server);
      return true;
    });
}

const isComplete = ({ type, host }: IncomingServer): boolean =>
  type !== null && incomingTypes.includes(type) && !!host && hostFate(type, host) === 'accepted';

/** The check whose finding has to be put right first; null: single accounts can be looked at. */
export function blockerOf(profile: Profile): CheckId | null {
  if (emptiness(profile) !== null) return 'profile/prefs-empty';
  if ((profile.prefsText?.parsed.problems.length ?? 0) > 0) return 'profile/prefs-damaged';
  return unlistedAccounts(profile).length > 0 ? 'profile/account-list-lost' : null;
}
