/**
 * Looks for: a default outgoing server that is not in the list.
 * Why: then there is no default, and whoever has no outgoing server of his own cannot send (formats.md 3.5).
 * Found: `mail.smtp.defaultserver` names none that is listed and can be loaded. Unset is fine: the first of the list
 * becomes the default.
 * Repaired: where its lines are complete, it goes back into the list; else the first usable one takes its place, when it
 * is the only one or in the domain of all who need it.
 */

import type { OutgoingServer } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { isMisspelt, isThere, standIn, unlistedServer, whyNotThere } from './outgoing-choice.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  /** Addresses that use the default. */
  senders: string[];
  remedy: { kind: 'list-again' | 'use-another'; server: OutgoingServer } | null;
}

const name = 'mail.smtp.defaultserver';

export const outgoingDefaultDangling = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-default-dangling',
    severity: 'error',
    title: 'The default outgoing server does not exist',
    looksFor: 'A default outgoing server that is not in the list of outgoing servers.',
    why: 'The program then has no default outgoing server at all: accounts without one of their own cannot send.',
    repair:
      'If the settings of that server are still there, it goes back into the list. Otherwise the first server of the list becomes the default, when there is only one or when it belongs to the addresses that need it.',
    faults: ['formats.md A12', 'postbox.md 8.1 A7'],
  },

  find({ profile }) {
    const { defaultKeySet: key } = profile.outgoing;
    if (key === null || isThere(profile, key) || isMisspelt(profile, key) || isForAnother(profile, key))
      return [];
    const senders = sendersThrough(profile, null);
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [prefEvidence(profile, name), prefEvidence(profile, 'mail.smtpservers')],
        state: { key, senders, remedy: remedyFor(profile, key) },
        severity: senders.length > 0 ? 'error' : 'warning',
      },
    ];
  },

  words({ state: { key, senders, remedy } }, { profile }) {
    const who =
      senders.length > 0
        ? `${listed(senders)} cannot send: there is no default server to send through.`
        : 'The accounts have outgoing servers of their own and can send. A new account would have none.';
    const advice =
      remedy === null
        ? ' Choose the default under Account Settings, Outgoing Server.'
        : remedy.kind === 'use-another'
          ? ` ${nameOfOutgoing(remedy.server)} would be the default then.`
          : ` The settings of ${nameOfOutgoing(remedy.server)} are complete; only the list has lost it.`;
    return {
      title: `The default outgoing server ("${key}") ${whyNotThere(profile, key)}`,
      detail: `${who}${advice}${userJsNote(profile, [name, 'mail.smtpservers'])}`,
    };
  },

  repair({ state: { remedy } }, { profile }) {
    if (remedy === null) return null;
    const server = nameOfOutgoing(remedy.server);
    const wanted: WantedPref =
      remedy.kind === 'use-another'
        ? // Unset, the first of the list becomes the default.
          { name, to: profile.outgoing.listed[0] === remedy.server.key ? null : remedy.server.key }
        : { name: 'mail.smtpservers', to: [...profile.outgoing.listed, remedy.server.key].join(',') };
    const edit = editPrefsOperation(profile, [wanted], `so that ${server} is the default outgoing server`);
    return edit === null
      ? null
      : { title: `Make ${server} the default outgoing server again`, risk: 'settings', operations: [edit] };
  },
});

/** Where an identity has lost the same server, settings/identity-outgoing-missing puts it back into the list. */
function isForAnother(profile: Profile, key: string): boolean {
  return unlistedServer(profile, key) !== null && sendersThrough(profile, key).length > 0;
}

function remedyFor(profile: Profile, key: string): State['remedy'] {
  const lost = unlistedServer(profile, key);
  if (lost !== null) return { kind: 'list-again', server: lost };
  const server = standIn(profile);
  return server === null ? null : { kind: 'use-another', server };
}
