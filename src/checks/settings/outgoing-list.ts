/**
 * Looks for: items in the list of outgoing servers that are none: blanks around a key, the same key twice, a key of
 * which no line is left; and a listed server without a host name.
 * Why: blanks are not removed: " smtp2" is a server of its own, without a name (formats.md 3.4, A12; measured with
 * 153.7). What sends through smtp2 then finds no server, and there is no falling back to the default.
 * Repaired: the list is written anew with the same servers. One that only lacks its name stays: the name is the owner's
 * to enter.
 */

import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfOutgoing } from '../accounts-of.ts';
import { defineCheck, type Problem } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, nameOfOutgoing, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

type State =
  | { about: 'list'; wanted: string[]; misspelt: string[]; ghosts: string[] }
  | { about: 'server'; outgoing: OutgoingServer };

const name = 'mail.smtpservers';

export const outgoingList = defineCheck<State>({
  meta: {
    id: 'settings/outgoing-list',
    severity: 'warning',
    title: 'The list of outgoing servers names something that is none',
    looksFor:
      'Blanks, doubled items, keys without a server, and servers without a name in the list of outgoing servers.',
    why: 'The program reads the list to the letter. A key with a blank before it becomes a server without a name, and what should be sent through the real one is not sent.',
    repair:
      'The list is written anew with the servers that are there, in the same order. A server that has only lost its name is left to you.',
    faults: ['formats.md A12'],
  },

  find({ profile }) {
    return [...listProblem(profile), ...namelessServers(profile)];
  },

  words({ state }, { profile }) {
    const note = userJsNote(profile, [name]);
    if (state.about === 'server') return wordsForNameless(profile, state.outgoing);
    const senders = [...state.misspelt, ...state.ghosts].flatMap((key) => sendersThrough(profile, key));
    const sentences = [
      ...(state.misspelt.length === 0
        ? []
        : [
            `The program takes ${listed(state.misspelt)} for a server without a name, because of the blank before or behind it.`,
          ]),
      ...(state.ghosts.length === 0
        ? []
        : [`No setting of ${listed(state.ghosts)} is left: it is a server without a name.`]),
      ...(senders.length === 0
        ? []
        : [`${listed([...new Set(senders)])} cannot send until this is put right.`]),
    ];
    return {
      title: 'The list of outgoing servers names something that is none',
      detail: (sentences.join(' ') || 'A server stands in the list twice, and is shown twice.') + note,
    };
  },

  repair({ state }, { profile }) {
    if (state.about === 'server') return null;
    const to = state.wanted.join(',') || null;
    const edit = editPrefsOperation(profile, [{ name, to }], 'the program reads this list to the letter');
    return edit === null
      ? null
      : { title: 'Write the list of outgoing servers properly', risk: 'settings', operations: [edit] };
  },
});

function listProblem(profile: Profile): Problem<State>[] {
  const hasLines = (key: string): boolean => profile.prefs.names(outgoingPrefix(key)).length > 0;
  const wanted = new Set<string>();
  const ghosts = new Set<string>();
  for (const item of profile.outgoing.listed) {
    const keys = hasLines(item) ? [item] : item.split(/[\s;]+/).filter((part) => part !== '');
    for (const key of keys) (hasLines(key) ? wanted : ghosts).add(key);
  }
  const misspelt = [...wanted].filter((key) => !profile.outgoing.listed.includes(key));
  const state: State = { about: 'list', wanted: [...wanted], misspelt, ghosts: [...ghosts] };
  if (state.wanted.join(',') === profile.outgoing.listed.join(',')) return [];
  return [
    {
      subject: { kind: 'preference', id: name },
      evidence: [
        prefEvidence(profile, name),
        ...misspelt.map((key) => prefEvidence(profile, `${outgoingPrefix(key)}hostname`)),
      ],
      state,
      // Whoever sends through a ghost is settings/identity-outgoing-missing.
      severity: misspelt.some((key) => isUsed(profile, key)) ? 'error' : 'warning',
    },
  ];
}

/** SMTP only: Exchange servers have an address of another kind. A name of a wrong type is settings/wrong-type. */
function namelessServers(profile: Profile): Problem<State>[] {
  return profile.outgoing.servers
    .filter(({ listed, type, prefNames }) => listed && type === 'smtp' && prefNames.length > 0)
    .filter(({ key }) => (profile.prefs.raw(`${outgoingPrefix(key)}hostname`) ?? '') === '')
    .map((outgoing) => ({
      subject: { kind: 'outgoing', id: outgoing.key },
      evidence: [prefEvidence(profile, `${outgoingPrefix(outgoing.key)}hostname`)],
      state: { about: 'server', outgoing },
      severity: isUsed(profile, outgoing.key) ? 'error' : 'warning',
      accounts: accountsOfOutgoing(profile, outgoing.key),
    }));
}

function wordsForNameless(profile: Profile, outgoing: OutgoingServer): { title: string; detail: string } {
  const senders = sendersThrough(profile, outgoing.key);
  if (profile.outgoing.defaultKey === outgoing.key) senders.push(...sendersThrough(profile, null));
  const who =
    senders.length === 0
      ? 'No account sends through it at present.'
      : `${listed([...new Set(senders)])} cannot send through it.`;
  return {
    title: `The outgoing server ${nameOfOutgoing(outgoing)} has no server name`,
    detail: `${who} Enter the name that your mail provider gives under Account Settings, Outgoing Server.${userJsNote(
      profile,
      [`${outgoingPrefix(outgoing.key)}hostname`],
    )}`,
  };
}

/** By an identity that the program shows, or as the default. */
function isUsed(profile: Profile, key: string): boolean {
  return (
    sendersThrough(profile, key).length > 0 ||
    profile.outgoing.defaultKeySet === key ||
    (profile.outgoing.defaultKey === key && sendersThrough(profile, null).length > 0)
  );
}
