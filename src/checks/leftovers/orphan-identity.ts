/**
 * Looks for: an identity (name, address, signature) that no account uses.
 * Why: a new account takes the first free identity number and silently inherits what stands there: the new account
 * comes up with the old address and signature (formats.md 3.5, measured).
 * Found: a `mail.identity.idN` branch in no account's list, listed or not, and belonging to no lost account.
 * Repaired: its lines go out of prefs.js.
 */

import { type Identity, identityPrefix } from '../../profile/identities.ts';
import { unlistedServers, unusedIdentities } from '../../profile/unlisted.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';

interface State {
  identity: Identity;
}

export const orphanIdentity = defineCheck<State>({
  meta: {
    id: 'leftovers/orphan-identity',
    severity: 'warning',
    title: 'An identity that no account uses',
    looksFor: 'A sender (name, address, signature) in the settings that belongs to no account.',
    why: 'The next account that is set up takes over its number, and with it the old name, address and signature, without asking.',
    repair: 'The settings of this identity are taken out.',
    faults: ['formats.md A13', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    const ofLostAccounts = new Set(
      unlistedServers(profile)
        .filter((unlisted) => unlisted.lost !== null)
        .flatMap((unlisted) => unlisted.identities.map((identity) => identity.key)),
    );
    return unusedIdentities(profile)
      .filter((identity) => !ofLostAccounts.has(identity.key))
      .map((identity) => ({
        subject: { kind: 'identity' as const, id: identity.key },
        evidence: [
          identity.email === ''
            ? prefEvidence(profile, identity.prefNames[0] ?? `${identityPrefix(identity.key)}useremail`)
            : prefEvidence(profile, `${identityPrefix(identity.key)}useremail`),
        ],
        state: { identity },
      }));
  },

  words({ state: { identity } }) {
    const who = identity.email === '' ? identity.key : identity.email;
    return {
      title: `The identity ${who} belongs to no account`,
      detail: 'The next account that you set up would silently take over its name, address and signature.',
    };
  },

  repair({ state: { identity } }, { profile }) {
    const who = identity.email === '' ? identity.key : identity.email;
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
