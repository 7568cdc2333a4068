/**
 * Looks for: an outgoing server that signs in and has no user name.
 * Why: the program asks for name and password while sending, or the server refuses the mail (postbox.md 8.1 A4).
 * Found: SMTP servers that some sender uses, with a method other than "none". On 465 and 587 servers ask for sign-in,
 * so it is a warning there; relays on port 25 and servers of the own network may do without.
 * Repaired: not: which name signs in only the provider knows. The one of the account that sends through it is told.
 */

import { isLoopback, isPrivateNetwork } from '../../profile/nearby-host.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { type Connection, connections } from './connections.ts';
import { userJsNote } from './user-js.ts';

interface State {
  connection: Connection;
  /** User names of the accounts that send through it. */
  users: string[];
}

export const outgoingWithoutUser = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-without-user',
    severity: 'warning',
    title: 'An outgoing server without a user name',
    looksFor: 'An outgoing server that is set to sign in and has no user name.',
    why: 'The program asks for a name and a password whenever you send, or the server refuses the mail.',
    repair: 'None: only your mail provider can say the user name. What to do is told.',
    faults: ['postbox.md 8.1 A4', 'postbox.md 8.1 A7'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(
        ({ protocol, username, senders }) => protocol === 'smtp' && username === '' && senders.length > 0,
      )
      .filter(
        ({ authMethod, host }) =>
          [3, 4, 10].includes(authMethod) && !isLoopback(host) && !isPrivateNetwork(host),
      )
      .map((connection) => ({
        subject: connection.subject,
        evidence: [
          prefEvidence(profile, connection.prefs.username),
          prefEvidence(profile, connection.prefs.authentication),
        ],
        state: { connection, users: usersOf(profile, connection) },
        severity: connection.port === 25 ? 'info' : 'warning',
        accounts: connection.accounts,
      }));
  },

  words({ state: { connection, users } }, { profile }) {
    const [user] = users;
    const hint = user === undefined ? '' : ` Mostly it is the same as for receiving mail, here "${user}".`;
    return {
      title: `${connection.who}: the outgoing server ${connection.host} has no user name`,
      detail: `It is set to sign in, so the program asks for a name and a password when you send, or the server refuses the mail. Enter the user name under Account Settings, Outgoing Server, or choose "No authentication" if the server asks for none.${hint}${userJsNote(profile, [connection.prefs.username])}`,
    };
  },
});

function usersOf({ accountList }: Profile, { accounts }: Connection): string[] {
  const keys = new Set(accounts);
  const users = accountList.accounts
    .filter(({ key, server }) => keys.has(key) && (server.type === 'imap' || server.type === 'pop3'))
    .map(({ server }) => server.username)
    .filter((user) => user !== '');
  return [...new Set(users)];
}
