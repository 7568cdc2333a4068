/**
 * Looks for: sending with a password at Microsoft 365.
 * Why: it may work today, where the administrator allows it, and is switched off for existing organisations at the end
 * of December 2026 (providers.md b; Exchange Team Blog, 2026-01-27).
 * Found: by host, address and method in the project's own table. Whether it works now cannot be told from the files.
 * Repaired: not offline: a password may still be right, so the value can work.
 */

import type { PasswordEnd, Provider } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { migrateInstead, opensWindows } from './sign-in-program.ts';
import { longDate } from './sign-in-refused.ts';
import { oAuth2Setting, type SignInServer, signInServers } from './sign-in-servers.ts';
import { userJsNote } from './user-js.ts';

interface State {
  one: SignInServer;
  provider: Provider;
  end: PasswordEnd;
}

export const signInEnding = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-ending',
    severity: 'warning',
    title: 'The provider is about to take no password any more',
    looksFor: 'Sending with a password through Microsoft 365, which switches that off by default.',
    why: 'Sending works only as long as the administrator of the organisation allows it, and stops on a day that is known.',
    repair:
      'None from the files alone: until then a password can be right. Set the method to OAuth2 in time.',
    example:
      'An account of a company at Microsoft 365 fetches with OAuth2, and smtp.office365.com has "Normal password".',
    faults: ['formats.md A21', 'pains.md P17'],
  },

  find({ profile }) {
    return signInServers(profile).flatMap((one) => {
      const { provider, protocol, method } = one;
      const end = provider?.ends.find(({ of, how }) => how === 'off-by-default' && of.includes(protocol));
      if (provider === null || end === undefined || method !== 'password') return [];
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
          state: { one, provider, end },
          accounts: one.accounts,
        },
      ];
    });
  },

  words({ state: { one, provider, end } }, { profile }) {
    return {
      title: `Sending for ${one.who} goes with a password, which ${provider.name} switches off by ${longDate(end.on)} (${one.host})`,
      detail: `On ${longDate(end.on)} ${end.say}. Until then it works where the administrator has left it on. ${
        opensWindows(profile)
          ? `Set ${oAuth2Setting} for this outgoing server; if the window then says that sending is not allowed, only the administrator can help.`
          : migrateInstead(profile)
      }${userJsNote(profile, [one.pref])}`,
    };
  },
});
