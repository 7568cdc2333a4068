/**
 * Looks for: an account of a type that the program does not have: its add-on is gone (Owl), or the type was given up.
 * Why: at its next start the program drops the account and deletes the link to its identities (formats.md 3.5, A9).
 * Found: by the list of built-in types. An account that asks to be kept while its add-on is away
 * (`secondsToLeaveUnavailable`) is in order as long as the program has never missed the add-on.
 * Repaired: not. The type cannot be replaced: only the add-on knows how to reach that server.
 */

import { incomingTypes } from '../../profile/accounts.ts';
import { bringsType } from '../../profile/add-ons.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  server: IncomingServer;
  type: string;
  /** The program has missed it before and drops it when the time is over; false: at the next start. */
  waits: boolean;
}

export const unknownServerType = defineCheck<State>({
  meta: {
    id: 'settings/unknown-server-type',
    severity: 'error',
    title: 'An account of a type that the program does not know',
    looksFor:
      'An account whose type comes from an add-on that is not there, or that today’s program no longer has.',
    why: 'The program cannot load the account. At its next start it drops the account from its list and deletes the link to its address and signature.',
    repair: 'None: only the add-on that made the account can reach its server. What to do is told.',
    faults: ['formats.md A9'],
  },

  find({ profile }) {
    return listedServers(profile).flatMap((server) => {
      const { type } = server;
      if (type === null || type === '' || isKnown(profile, type)) return [];
      const prefix = serverPrefix(server.key);
      if (server.isWaitedFor) return [];
      const waits = (profile.prefs.int(`${prefix}secondsToLeaveUnavailable`) ?? 0) !== 0;
      return [
        {
          subject: { kind: 'server', id: server.key },
          evidence: [
            prefEvidence(profile, `${prefix}type`),
            ...(waits ? [prefEvidence(profile, `${prefix}timeFoundUnavailable`)] : []),
          ],
          state: { server, type, waits },
          start: 'loses',
          accounts: accountsOfServer(profile, server.key),
        },
      ];
    });
  },

  words({ state: { server, type, waits } }, { profile }) {
    const owner = ownerOfServer(profile, server.key);
    const effect = waits
      ? 'The program has already missed the add-on that this account needs. It keeps the account for a while, and drops it when that time is over.'
      : 'At its next start the program drops the account from its list and deletes the link to its address and signature. Mail on the disk stays.';
    const advice =
      type === 'movemail'
        ? 'Thunderbird gave this type up with version 91. Keep a copy of the profile before you start a newer one.'
        : 'If you still use the add-on, install the version that fits your program before you start with this profile. If not, set the address up as an IMAP account.';
    return {
      title: `The account ${owner} is of a type ("${type}") that the program does not have`,
      detail: `${effect} ${advice}${userJsNote(profile, [`${serverPrefix(server.key)}type`])}`,
    };
  },
});

/** Movemail was built in up to version 90. */
function isKnown({ addOns, version }: Profile, type: string): boolean {
  if (incomingTypes.includes(type)) return true;
  if (type === 'movemail') return Number.parseInt(version ?? '', 10) < 91;
  return bringsType(addOns, type);
}
