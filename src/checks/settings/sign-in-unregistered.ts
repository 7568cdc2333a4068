/**
 * Looks for: OAuth2 at a host for which the program has no sign-in window.
 * Why: the list of hosts is built into Thunderbird; anywhere else it has nothing to sign in with and gives up before it
 * asks (formats.md 4.6, measured with 153.7: initFromMail answers no). Capitals in the name of an incoming server are
 * enough, since that list is compared letter by letter.
 * Found: the method is OAuth2, the list has no such host, and no preference of the server brings details of its own.
 * An add-on may register more: with one enabled it is a warning.
 * Repaired: where the provider's record says that a password is taken and the connection is encrypted, the method alone
 * is set to a password.
 */

import { registrationOfHost } from '../../profile/oauth-registry.ts';
import type { Profile } from '../../profile/profile.ts';
import { takesPasswords } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { hasOwnOAuthDetails, isFetching, type SignInServer, signInServers } from './sign-in-servers.ts';
import { userJsNote } from './user-js.ts';

interface State {
  one: SignInServer;
  /** The name would be known in small letters. */
  inCapitals: boolean;
}

/** authMethod 3 (formats.md 3.2). */
const normalPassword = 3;

export const signInUnregistered = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-unregistered',
    severity: 'error',
    title: 'OAuth2 where the program cannot sign in with it',
    looksFor:
      'OAuth2 as authentication method of a server for which Thunderbird has no sign-in window: it has them for Google, Microsoft, Yahoo, AOL, AT&T, Fastmail, Comcast, Mail.ru, Yandex and Thundermail only.',
    why: 'The program has nothing to sign in with and fails without asking for anything.',
    repair:
      'The authentication method is set to a password where the provider is known to take one and the connection is encrypted; elsewhere the provider has to say what it takes.',
    example: 'Somebody set OAuth2 for imap.gmx.net, or wrote the host as IMAP.Gmail.com.',
    faults: ['formats.md A21', 'postbox.md 8.1 A6'],
  },

  find({ profile }) {
    if (profile.program !== 'thunderbird' && profile.program !== 'betterbird') return [];
    return signInServers(profile).flatMap((one) => {
      if (one.method !== 'window' || one.registration !== null || hasOwnOAuthDetails(one)) return [];
      const inCapitals = registrationOfHost(one.host.toLowerCase(), one.protocol) !== null;
      return [
        {
          subject: one.subject,
          severity: hasAddOn(profile) ? ('warning' as const) : ('error' as const),
          evidence: [prefEvidence(profile, one.pref), hostEvidence(profile, one)],
          state: { one, inCapitals },
          accounts: one.accounts,
        },
      ];
    });
  },

  words({ state: { one, inCapitals } }, { profile }) {
    const what = isFetching(one) ? 'Fetching mail' : 'Sending';
    const addOn = hasAddOn(profile) ? ' Only an add-on could bring one along.' : '';
    const name = one.provider?.name ?? 'your mail provider';
    const todo = inCapitals
      ? `Write the server name in small letters, ${one.host.toLowerCase()}, in the account settings of the program: for that one there is a window.`
      : takesPassword(one)
        ? `${name} takes a password there: set Authentication method to "Normal password".`
        : `Set the authentication method that ${name} names; mostly it is "Normal password" with an encrypted connection.`;
    return {
      title: `${what} for ${one.who} is set to OAuth2, and Thunderbird has no sign-in window for ${one.host}`,
      detail: `The list of servers that it can sign in to in that way is built in, and this one is not in it.${addOn} ${todo}${userJsNote(profile, [one.pref])}`,
    };
  },

  repair({ state: { one, inCapitals } }, { profile }) {
    const isEncrypted = one.server.security === 'tls' || one.server.security === 'starttls';
    if (inCapitals || !takesPassword(one) || !isEncrypted || hasAddOn(profile)) return null;
    const name = one.provider?.name ?? '';
    const operation = editPrefsOperation(
      profile,
      [{ name: one.pref, to: normalPassword }],
      `Thunderbird has no sign-in window for ${one.host}, and ${name} takes a password`,
    );
    if (operation === null) return null;
    return {
      title: `Let ${one.who} sign in at ${one.host} with a password`,
      risk: 'settings',
      operations: [operation],
      needs: [
        `The password for ${one.who} at ${name} is asked for${one.provider?.takes[one.protocol]?.includes('password') ? '' : ': an app password'}.`,
      ],
    };
  },
});

const takesPassword = ({ provider, protocol }: SignInServer): boolean =>
  provider !== null && takesPasswords(provider, protocol) === true;

/** Anything that is not built in and could register a sign-in window. */
const hasAddOn = ({ addOns }: Profile): boolean =>
  addOns.some(({ enabled, builtIn, type }) => enabled === true && !builtIn && type === 'extension');

function hostEvidence(profile: Profile, { pref, host }: SignInServer) {
  const name = pref.replace(/authMethod$/, 'hostname');
  return prefEvidence(profile, name, profile.prefs.has(name) ? undefined : `the server is ${host}`);
}
