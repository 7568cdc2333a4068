/**
 * Looks for: one provider, one owner, and two ways to sign in: fetching in a window, sending with a password, or the
 * other way round.
 * Why: with providers that take account passwords no more, the side with the password works with an app password only.
 * A change of the method that was made on one side alone leaves the other one failing (postbox.md 8.6 G1).
 * Found: incoming and outgoing server of one account, both of the same provider of the table. Without a saved password
 * it is a warning; with one it may be an app password, which is told and no more.
 * Repaired: not offline: a password can be right.
 */

import type { Provider } from '../../providers/provider.ts';
import { takesOnlyOAuth } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { opensWindows } from './sign-in-program.ts';
import {
  hasSavedLogin,
  isFetching,
  oAuth2Setting,
  type SignInServer,
  signInServers,
} from './sign-in-servers.ts';
import { userJsNote } from './user-js.ts';

interface State {
  window: SignInServer;
  password: SignInServer;
  provider: Provider;
  isSaved: boolean;
}

export const signInDiffers = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-differs',
    severity: 'warning',
    title: 'Fetching and sending sign in in different ways',
    looksFor:
      'An account whose incoming server signs in with OAuth2 and whose outgoing server uses a password, or the other way round, at a provider that takes account passwords no more.',
    why: 'One half of the account works and the other one asks for a password that the provider does not take.',
    repair: 'None from the files alone: an app password can be right.',
    example:
      'A Gmail account was set to OAuth2 for fetching; smtp.gmail.com was forgotten and still has a password.',
    faults: ['formats.md A21', 'postbox.md 8.6 G1', 'postbox.md 8.1 A7'],
  },

  find({ profile }) {
    const servers = signInServers(profile);
    return servers.filter(isFetching).flatMap((incoming) => {
      const provider = incoming.provider;
      if (provider === null) return [];
      const outgoing = servers.find(
        (one) => !isFetching(one) && one.accounts.some((account) => incoming.accounts.includes(account)),
      );
      if (outgoing === undefined || outgoing.provider?.id !== provider.id) return [];
      if (incoming.method === outgoing.method) return [];
      const [window, password] = incoming.method === 'window' ? [incoming, outgoing] : [outgoing, incoming];
      const ways = provider.takes[password.protocol] ?? [];
      // Account passwords are taken: nothing is odd. Only windows: settings/sign-in-refused.
      if (ways.includes('password') || takesOnlyOAuth(provider, password.protocol)) return [];
      // The side with the window cannot work: settings/sign-in-unregistered.
      if (window.registration === null || !ways.includes('oauth2')) return [];
      const isSaved = hasSavedLogin(profile, password);
      return [
        {
          subject: password.subject,
          severity: isSaved ? ('info' as const) : ('warning' as const),
          evidence: [prefEvidence(profile, window.pref), passwordEvidence(profile, password)],
          state: { window, password, provider, isSaved },
          accounts: incoming.accounts,
        },
      ];
    });
  },

  words({ state: { window, password, provider, isSaved } }, { profile }) {
    const [first, second] = isFetching(window) ? ['fetches', 'sends'] : ['sends', 'fetches'];
    const setting = `set ${oAuth2Setting} for ${password.host}`;
    const change = opensWindows(profile) ? setting : 'move the account to a Thunderbird of today';
    const todo = isSaved
      ? `The saved password may be an app password; then all is well. Otherwise ${change}, too.`
      : `${provider.name} takes only an app password there, and none is saved. Either ${change}, too, or make an app password and type it when it is asked for.`;
    return {
      title: `${password.who} ${first} with OAuth2 and ${second} with a password at ${provider.name}`,
      detail: `${todo}${userJsNote(profile, [password.pref])}`,
    };
  },
});

const passwordEvidence = (profile: Parameters<typeof prefEvidence>[0], { pref }: SignInServer) =>
  prefEvidence(profile, pref, profile.prefs.has(pref) ? undefined : `${pref} is missing: a password`);
