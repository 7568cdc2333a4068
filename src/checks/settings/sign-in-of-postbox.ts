/**
 * Looks for: accounts of a Postbox profile that sign in with OAuth2.
 * Why: Postbox signs in under registrations of its vendor, who stopped in 2024. When a provider ends them, nobody can
 * renew the sign-in, and no setting brings it back (postbox.md 1, 8.6 M2).
 * Found: method 10 or above in a Postbox profile; Postbox kept Google, Yahoo and Microsoft apart (postbox.md 6).
 * Repaired: never: the account is set up anew in Thunderbird, which has registrations of its own. No token goes along.
 */

import { outgoingPrefix } from '../../profile/outgoing.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { listed, ownerOfServer } from './owner-names.ts';
import { migrateInstead } from './sign-in-program.ts';

interface State {
  who: string[];
}

/** authMethod of OAuth2 (formats.md 3.2); what Postbox wrote for Yahoo and Microsoft is not known, only that it is no lower. */
const oAuth2 = 10;

export const signInOfPostbox = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-of-postbox',
    severity: 'warning',
    title: 'Sign-in under the name of a vendor that is gone',
    looksFor: 'Accounts in a Postbox profile that sign in with OAuth2.',
    why: 'Postbox is not made any more. When a provider ends its registration, these accounts cannot sign in again, whatever is set.',
    repair:
      'None in Postbox: the account is set up in Thunderbird, which asks for sign-in anew. Your mail can move along.',
    example: 'A Postbox 7 profile in which imap.gmail.com has "OAuth2 (Google)".',
    faults: ['postbox.md 8.6 M2', 'postbox.md 8.6 Y1', 'postbox.md 8.6 G1'],
  },

  find({ profile }) {
    if (profile.program !== 'postbox') return [];
    const incoming = listedServers(profile).filter(({ authMethod }) => authMethod >= oAuth2);
    const outgoing = profile.outgoing.servers.filter(
      ({ listed: isListed, authMethod }) => isListed && authMethod >= oAuth2,
    );
    const prefs = [
      ...incoming.map(({ key }) => `${serverPrefix(key)}authMethod`),
      ...outgoing.map(({ key }) => `${outgoingPrefix(key)}authMethod`),
    ];
    if (prefs.length === 0) return [];
    const who = [
      ...new Set([
        ...incoming.map(({ key }) => ownerOfServer(profile, key)),
        ...outgoing.map(({ username, host }) => username || host),
      ]),
    ];
    return [
      {
        subject: { kind: 'profile', id: 'oauth2' },
        evidence: prefs.map((name) => prefEvidence(profile, name)),
        state: { who },
        accounts: incoming.flatMap(({ key }) => accountsOfServer(profile, key)),
      },
    ];
  },

  words({ state: { who } }, { profile }) {
    return {
      title: `${listed(who)} ${who.length === 1 ? 'signs' : 'sign'} in with OAuth2, which only the vendor of Postbox could renew`,
      detail: `It may still work. ${migrateInstead(profile)}`,
    };
  },
});
