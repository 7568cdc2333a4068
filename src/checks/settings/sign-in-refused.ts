/**
 * Looks for: a password set as the way to sign in at a provider that takes none any more.
 * Why: the server refuses every password, the right one too, and the program asks for it again and again; no app
 * password helps (formats.md A21, pains.md P17, providers.md b: Microsoft since 2022 and 2024).
 * Found: by host and address in the project's own table (src/providers).
 * Repaired: the method alone is set to OAuth2, where the program knows how to open the window for that host. Never in a
 * Postbox profile: its registrations were those of a vendor that is gone.
 */

import type { Provider } from '../../providers/provider.ts';
import { takesOnlyOAuth } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { migrateInstead, opensWindows } from './sign-in-program.ts';
import { isFetching, oAuth2Setting, type SignInServer, signInServers } from './sign-in-servers.ts';
import { userJsNote } from './user-js.ts';

interface State {
  one: SignInServer;
  provider: Provider;
}

/** authMethod 10 (formats.md 3.2). */
const oAuth2 = 10;

export const signInRefused = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-refused',
    severity: 'error',
    title: 'The provider takes no password any more',
    looksFor:
      'An account that signs in with a password at a provider that takes no passwords from mail programs: Outlook.com, Hotmail, Live, MSN, and Microsoft 365 for fetching mail.',
    why: 'The server refuses every password, also the right one. The program asks for it again and again.',
    repair:
      'The authentication method is set to OAuth2, nothing else; the provider then asks in a window of its own. In a Postbox profile nothing is changed: move to Thunderbird instead.',
    example:
      'Alice\'s mail is at Outlook.com, and the account has "Normal password" as authentication method since 2019.',
    faults: ['formats.md A21', 'pains.md P17', 'postbox.md 8.1 A6', 'postbox.md 8.6 M1', 'postbox.md 8.6 M2'],
  },

  find({ profile }) {
    return signInServers(profile).flatMap((one) => {
      const { provider, protocol, method } = one;
      if (provider === null || method !== 'password' || !takesOnlyOAuth(provider, protocol)) return [];
      return [
        {
          subject: one.subject,
          evidence: [
            prefEvidence(
              profile,
              one.pref,
              profile.prefs.has(one.pref) ? undefined : `${one.pref} is missing: a password`,
            ),
          ],
          state: { one, provider },
          accounts: one.accounts,
        },
      ];
    });
  },

  words({ state: { one, provider } }, facts) {
    const end = provider.ends.find(({ of }) => of.includes(one.protocol));
    const since = end === undefined ? '' : ` Since ${longDate(end.on)}: ${end.say}.`;
    const what = isFetching(one) ? 'Fetching mail' : 'Sending';
    const todo = !opensWindows(facts.profile)
      ? ` ${migrateInstead(facts.profile)}`
      : one.isFormerHost
        ? ` ${one.host} is an old name, too: set the server to ${isFetching(one) ? provider.incoming[0] : provider.outgoing[0]}, the connection as ${provider.name} says, and ${oAuth2Setting}.`
        : one.registration === null
          ? ` Compare the server name ${one.host} with the one that ${provider.name} names; for this one the program cannot open a sign-in window.`
          : ` Set ${oAuth2Setting}; ${provider.name} then asks for the password in a window of its own.`;
    return {
      title: `${what} for ${one.who} is set to a password, and ${provider.name} takes none (${one.host})`,
      detail: `No password helps, no app password either; your mail is not affected.${since}${todo}${userJsNote(facts.profile, [one.pref])}`,
    };
  },

  repair({ state: { one, provider } }, { profile }) {
    if (!opensWindows(profile) || one.registration === null || one.isFormerHost || !isEncrypted(one))
      return null;
    const operation = editPrefsOperation(
      profile,
      [{ name: one.pref, to: oAuth2 }],
      `${provider.name} takes no password at ${one.host}, and the program can sign in there in a window`,
    );
    if (operation === null) return null;
    return {
      title: `Let ${one.who} sign in at ${one.host} with OAuth2`,
      risk: 'settings',
      operations: [operation],
      needs: [`${provider.name} asks for the password of ${one.who} in a window of its own.`],
    };
  },
});

/** A token must not travel in the clear; without encryption these servers answer nobody anyway. */
const isEncrypted = ({ server }: SignInServer): boolean =>
  server.security === 'tls' || server.security === 'starttls';

/** @param day YYYY-MM-DD. @returns 16 September 2024. */
export function longDate(day: string): string {
  const [year, month = '1', date = '1'] = day.split('-');
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`;
}

const months = 'January February March April May June July August September October November December'.split(
  ' ',
);
