/**
 * Looks for: a connection security that no program knows: socketType or try_ssl other than 0 to 3.
 * Why: it is none of the four, so that the program encrypts nothing (read in 153.7: each kind is asked for by its
 * number; formats.md 3.5, A20).
 * Found: in mail servers and outgoing servers that are in use.
 * Repaired: on a port on which servers encrypt from the first byte, SSL/TLS is entered. Elsewhere it is told.
 */

import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { type Connection, connections } from './connections.ts';
import { mismatchOf } from './port-security-mismatch.ts';
import { userJsNote } from './user-js.ts';

export const securityUnknown = defineCheck<Connection>({
  meta: {
    id: 'settings/security-unknown',
    severity: 'error',
    title: 'A connection security that does not exist',
    looksFor: 'A number for the connection security that stands for none of the four kinds.',
    why: 'The program then encrypts nothing: it cannot connect, or sends the password in the clear.',
    repair:
      'Where the port is one on which servers encrypt from the first byte, SSL/TLS is entered. Otherwise nothing is done, and what to choose is told.',
    faults: ['formats.md A20', 'formats.md 3.5', 'postbox.md 8.1 A5'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(({ security }) => security === null)
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.security)],
        state,
        accounts: state.accounts,
      }));
  },

  words({ state }, { profile }) {
    const advice = isTlsPort(state)
      ? `On port ${state.port} servers encrypt from the first byte (SSL/TLS).`
      : 'Choose SSL/TLS or STARTTLS under Account Settings, as your mail provider says.';
    return {
      title: `${state.who}: the connection security has a value (${state.socketType}) that means nothing`,
      detail: `The program does not encrypt the connection to ${state.host} then. ${advice}${userJsNote(profile, [state.prefs.security])}`,
    };
  },

  repair({ state }, { profile }) {
    if (!isTlsPort(state)) return null;
    const why = `on port ${state.port} servers encrypt from the first byte`;
    const wanted = [{ name: state.prefs.security, to: 3 }];
    return prefRepair(profile, `Set the connection security of ${state.host} to SSL/TLS`, wanted, why);
  },
});

const isTlsPort = ({ protocol, portSet }: Connection): boolean =>
  mismatchOf(protocol, portSet, 'none') === 'encrypts-from-start';
