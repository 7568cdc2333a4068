/**
 * Looks for: a default outgoing server that is not in the list.
 * Why: then there is no default, and whoever has no outgoing server of his own cannot send (formats.md 3.5).
 * Found: `mail.smtp.defaultserver` is set and no listed key. Unset is fine: the first of the list becomes the default.
 * Repaired: where its lines are complete, it goes back into the list; else the line goes, so that the first of the list
 * is taken, when that is the only usable one or in the domain of all who need it.
 */

import type { Profile } from '../../profile/profile.ts';
import type { OutgoingServer } from '../../profile/outgoing.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { fitsAddress, isMisspelt, isUsable, unlistedServer } from './outgoing-choice.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  /** Addresses that use the default. */
  senders: string[];
  remedy: { kind: 'list-again' | 'use-first'; server: OutgoingServer } | null;
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
    const { defaultKeySet: key, listed } = profile.outgoing;
    if (key === null || listed.includes(key) || isMisspelt(profile, key)) return [];
    const senders = sendersThrough(profile, null);
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [prefEvidence(profile, name), prefEvidence(profile, 'mail.smtpservers')],
        state: { key, senders, remedy: remedyFor(profile, key, senders) },
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
        : remedy.kind === 'use-first'
          ? ` ${nameOfOutgoing(remedy.server)} would be the default then.`
          : ` The settings of ${nameOfOutgoing(remedy.server)} are complete; only the list has lost it.`;
    return {
      title: `The default outgoing server ("${key}") is not in the list of outgoing servers`,
      detail: `${who}${advice}${userJsNote(profile, [name, 'mail.smtpservers'])}`,
    };
  },

  repair({ state: { remedy } }, { profile }) {
    if (remedy === null) return null;
    const server = nameOfOutgoing(remedy.server);
    const wanted: WantedPref =
      remedy.kind === 'use-first'
        ? { name, to: null }
        : { name: 'mail.smtpservers', to: [...profile.outgoing.listed, remedy.server.key].join(',') };
    const edit = editPrefsOperation(profile, [wanted], `so that ${server} is the default outgoing server`);
    return edit === null
      ? null
      : { title: `Make ${server} the default outgoing server again`, risk: 'settings', operations: [edit] };
  },
});

function remedyFor(profile: Profile, key: string, senders: readonly string[]): State['remedy'] {
  const lost = unlistedServer(profile, key);
  if (lost !== null) return { kind: 'list-again', server: lost };
  const [first, second] = profile.outgoing.servers.filter((server) => server.listed);
  if (first === undefined || !isUsable(first)) return null;
  const fitsAll = senders.length > 0 && senders.every((email) => fitsAddress(first, email));
  return second === undefined || fitsAll ? { kind: 'use-first', server: first } : null;
}
