/**
 * Looks for: a count of accounts (`mail.account.lastKey`) that is lower than the number of an account that exists.
 * Why: the next account that is made gets a number that is taken, and overwrites the server of that account: the old
 * one is gone from view (formats.md 3.5, A22). The program also makes one by itself at its start, when Local Folders
 * has a server and no account (measured with 153.7: account3 became Local Folders).
 * Found: set, above 0 and too low. 0 or none is fine: the program then looks for the highest number itself. Server
 * numbers are looked for each time and need no count.
 * Repaired: the count is raised to the highest number.
 */

import { accountBranches, accountPrefix } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { listedAccounts } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { accountNumber } from '../free-keys.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  lastKey: number;
  highest: number;
  /** The account with the next number, where it is in the list. */
  next: string | null;
  /** A listed account with any higher number. */
  endangered: string | null;
  /** The next start makes an account by itself. */
  atStart: boolean;
}

const name = 'mail.account.lastKey';

export const accountNumberTooLow = defineCheck<State>({
  meta: {
    id: 'settings/account-number-too-low',
    severity: 'error',
    title: 'The next new account would overwrite an existing one',
    looksFor: 'A count of accounts that is lower than the number of an account in the settings.',
    why: 'The program gives the next account that you set up a number that is already taken, and the account that had it disappears.',
    repair: 'The count is raised to the highest number that is in use. Nothing else changes.',
    faults: ['formats.md A22'],
  },

  find({ profile }) {
    const state = readCount(profile);
    if (state === null) return [];
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [
          prefEvidence(profile, name),
          ...profile.prefs
            .names(accountPrefix(`account${state.highest}`))
            .slice(-1)
            .map((pref) => prefEvidence(profile, pref)),
        ],
        state,
        severity: state.endangered === null ? 'warning' : 'error',
        start: state.atStart && state.next !== null ? 'loses' : 'safe',
      },
    ];
  },

  words({ state: { lastKey, highest, next, endangered, atStart } }, { profile }) {
    const victim = next ?? endangered;
    const effect =
      victim === null
        ? 'The next account that is set up takes over the left-over settings of an account that was removed, with its old senders.'
        : atStart && next !== null
          ? `At its next start the program makes an account for Local Folders by itself, and overwrites ${ownerOfAccount(profile, victim)} with it.`
          : `One of the next accounts that you set up overwrites ${ownerOfAccount(profile, victim)}. Until then everything works.`;
    return {
      title: `The count of accounts says ${lastKey}, but number ${highest} is in use`,
      detail: `${effect}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { highest } }, { profile }) {
    const edit = editPrefsOperation(profile, [{ name, to: highest }], `account${highest} is there`);
    return edit === null
      ? null
      : { title: `Raise the count of accounts to ${highest}`, risk: 'settings', operations: [edit] };
  },
});

/** Null: in order. */
function readCount(profile: Profile): State | null {
  const { lastKey } = profile.accountList;
  // A key of which no line is left can be overwritten without harm.
  const all = new Set(accountBranches(profile.prefs));
  const listed = listedAccounts(profile).filter((key) => all.has(key));
  const isListed = new Set(listed);
  const branches = [...all].filter((key) => isListed.has(key) || !isUnifiedFolders(profile, key));
  const highest = Math.max(0, ...branches.map(accountNumber));
  if (lastKey === null || lastKey <= 0 || lastKey >= highest) return null;
  return {
    lastKey,
    highest,
    next: listed.find((key) => accountNumber(key) === lastKey + 1) ?? null,
    endangered: listed.find((key) => accountNumber(key) > lastKey) ?? null,
    atStart: makesLocalFolders(profile, listed),
  };
}

/** The program makes the account of its unified folders anew whenever it needs it. */
function isUnifiedFolders({ prefs, servers }: Profile, accountKey: string): boolean {
  const key = prefs.string(`${accountPrefix(accountKey)}server`);
  const server = servers.find((one) => one.key === key);
  return server?.type === 'none' && (server.hidden || server.host === 'smart mailboxes');
}

/** `localfoldersserver` names a server that can be loaded and that no listed account has. */
function makesLocalFolders({ prefs, accountList, servers }: Profile, listed: readonly string[]): boolean {
  const server = servers.find(({ key }) => key === accountList.localFoldersServer);
  if (server === undefined || server.type === null || !server.host) return false;
  return !listed.some((key) => prefs.string(`${accountPrefix(key)}server`) === server.key);
}
