/**
 * Looks for: incoming and outgoing server swapped: mail fetched from smtp.…, or sent through imap.… or pop.…
 * Why: a server that sends does not answer to a program that fetches (postbox.md 8.1 A2).
 * Found: by the first part of the name alone, which providers are free to choose: one weak sign, so info.
 * Repaired: not.
 */

import { isLoopback } from '../../profile/nearby-host.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { type Connection, connections } from './connections.ts';

const names: Record<Connection['protocol'], RegExp> = {
  imap: /^(smtp|smtps|outgoing|pop|pop3)[.-]/i,
  pop3: /^(smtp|smtps|outgoing|imap|imap4)[.-]/i,
  smtp: /^(imap|imap4|imaps|pop|pop3|pop3s|incoming)[.-]/i,
  nntp: /^(smtp|imap|pop3?)[.-]/i,
};

const does: Record<Connection['protocol'], string> = {
  imap: 'fetches mail by IMAP',
  pop3: 'fetches mail by POP',
  smtp: 'sends mail',
  nntp: 'reads news',
};

export const serverOfOtherKind = defineCheck<Connection>({
  meta: {
    id: 'settings/server-of-other-kind',
    severity: 'info',
    title: 'A server whose name says another purpose',
    looksFor: 'An incoming server called smtp.…, or an outgoing one called imap.… or pop.….',
    why: 'The two are easily swapped in a set-up. A provider may use one name for all, so it need not be wrong.',
    repair: 'None: compare the name with the one that your mail provider gives.',
    faults: ['postbox.md 8.1 A2'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(({ protocol, host }) => names[protocol].test(host) && !isLoopback(host))
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.host)],
        state,
        accounts: state.accounts,
      }));
  },

  words({ state }) {
    return {
      title: `${state.who}: the program ${does[state.protocol]} with ${state.host}`,
      detail:
        'The name says another purpose. If it does not connect, compare it with the name that your mail provider gives for this purpose.',
    };
  },
});
