/**
 * Looks for: a listed outgoing server of a type that the program cannot make.
 * Why: one such key makes the whole list throw: no default, no look-up, nothing can be sent from any account
 * (formats.md 3.5, A10; measured with 153.7).
 * Found: by the list of built-in types; no type at all counts as SMTP. One whose add-on is enabled is that add-on's.
 * Repaired: its key goes out of the list. Its own lines stay, for the add-on that made it.
 */

import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, listWithout } from '../pref-operations.ts';
import { isKnownType } from './outgoing-choice.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  outgoing: OutgoingServer;
}

export const outgoingTypeUnknown = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-type-unknown',
    severity: 'error',
    title: 'An outgoing server that stops all sending',
    looksFor:
      'An outgoing server in the list whose type the program does not have, mostly of an add-on that is gone.',
    why: 'The program gives up on the whole list of outgoing servers because of it: nothing can be sent, from no account.',
    repair: 'Its key is taken out of the list of outgoing servers. Its own settings and its password stay.',
    faults: ['formats.md A10'],
  },

  find({ profile }) {
    return poisoning(profile).map((outgoing) => ({
      subject: { kind: 'outgoing', id: outgoing.key },
      evidence: [
        prefEvidence(profile, `${outgoingPrefix(outgoing.key)}type`),
        prefEvidence(profile, 'mail.smtpservers'),
      ],
      state: { outgoing },
    }));
  },

  words({ state: { outgoing } }, { profile }) {
    const senders = sendersThrough(profile, outgoing.key);
    const isDefault = profile.outgoing.defaultKey === outgoing.key;
    const users = [
      ...(senders.length === 0
        ? []
        : [`${listed(senders)} would send through it and will need another one.`]),
      ...(isDefault ? ['It is the default outgoing server, so another one has to become the default.'] : []),
    ];
    return {
      title: `Nothing can be sent, because the outgoing server ${nameOfOutgoing(outgoing)} is of a type ("${outgoing.type}") that the program does not have`,
      detail: `The program gives up on all outgoing servers, also on the good ones. ${users.join(' ')}${
        users.length > 0 ? ' ' : ''
      }Receiving mail is not touched by it.${userJsNote(profile, ['mail.smtpservers', `${outgoingPrefix(outgoing.key)}type`])}`,
    };
  },

  repair({ state: { outgoing } }, { profile }) {
    const rest = listWithout(profile.outgoing.listed, (key) => key !== outgoing.key);
    const edit = editPrefsOperation(
      profile,
      [{ name: 'mail.smtpservers', to: rest || null }],
      `"${outgoing.type}" is no type of outgoing server that the program has, and stops all others`,
    );
    return edit === null
      ? null
      : {
          title: `Take ${nameOfOutgoing(outgoing)} out of the list of outgoing servers`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

function poisoning(profile: Profile): OutgoingServer[] {
  return profile.outgoing.servers.filter(({ listed, type }) => listed && !isKnownType(profile, type));
}
