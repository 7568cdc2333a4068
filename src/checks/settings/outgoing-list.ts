/**
 * Looks for: items in the list of outgoing servers that are none: blanks around a key, the same key twice, a key of
 * which no line is left.
 * Why: blanks are not removed: " smtp2" is a server of its own, without a name (formats.md 3.4, A12; measured with
 * 153.7). What sends through smtp2 then finds no server, and there is no falling back to the default.
 * Found: against the `mail.smtpserver.*` branches. Who sends through a key without any line is
 * settings/identity-outgoing-missing.
 * Repaired: the list is written anew with the same servers, in the same order.
 */

import { outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  wanted: string[];
  /** Servers that are there, and that the list does not name as it is written. */
  misspelt: string[];
  ghosts: string[];
}

const name = 'mail.smtpservers';

export const outgoingList = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-list',
    severity: 'warning',
    title: 'The list of outgoing servers names something that is none',
    looksFor: 'Blanks, doubled items and keys without a server in the list of outgoing servers.',
    why: 'The program reads the list to the letter. A key with a blank before it becomes a server without a name, and what should be sent through the real one is not sent.',
    repair: 'The list is written anew with the servers that are there, in the same order.',
    faults: ['formats.md A12'],
  },

  find({ profile }) {
    const state = readList(profile);
    if (state.wanted.join(',') === profile.outgoing.listed.join(',')) return [];
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [
          prefEvidence(profile, name),
          ...state.misspelt.map((key) => prefEvidence(profile, `${outgoingPrefix(key)}hostname`)),
        ],
        state,
        severity: state.misspelt.some((key) => isUsed(profile, key)) ? 'error' : 'warning',
      },
    ];
  },

  words({ state: { misspelt, ghosts } }, { profile }) {
    const { servers } = profile.outgoing;
    const names = servers.filter(({ key }) => misspelt.includes(key)).map(nameOfOutgoing);
    const senders = [...new Set(misspelt.flatMap((key) => sendersThrough(profile, key)))];
    const sentences = [
      ...(misspelt.length === 0
        ? []
        : [
            `The program reads the list to the letter and does not find ${listed(names)}; it shows a server without a name instead.`,
          ]),
      ...(senders.length === 0 ? [] : [`${listed(senders)} cannot send until this is put right.`]),
      ...(ghosts.length === 0
        ? []
        : [`Of ${listed(ghosts)} no setting is left; the program shows a server without a name for it.`]),
    ];
    return {
      title:
        misspelt.length > 0
          ? `The list of outgoing servers misspells ${listed(names)}`
          : 'The list of outgoing servers names something that is none',
      detail:
        (sentences.join(' ') || 'A server stands in the list twice, and is shown twice.') +
        userJsNote(profile, [name]),
    };
  },

  repair({ state: { wanted } }, { profile }) {
    const why = 'the program reads this list to the letter';
    const edit = editPrefsOperation(profile, [{ name, to: wanted.join(',') || null }], why);
    return edit === null
      ? null
      : { title: 'Write the list of outgoing servers properly', risk: 'settings', operations: [edit] };
  },
});

function readList(profile: Profile): State {
  const isServer = (key: string): boolean => profile.prefs.names(outgoingPrefix(key)).length > 0;
  const items = profile.outgoing.listed;
  const wanted = new Set<string>();
  const ghosts = new Set<string>();
  for (const item of items) {
    const keys = isServer(item) ? [item] : item.split(/[\s;]+/).filter((part) => part !== '');
    for (const key of keys) (isServer(key) ? wanted : ghosts).add(key);
  }
  const misspelt = [...wanted].filter((key) => !items.includes(key));
  return { wanted: [...wanted], misspelt, ghosts: [...ghosts] };
}

/** By an identity that the program shows, or as the default. */
function isUsed(profile: Profile, key: string): boolean {
  return sendersThrough(profile, key).length > 0 || profile.outgoing.defaultKeySet === key;
}
