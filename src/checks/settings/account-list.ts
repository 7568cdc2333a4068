/**
 * Looks for: items in the list of accounts that name no account: blanks around a key, another separator than a comma,
 * the same key twice, a key of which no line is left.
 * Why: blanks are not removed. " account2" is no account, so it falls out of the list at the next start (formats.md
 * A3; measured with 153.7; only Local Folders comes back, under a new number).
 * Found: against the `mail.account.*` branches.
 * Repaired: the list is written anew: the same accounts, in the same order. A key that names nothing goes: what an older
 * copy of the settings has of it is profile/accounts-in-older-settings.
 */

import { accountPrefix } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  wanted: string[];
  /** Accounts that are there, and that the list does not name as it is written. */
  misspelt: string[];
  ghosts: string[];
}

const name = 'mail.accountmanager.accounts';

export const accountList = defineCheck<State>({
  meta: {
    id: 'settings/account-list',
    severity: 'warning',
    title: 'The list of accounts names something that is no account',
    looksFor:
      'Blanks, doubled items and keys without an account in the list that says which accounts there are.',
    why: 'The program reads the list to the letter. An account with a blank before its key is not found, and is dropped from the list at the next start.',
    repair: 'The list is written anew, with the same accounts in the same order. No account is taken out.',
    faults: ['formats.md A3'],
  },

  find({ profile }) {
    const state = readList(profile);
    if (state.wanted.join(',') === profile.accountList.items.join(',')) return [];
    const vanishing = state.misspelt.filter((key) => !comesBack(profile, key));
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [
          prefEvidence(profile, name),
          ...state.misspelt.map((key) => prefEvidence(profile, `${accountPrefix(key)}server`)),
        ],
        state,
        severity: vanishing.length > 0 ? 'error' : 'warning',
        start: vanishing.length > 0 ? 'loses' : 'safe',
        accounts: state.misspelt,
      },
    ];
  },

  words({ state: { misspelt, ghosts } }, { profile }) {
    const owners = misspelt.map((key) => ownerOfAccount(profile, key));
    const [them, their] = owners.length > 1 ? ['them', 'Their'] : ['it', 'Its'];
    const after = misspelt.every((key) => comesBack(profile, key))
      ? 'It makes a new account for it at its next start, under another number; the mail stays.'
      : `At its next start it takes ${them} out of the list. ${their} settings and mail stay on the disk, but nothing shows them.`;
    const sentences = [
      ...(misspelt.length === 0
        ? []
        : [`The program reads the list to the letter and does not find ${listed(owners)}. ${after}`]),
      ...(ghosts.length === 0
        ? []
        : [
            `Of ${listed(ghosts)} no setting is left; the program tidies that by itself, and nothing is lost by it.`,
          ]),
    ];
    const doubled =
      'An account stands in the list twice. The program shows it once and tidies the list by itself.';
    return {
      title:
        misspelt.length > 0
          ? `The list of accounts misspells ${listed(owners)}`
          : 'The list of accounts names something that is no account',
      detail: (sentences.length === 0 ? doubled : sentences.join(' ')) + userJsNote(profile, [name]),
    };
  },

  repair({ state: { wanted } }, { profile }) {
    const why = 'the program reads this list to the letter';
    const edit = editPrefsOperation(profile, [{ name, to: wanted.join(',') || null }], why);
    return edit === null
      ? null
      : { title: 'Write the list of accounts properly', risk: 'settings', operations: [edit] };
  },
});

function readList(profile: Profile): State {
  const isAccount = (key: string): boolean => profile.prefs.names(accountPrefix(key)).length > 0;
  const { items } = profile.accountList;
  const wanted = new Set<string>();
  const ghosts = new Set<string>();
  for (const item of items) {
    const keys = isAccount(item) ? [item] : item.split(/[\s;]+/).filter((part) => part !== '');
    for (const key of keys) (isAccount(key) ? wanted : ghosts).add(key);
  }
  return {
    wanted: [...wanted],
    misspelt: [...wanted].filter((key) => !items.includes(key)),
    ghosts: [...ghosts],
  };
}

/** The program makes a new account for Local Folders at its start. */
function comesBack({ prefs, accountList: { localFoldersServer } }: Profile, key: string): boolean {
  return localFoldersServer !== null && prefs.string(`${accountPrefix(key)}server`) === localFoldersServer;
}
