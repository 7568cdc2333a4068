/**
 * Looks for: an account that fetches by IMAP or POP from an Exchange server of a company.
 * Why: Exchange speaks IMAP and POP only where its administrator has switched both on, for the server and for the
 * mailbox; no setting in the mail program makes up for it (postbox.md 8.1 A12).
 * Found: by traces, since the host is the company's own: a user name with the domain before a back-slash, an Exchange
 * address among the settings of the server, or what the server said of itself (formats.md 3.2).
 * Repaired: not here: the administrator does it. One trace alone says what the server is, not that anything is wrong.
 */

import { isLoopback } from '../../profile/nearby-host.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { exchange } from '../../providers/microsoft.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { ownerOfServer } from './owner-names.ts';
import { signInServers } from './sign-in-servers.ts';

interface State {
  who: string;
  host: string;
  type: string;
}

export const signInExchange = defineCheck<State>({
  meta: {
    id: 'settings/sign-in-exchange',
    severity: 'info',
    title: 'An Exchange server that is used by IMAP or POP',
    looksFor: 'Accounts that fetch from an Exchange server of a company by IMAP or POP.',
    why: 'Exchange offers IMAP and POP only where its administrator has switched them on, twice: for the server and for the mailbox.',
    repair:
      'None: the administrator of the server switches it on. Thunderbird of today can also set up an Exchange account.',
    example: 'An IMAP account whose user name is EXAMPLE\\alice.',
    faults: ['postbox.md 8.1 A12'],
  },

  find({ profile }) {
    const known = new Set(
      signInServers(profile).flatMap(({ server, provider }) => (provider === null ? [] : [server.key])),
    );
    return listedServers(profile).flatMap((server) => {
      const { key, type, host } = server;
      if ((type !== 'imap' && type !== 'pop3') || !host || known.has(key) || isLoopback(host)) return [];
      const trace = traceOf(profile, server);
      if (trace === null) return [];
      return [
        {
          subject: { kind: 'server' as const, id: key },
          evidence: [prefEvidence(profile, trace)],
          state: { who: ownerOfServer(profile, key), host, type: type === 'imap' ? 'IMAP' : 'POP' },
          accounts: accountsOfServer(profile, key),
        },
      ];
    });
  },

  words({ state: { who, host, type } }) {
    return {
      title: `${who} fetches by ${type} from what looks like an Exchange server (${host})`,
      detail: `Nothing is wrong in the settings. ${exchange.asks.map(({ say }) => say).join(' ')}`,
    };
  },
});

/** Name of the preference that tells; null: nothing does. */
function traceOf({ prefs }: Profile, { key, username }: IncomingServer): string | null {
  const prefix = serverPrefix(key);
  const address = ['owa_url', 'ews_url', 'eas_url'].find((name) => prefs.string(prefix + name));
  if (address !== undefined) return prefix + address;
  if (/exchange/i.test(prefs.string(`${prefix}serverIDResponse`) ?? '')) return `${prefix}serverIDResponse`;
  return /^[^\\@\s]+\\[^\\]+/.test(username) ? `${prefix}userName` : null;
}
