/**
 * Looks for: an empty or missing list of accounts while the accounts themselves are still in prefs.js.
 * Why: the program shows no account at all and never finds them again by itself (breakage.md, "list empty or missing").
 * Found: no `mail.accountmanager.accounts`, and at least one `mail.account.X.server` whose server has type and host.
 * Repaired: the list is written anew from those accounts, in the order of their numbers.
 */

import { accountBranches, accountPrefix, incomingTypes } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { accountKeyName, programName } from '../wording.ts';

interface State {
  keys: string[];
}

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

  find({ profile }) {
    const { written, items } = profile.accountList;
    if (items.length > 0 || profile.prefsText === null || profile.prefsText.blank) return [];
    const keys = completeAccounts(profile);
    if (keys.length === 0) return [];
    return [
      {
        subject: { kind: 'preference', id: 'mail.accountmanager.accounts' },
        evidence: [
          prefEvidence(
            profile,
            'mail.accountmanager.accounts',
            written === null ? 'the list is missing' : 'the list is empty',
          ),
          ...keys.map((key) => prefEvidence(profile, `${accountPrefix(key)}server`)),
        ],
        state: { keys },
        accounts: keys,
      },
    ];
  },

  words({ state: { keys } }, { profile }) {
    const names = keys.map((key) => accountKeyName(profile, key)).join(', ');
    return {
      title: 'The list of accounts is empty, although the accounts are still there',
      detail: `${programName(profile.program)} shows no account. These are still in the settings: ${names}.`,
    };
  },

  repair({ state: { keys } }, { profile }) {
    const { defaultKeySet } = profile.accountList;
    const wanted: WantedPref[] = [{ name: 'mail.accountmanager.accounts', to: keys.join(',') }];
    if (defaultKeySet !== null && !keys.includes(defaultKeySet)) {
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

/** In the order of their numbers, each server once. */
function completeAccounts(profile: Profile): string[] {
  const seen = new Set<string>();
  return accountBranches(profile.prefs)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .filter((key) => {
      const serverKey = profile.prefs.string(`${accountPrefix(key)}server`);
      const server = profile.servers.find((candidate) => candidate.key === serverKey);
      if (serverKey === undefined || server === undefined || seen.has(serverKey)) return false;
      const complete = incomingTypes.includes(server.type ?? '') && (server.host ?? '') !== '';
      if (complete) seen.add(serverKey);
      return complete;
    });
}
