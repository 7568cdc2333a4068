/**
 * Looks for: an identity (name, address, signature) that no account uses.
 * Why: a new account takes the first free identity number and silently inherits what stands there: the new account
 * comes up with the old address and signature (formats.md 3.5, measured).
 * Found: a `mail.identity.idN` branch in no account's list, listed or not, and belonging to no lost account.
 * Repaired: its lines go out of prefs.js. One that an account in the list has lost, by its address and folders, is
 * given back to it instead.
 */

import { accountPrefix, identityKeys } from '../../profile/accounts.ts';
import { identityPrefix } from '../../profile/identities.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { accountName } from '../wording.ts';
import { identitiesOfNobody, type UnusedIdentity } from './still-needed.ts';

const listOf = (accountKey: string): string => `${accountPrefix(accountKey)}identities`;

export const orphanIdentity = defineCheck<UnusedIdentity>({
  meta: {
    id: 'leftovers/orphan-identity',
    severity: 'warning',
    title: 'An identity that no account uses',
    looksFor: 'A sender (name, address, signature) in the settings that belongs to no account.',
    why: 'The next account that is set up takes over its number, and with it the old name, address and signature, without asking.',
    repair:
      'The settings of this identity are taken out. If an account in the list has lost it, it is given back to that account instead.',
    faults: ['formats.md A13', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    return identitiesOfNobody(profile).map(({ identity, owner }) => {
      const address = `${identityPrefix(identity.key)}useremail`;
      const first = identity.email === '' ? (identity.prefNames[0] ?? address) : address;
      return {
        subject: { kind: 'identity', id: identity.key },
        evidence: [
          prefEvidence(profile, first),
          ...(owner === null ? [] : [prefEvidence(profile, listOf(owner.key))]),
        ],
        state: { identity, owner },
        // Without any sender nothing can be sent from the account.
        severity: owner !== null && owner.identities.length === 0 ? 'error' : 'warning',
        accounts: owner === null ? [] : [owner.key],
      };
    });
  },

  words({ state: { identity, owner } }) {
    const who = identity.email || identity.key;
    if (owner === null) {
      return {
        title: `The identity ${who} belongs to no account`,
        detail: 'The next account that you set up would silently take over its name, address and signature.',
      };
    }
    return {
      title: `The account ${accountName(owner)} has lost its sender ${who}`,
      detail: `Its name, address and signature are still in the settings, but the account does not name them any more${
        owner.identities.length === 0 ? '; nothing can be sent from it' : ''
      }. The next account that you set up would silently take them over.`,
    };
  },

  repair({ state: { identity, owner } }, { profile }) {
    const who = identity.email || identity.key;
    if (owner !== null) {
      const to = [...identityKeys(profile.prefs, owner.key), identity.key].join(',');
      const why = `the sender ${who} belongs to this account`;
      const edit = editPrefsOperation(profile, [{ name: listOf(owner.key), to }], why);
      return edit === null
        ? null
        : {
            title: `Give the account ${accountName(owner)} its sender ${who} back`,
            risk: 'settings',
            operations: [edit],
          };
    }
    const edit = editPrefsOperation(
      profile,
      identity.prefNames.map((name) => ({ name, to: null })),
      `no account uses the identity ${who}`,
    );
    return edit === null
      ? null
      : { title: `Take the unused identity ${who} out`, risk: 'settings', operations: [edit] };
  },
});
