/**
 * Looks for: an identity that sends through an outgoing server that is not in the list.
 * Why: it cannot send: there is no falling back to the default (formats.md 3.5, A11; measured with 153.7). Removing a
 * server in the program clears such links, so one that is left is damage.
 * Found: only identities of accounts that the program shows.
 * Repaired: where the server's lines are complete, it goes back into the list. Else the link goes and the default is
 * used, when that is the only server or in the domain of the address.
 */

import { type Identity, identityPrefix } from '../../profile/identities.ts';
import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfIdentity } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import {
  defaultServer,
  fitsAddress,
  isMisspelt,
  isThere,
  unlistedServer,
  usableServers,
  whyNotThere,
} from './outgoing-choice.ts';
import { nameOfOutgoing } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  identity: Identity;
  key: string;
  remedy: { kind: 'list-again' | 'use-default'; server: OutgoingServer } | null;
}

const linkOf = (identity: Identity): string => `${identityPrefix(identity.key)}smtpServer`;

export const identityOutgoingMissing = defineCheck<State>({
  meta: {
    id: 'settings/identity-outgoing-missing',
    severity: 'error',
    title: 'An address that sends through a server that does not exist',
    looksFor: 'An identity whose outgoing server is not in the list of outgoing servers.',
    why: 'The program does not take the default server instead: nothing can be sent from this address.',
    repair:
      'If the settings of the missing server are still there, it goes back into the list. Otherwise the address uses the default server, when that is the only one or belongs to the same domain.',
    faults: ['formats.md A11', 'postbox.md 8.1 A7'],
  },

  find({ profile }) {
    const shown = profile.accountList.accounts.flatMap((account) => account.identities);
    const distinct = [...new Map(shown.map((identity) => [identity.key, identity])).values()];
    return distinct.flatMap((identity) => {
      const key = identity.outgoing;
      if (key === null || isThere(profile, key) || isMisspelt(profile, key)) return [];
      const remedy = remedyFor(profile, identity, key);
      return [
        {
          subject: { kind: 'identity', id: identity.key },
          evidence: [
            prefEvidence(profile, linkOf(identity)),
            prefEvidence(profile, 'mail.smtpservers'),
            ...(remedy?.kind === 'list-again'
              ? [prefEvidence(profile, `${outgoingPrefix(key)}hostname`)]
              : []),
          ],
          state: { identity, key, remedy },
          accounts: accountsOfIdentity(profile, identity.key),
        },
      ];
    });
  },

  words({ state: { identity, key, remedy } }, { profile }) {
    const advice =
      remedy === null
        ? 'Choose its outgoing server under Account Settings, at the end of the page of this account.'
        : remedy.kind === 'list-again'
          ? `The settings of ${nameOfOutgoing(remedy.server)} are complete; only the list has lost it.`
          : `The default server ${nameOfOutgoing(remedy.server)} fits this address.`;
    return {
      title: `${identity.email || identity.key} cannot send: its outgoing server ("${key}") ${whyNotThere(profile, key)}`,
      detail: `The program does not take another server instead. ${advice}${userJsNote(profile, [linkOf(identity), 'mail.smtpservers'])}`,
    };
  },

  repair({ state: { identity, remedy } }, { profile }) {
    if (remedy === null) return null;
    const server = nameOfOutgoing(remedy.server);
    const wanted: WantedPref =
      remedy.kind === 'use-default'
        ? { name: linkOf(identity), to: null }
        : { name: 'mail.smtpservers', to: [...profile.outgoing.listed, remedy.server.key].join(',') };
    const who = identity.email || identity.key;
    const edit = editPrefsOperation(profile, [wanted], `so that ${who} can send through ${server}`);
    const title =
      remedy.kind === 'use-default'
        ? `Let ${who} send through the default server ${server}`
        : `Put ${server} back into the list of outgoing servers`;
    return edit === null ? null : { title, risk: 'settings', operations: [edit] };
  },
});

function remedyFor(profile: Profile, identity: Identity, key: string): State['remedy'] {
  const lost = unlistedServer(profile, key);
  if (lost !== null) return { kind: 'list-again', server: lost };
  const fallback = defaultServer(profile);
  if (fallback === null) return null;
  const isOnlyOne = usableServers(profile).length === 1;
  return isOnlyOne || fitsAddress(fallback, identity.email)
    ? { kind: 'use-default', server: fallback }
    : null;
}
