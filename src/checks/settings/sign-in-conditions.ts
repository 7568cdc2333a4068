/**
 * What the provider of an account asks before it lets a mail program in: an app password, a switch, a plan.
 * Why: with right settings and a right password sign-in still fails where one of these is missing, and the server's
 * answer rarely says so (postbox.md 8.1 A9–A11, 8.6; providers.md b).
 * Found: by host and method in the project's own table. Whether it is fulfilled cannot be told from the files, so it is
 * info, and one finding for each account.
 * Repaired: not here: it is done at the provider.
 */

import type { Ask, Provider } from '../../providers/provider.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { longDate } from './sign-in-refused.ts';
import { isFetching, type SignInServer, signInServers } from './sign-in-servers.ts';

interface State {
  one: SignInServer;
  provider: Provider;
  asks: Ask[];
}

export const signInConditions = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-conditions',
    severity: 'info',
    title: 'What the provider asks before a mail program may sign in',
    looksFor:
      'Accounts at Google, Yahoo, AOL, AT&T, iCloud, Fastmail, Comcast, GMX, WEB.DE, Zoho, Microsoft: whether they want an app password, access that has to be switched on, or a plan that includes it.',
    why: 'If sign-in fails although settings and password seem right, mostly one of these is missing.',
    repair: 'None: it is done on the web pages of the provider.',
    example:
      'An account at imap.gmx.net with a password: GMX lets it in only after "POP3/IMAP Abruf" was switched on there.',
    faults: [
      'postbox.md 8.1 A9',
      'postbox.md 8.1 A10',
      'postbox.md 8.1 A11',
      'postbox.md 8.6 I1',
      'postbox.md 8.6 Y1',
      'pains.md P17',
    ],
  },

  find({ profile }) {
    const servers = signInServers(profile);
    return servers.flatMap((one) => {
      const { provider } = one;
      if (provider === null || (!isFetching(one) && isSaidOfFetching(servers, one))) return [];
      const asks = asksOf(one, provider);
      if (asks.length === 0) return [];
      return [
        {
          subject: one.subject,
          evidence: [prefEvidence(profile, one.pref.replace(/authMethod$/, 'hostname'))],
          state: { one, provider, asks },
          accounts: one.accounts,
        },
      ];
    });
  },

  words({ state: { one, provider, asks } }) {
    const appPassword = asks.some(({ kind }) => kind === 'app-password');
    const onlyApp = !(provider.takes[one.protocol] ?? []).includes('password');
    return {
      title:
        appPassword && onlyApp
          ? `${one.who}: the password for ${provider.name} has to be an app password`
          : `${one.who}: what ${provider.name} asks before a mail program may sign in`,
      detail: `Nothing is wrong in the settings. ${asks.map(({ say }) => say).join(' ')} (As of ${longDate(provider.checkedOn)}.)`,
    };
  },
});

/** What fits the way in which this server signs in. Where that cannot work at all, the errors say what to do. */
function asksOf({ protocol, method, registration }: SignInServer, provider: Provider): Ask[] {
  const taken = provider.takes[protocol] ?? [];
  const ways = method === 'window' ? ['oauth2'] : taken.filter((way) => way !== 'oauth2');
  if (method === 'window' && registration === null) return [];
  // settings/sign-in-ending says it all.
  const isEnding = provider.ends.some(({ how, of }) => how === 'off-by-default' && of.includes(protocol));
  if (method === 'password' && isEnding) return [];
  // A window asks for the rest itself.
  return provider.asks.filter(
    (ask) =>
      ask.of.includes(protocol) &&
      ask.with.some((way) => ways.includes(way)) &&
      (method === 'password' || beyondWindow.includes(ask.kind)),
  );
}

const beyondWindow: readonly Ask['kind'][] = ['switch-on', 'moved'];

/** The same account fetches at the same provider in the same way: once is enough. */
const isSaidOfFetching = (servers: readonly SignInServer[], outgoing: SignInServer): boolean =>
  servers.some(
    (one) =>
      isFetching(one) &&
      one.provider?.id === outgoing.provider?.id &&
      one.method === outgoing.method &&
      one.accounts.some((account) => outgoing.accounts.includes(account)),
  );
