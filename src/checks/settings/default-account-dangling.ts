/**
 * Looks for: a default account that is not in the list of accounts.
 * Why: the program silently takes the first account that can send, and saves that (breakage.md): new messages are then
 * written from another address.
 * Found: `mail.accountmanager.defaultaccount` names no listed account.
 * Repaired: what the program would take is written down, so that it is seen. Not while the account itself is still in
 * the settings: it may come back into the list (profile/account-unlisted).
 */

import { accountPrefix } from '../../profile/accounts.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  /** Its settings are still there. */
  exists: boolean;
  /** What the program will take; null: no account can be the default. */
  next: string | null;
}

const name = 'mail.accountmanager.defaultaccount';

export const defaultAccountDangling = defineCheck<State>({
  meta: {
    id: 'settings/default-account-dangling',
    severity: 'warning',
    title: 'The default account does not exist',
    looksFor: 'A default account that is not in the list of accounts.',
    why: 'At its next start the program takes the first account that can send, without a word: new messages are written from another address.',
    repair:
      'The account that the program would take is entered as the default, where you can see it and change it.',
    faults: ['formats.md 3.5'],
  },

  find({ profile }) {
    const { defaultKeySet: key, defaultKey: next, items } = profile.accountList;
    // Without any list there is more to say: profile/account-list-lost.
    if (items.length === 0) return [];
    // A key that is only misspelt in the list is settings/account-list.
    if (key === null || items.some((item) => item.split(/[\s;]+/).includes(key))) return [];
    const exists = profile.prefs.has(`${accountPrefix(key)}server`);
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [prefEvidence(profile, name), prefEvidence(profile, 'mail.accountmanager.accounts')],
        state: { key, exists, next },
      },
    ];
  },

  words({ state: { key, exists, next } }, { profile }) {
    const effect =
      next === null
        ? 'No other account can be the default.'
        : `At its next start the program makes ${ownerOfAccount(profile, next)} the default, without a word.`;
    const advice = exists
      ? ' The settings of the former default account are still there; put it back into the list first.'
      : '';
    return {
      title: `The default account ("${exists ? ownerOfAccount(profile, key) : key}") is not in the list of accounts`,
      detail: `${effect}${advice}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { exists, next } }, { profile }) {
    if (exists) return null;
    const edit = editPrefsOperation(
      profile,
      [{ name, to: next }],
      'the former default account does not exist any more',
    );
    if (edit === null) return null;
    const title =
      next === null
        ? 'Take the default account out'
        : `Make ${ownerOfAccount(profile, next)} the default account`;
    return { title, risk: 'settings', operations: [edit] };
  },
});
