/**
 * Looks for: a way of signing in that the program does not have for that kind of server.
 * Why: SMTP and POP servers are written in JavaScript there and know the password (3, 4), Kerberos, NTLM and OAuth2;
 * with any other number an outgoing server is not signed in to at all and refuses the mail, and a POP account stops
 * with "method not supported" (read in 153.7; formats.md 3.2, A20). IMAP tries every method with a number that it does
 * not know.
 * Found: in today's Thunderbird only. Postbox still has the old numbers, and some of its own.
 * Repaired: not. Method and password are never changed without asking the server (design.md 6.8).
 */

import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { type Connection, connections, isNumberOrUnset } from './connections.ts';
import { userJsNote } from './user-js.ts';

/** POP, SMTP in JavaScript. */
const scriptedSince = { smtp: 91, pop3: 102 };

const known: Record<Connection['protocol'], readonly number[]> = {
  smtp: [1, 3, 4, 5, 6, 8, 10],
  pop3: [3, 4, 5, 6, 8, 10],
  imap: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  nntp: [],
};

export const authenticationUnknown = defineCheck<Connection>({
  meta: {
    id: 'settings/authentication-unknown',
    severity: 'error',
    title: 'A way of signing in that the program does not have',
    looksFor:
      'An authentication method that today’s Thunderbird does not know for that server, such as the "old" or "any" method of former versions.',
    why: 'The program does not sign in to such an outgoing server, which then refuses the mail; from such a POP server nothing is fetched.',
    repair:
      'None from the files alone: which methods the server takes only the server can say. What to choose is told.',
    faults: ['formats.md A20', 'formats.md 3.5', 'postbox.md 8.1 A6'],
  },

  find({ profile }) {
    return connections(profile)
      .filter((one) => one.protocol !== 'nntp' && !known[one.protocol].includes(one.authMethod))
      .filter((one) => isTodays(profile, one.protocol) && isNumberOrUnset(profile, one.prefs.authentication))
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.authentication)],
        state,
        severity: state.protocol === 'imap' || isRelay(state) ? 'warning' : 'error',
        accounts: state.accounts,
      }));
  },

  words({ state }, { profile }) {
    const effect = {
      imap: 'The program tries every method that the server offers, also those that show the password.',
      pop3: 'The program has nothing to sign in with: no mail is fetched.',
      smtp: 'The program does not sign in at all: the server refuses the mail, unless it asks for no sign-in.',
      nntp: '',
    }[state.protocol];
    return {
      title: `${state.who}: the authentication method (${state.authMethod}) is none that the program has for ${state.host}`,
      detail: `${effect} Choose the method that your mail provider names under Account Settings: mostly "Normal password" with SSL/TLS or STARTTLS, or OAuth2.${userJsNote(profile, [state.prefs.authentication])}`,
    };
  },
});

function isTodays({ program, version }: Profile, protocol: Connection['protocol']): boolean {
  const major = Number.parseInt(version ?? '', 10);
  const since = protocol === 'imap' || protocol === 'nntp' ? 60 : scriptedSince[protocol];
  return (program === 'thunderbird' || program === 'betterbird') && major >= since;
}

/** Nothing signs in there in any case. */
const isRelay = ({ protocol, username }: Connection): boolean => protocol === 'smtp' && username === '';
