/**
 * Looks for: a listed outgoing server that has lost its server name.
 * Why: nothing can be sent through it, and the program says so only while sending (formats.md 3.4, A12).
 * Found: SMTP servers of which other lines are there; Exchange servers have an address of another kind. A key without
 * any line is settings/outgoing-list, a name that is no text is settings/wrong-type.
 * Repaired: not. Nothing else in the profile says for certain which name it was.
 */

import { outgoingPrefix } from '../../profile/outgoing.ts';
import { accountsOfOutgoing } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  name: string;
  senders: string[];
}

const hostOf = (key: string): string => `${outgoingPrefix(key)}hostname`;

export const outgoingWithoutHost = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-without-host',
    severity: 'error',
    title: 'An outgoing server without a server name',
    looksFor: 'An outgoing server in the list whose server name is missing.',
    why: 'Nothing can be sent through it.',
    repair: 'None: only your mail provider can say the name. What to do is told.',
    faults: ['formats.md A12', 'postbox.md 8.1 A2'],
  },

  find({ profile }) {
    const { servers, defaultKey } = profile.outgoing;
    return servers
      .filter(({ listed, type, prefNames }) => listed && type === 'smtp' && prefNames.length > 0)
      .filter(({ key }) => (profile.prefs.raw(hostOf(key)) ?? '') === '')
      .map((outgoing) => {
        const { key } = outgoing;
        const byDefault = key === defaultKey ? sendersThrough(profile, null) : [];
        const senders = [...new Set([...sendersThrough(profile, key), ...byDefault])];
        return {
          subject: { kind: 'outgoing', id: key },
          evidence: [prefEvidence(profile, hostOf(key))],
          state: { key, name: nameOfOutgoing(outgoing), senders },
          severity: senders.length > 0 ? 'error' : 'warning',
          accounts: accountsOfOutgoing(profile, key),
        };
      });
  },

  words({ state: { key, name, senders } }, { profile }) {
    const who =
      senders.length === 0
        ? 'No account sends through it at present.'
        : `${listed(senders)} cannot send through it.`;
    return {
      title: `The outgoing server ${name} has no server name`,
      detail: `${who} Enter the name that your mail provider gives under Account Settings, Outgoing Server.${userJsNote(profile, [hostOf(key)])}`,
    };
  },
});
