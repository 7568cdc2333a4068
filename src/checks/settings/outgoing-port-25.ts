/**
 * Looks for: sending through port 25.
 * Why: it is meant for servers among themselves. Most access providers block it, and many mail providers take no mail
 * of their customers there (formats.md A20, postbox.md 8.1 A3): sending works at one place and fails at another.
 * Found: outgoing servers that some sender uses, but for this computer and the own network. It may work: info.
 * Repaired: not offline.
 */

import { isLoopback, isPrivateNetwork } from '../../profile/nearby-host.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { type Connection, connections } from './connections.ts';
import { mismatchOf } from './port-security-mismatch.ts';

export const outgoingPort25 = defineCheck<Connection>({
  meta: {
    id: 'settings/outgoing-port-25',
    severity: 'info',
    title: 'Mail is sent through port 25',
    looksFor: 'Outgoing servers that are reached on port 25.',
    why: 'Many networks block this port, so that sending works at home and fails elsewhere, or stops one day.',
    repair:
      'None from the files alone: mostly port 587 with STARTTLS or 465 with SSL/TLS is right; your mail provider says.',
    faults: ['formats.md A20', 'postbox.md 8.1 A3', 'postbox.md 8.5 O4'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(({ protocol, port, senders }) => protocol === 'smtp' && port === 25 && senders.length > 0)
      .filter(({ host, security }) => !isNear(host) && mismatchOf('smtp', 25, security) === null)
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.port)],
        state,
        accounts: state.accounts,
      }));
  },

  words({ state }) {
    return {
      title: `${state.who} goes through port 25 of ${state.host}`,
      detail:
        'Many networks block this port. If sending fails, use the port that your mail provider gives: mostly 587 with STARTTLS, or 465 with SSL/TLS.',
    };
  },
});

const isNear = (host: string): boolean => isLoopback(host) || isPrivateNetwork(host);
