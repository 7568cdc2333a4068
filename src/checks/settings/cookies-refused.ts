/**
 * Looks for: settings that keep the sign-in window from working: no cookies at all, or no scripts.
 * Why: OAuth2 signs in on a web page of the provider, which needs both (formats.md 4.6, D14; pains.md P20).
 * Found: `network.cookie.cookieBehavior` 2 or `javascript.enabled` false. Accounts with OAuth2 go on while their token
 * is good; without such an account it is a choice like any other.
 * Repaired: the line goes, where an account signs in that way. A line of user.js is told: it is the owner's choice.
 */

import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { liveRows } from '../passwords/saved-rows.ts';
import { prefRepair } from '../pref-repair.ts';
import { connections } from './connections.ts';
import { userJsNote } from './user-js.ts';

interface State {
  name: string;
  what: 'cookies' | 'scripts';
  /** Accounts and senders that sign in with OAuth2. */
  who: string[];
  hasToken: boolean;
}

const harmful: readonly { name: string; value: number | boolean; what: State['what'] }[] = [
  { name: 'network.cookie.cookieBehavior', value: 2, what: 'cookies' },
  { name: 'javascript.enabled', value: false, what: 'scripts' },
];

export const cookiesRefused = defineCheck<State>({
  meta: {
    id: 'settings/cookies-refused',
    severity: 'error',
    title: 'The sign-in window of a provider cannot work',
    looksFor: 'Settings that refuse all cookies or switch scripts off, which web pages for signing in need.',
    why: 'An account with OAuth2 signs in on a web page of its provider. Without cookies or scripts that page comes back again and again, or stays empty.',
    repair: 'The setting goes back to what the program comes with. Mail itself never uses cookies.',
    faults: ['formats.md D14', 'pains.md P20', 'postbox.md 8.6 M2'],
  },

  find({ profile }) {
    return harmful
      .filter(({ name, value }) => profile.prefs.raw(name) === value)
      .map(({ name, what }) => {
        const signingIn = connections(profile).filter((one) => one.authentication === 'oauth2');
        const hasToken = liveRows(profile).some(({ origin }) => origin?.startsWith('oauth://') === true);
        return {
          subject: { kind: 'preference', id: name },
          evidence: [prefEvidence(profile, name)],
          state: { name, what, who: [...new Set(signingIn.map((one) => one.who))], hasToken },
          severity: signingIn.length === 0 ? 'info' : hasToken ? 'warning' : 'error',
          accounts: [...new Set(signingIn.flatMap(({ accounts }) => accounts))],
        };
      });
  },

  words({ state: { name, what, who, hasToken } }, { profile }) {
    const effect =
      who.length === 0
        ? 'No account signs in on a web page now, so nothing fails. One that does would not get through.'
        : hasToken
          ? 'Your sign-in is saved and works until the provider asks for it anew; then the window will not get through.'
          : 'The window in which you sign in at your provider does not get through.';
    return {
      title: `The program refuses all ${what}, which signing in at a provider needs`,
      detail: `${effect}${who.length === 0 ? '' : ` It concerns: ${who.slice(0, 5).join('; ')}.`}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { name, what, who } }, { profile }) {
    if (who.length === 0 || !isOwnLine(profile, name)) return null;
    return prefRepair(
      profile,
      `Allow ${what} again`,
      [{ name, to: null }],
      'signing in with OAuth2 needs them',
    );
  },
});

const isOwnLine = ({ prefs }: Profile, name: string): boolean => prefs.where(name)?.file === 'prefs.js';
