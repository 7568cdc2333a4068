/**
 * Looks for: an empty or missing list of accounts while the accounts themselves are still in prefs.js.
 * Why: the program shows no account at all and never finds them again by itself (breakage.md, "list empty or missing").
 * Found: no `mail.accountmanager.accounts`, and at least one `mail.account.X.server` whose server has type and host.
 * Repaired: the list is written anew from those accounts, in the order of their numbers. Those that the program would
 * drop again, or crash over, come back by profile/account-unlisted.
 */

import { accountPrefix } from '../../profile/accounts.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, isSetByUserJs, type WantedPref } from '../pref-operations.ts';
import { accountKeyName, programName } from '../wording.ts';
import { blockerOf, unlistedAccounts } from './settings-state.ts';

interface State {
  keys: string[];
}

const listName = 'mail.accountmanager.accounts';

export const accountListLost = defineCheck<State>({
  meta: {
    id: 'profile/account-list-lost',
    severity: 'error',
    title: 'The list of accounts is gone',
    looksFor: 'Settings that still hold accounts and servers, but no list that names them.',
    why: 'The program shows only the accounts in its list. With an empty list it looks like a new program, although all settings and the mail are there.',
    repair: 'The list is written anew with every account whose settings are still complete.',
    faults: ['formats.md P3', 'formats.md A2', 'pains.md P12'],
    blocksOthers: true,
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null || blocker === 'profile/account-list-lost' ? null : waitsFor(blocker);
  },

  find({ profile }) {
    if (blockerOf(profile) !== 'profile/account-list-lost') return [];
    const keys = unlistedAccounts(profile);
    const note = profile.accountList.written === null ? 'the list is missing' : 'the list is empty';
    return [
      {
        subject: { kind: 'preference', id: listName },
        evidence: [
          prefEvidence(profile, listName, note),
          ...keys.map((key) => prefEvidence(profile, `${accountPrefix(key)}server`)),
        ],
        state: { keys },
        accounts: keys,
      },
    ];
  },

  words({ state: { keys } }, { profile }) {
    const names = keys.map((key) => accountKeyName(profile, key)).join(', ');
    const byUserJs = isSetByUserJs(profile, listName)
      ? ' The empty list stands in user.js, which is read at every start and which mailmend does not change: take the line out there.'
      : '';
    return {
      title: 'The list of accounts is empty, although the accounts are still there',
      detail: `${programName(profile.program)} shows no account. Nothing of them is lost; these are still in the settings: ${names}.${byUserJs}`,
    };
  },

  repair({ state: { keys } }, { profile }) {
    const { defaultKeySet } = profile.accountList;
    const wanted: WantedPref[] = [{ name: listName, to: keys.join(',') }];
    if (defaultKeySet !== null && !profile.prefs.has(`${accountPrefix(defaultKeySet)}server`)) {
      wanted.push({ name: 'mail.accountmanager.defaultaccount', to: null });
    }
    const edit = editPrefsOperation(
      profile,
      wanted,
      'the program shows only the accounts that this list names',
    );
    return edit === null
      ? null
      : {
          title:
            keys.length === 1
              ? 'Put the account back into the list'
              : `Put the ${keys.length} accounts back into the list`,
          risk: 'settings',
          operations: [edit],
        };
  },
});
