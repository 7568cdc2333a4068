/**
 * Looks for: a port that no server can have: below 1 or above 65535.
 * Why: the program takes such a number as it is and connects to nothing (formats.md 3.5, A20). 0 and -1 are "not set".
 * Found: in mail servers and outgoing servers that are in use.
 * Repaired: the line goes, and the usual port of the protocol is used, as for a server without a port.
 */

import { defaultPort } from '../../profile/connection.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { type Connection, connections } from './connections.ts';
import { userJsNote } from './user-js.ts';

export const portImpossible = defineCheck<Connection>({
  meta: {
    id: 'settings/port-impossible',
    severity: 'error',
    title: 'A port that does not exist',
    looksFor: 'A port number below 1 or above 65535 in an incoming or outgoing server.',
    why: 'There is no such port, so that the program cannot connect at all.',
    repair:
      'The number is taken out. The program then uses the usual port for the connection security that is set.',
    faults: ['formats.md A20', 'formats.md 3.5', 'postbox.md 8.1 A3'],
  },

  find({ profile }) {
    return connections(profile)
      .filter(({ portSet }) => portSet !== null && (portSet < -1 || portSet > 65_535))
      .map((state) => ({
        subject: state.subject,
        evidence: [prefEvidence(profile, state.prefs.port)],
        state,
        accounts: state.accounts,
      }));
  },

  words({ state }, { profile }) {
    return {
      title: `${state.who}: there is no port ${state.portSet} (${state.host})`,
      detail: `The program cannot connect with it. The usual port with these settings is ${usualPort(state)}.${userJsNote(profile, [state.prefs.port])}`,
    };
  },

  repair({ state }, { profile }) {
    return prefRepair(
      profile,
      `Use the usual port ${usualPort(state)} for ${state.host}`,
      [{ name: state.prefs.port, to: null }],
      'port numbers go from 1 to 65535',
    );
  },
});

const usualPort = ({ protocol, security }: Connection): string =>
  String(defaultPort(protocol, security) ?? '');
