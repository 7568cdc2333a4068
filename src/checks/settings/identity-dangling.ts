/**
 * Looks for: items in an account's list of identities that are no identity: a key without any line, or only a blank.
 * Why: an identity without address appears, and is the one that mail is written with if it stands first (formats.md
 * 3.5). A blank between two commas makes the program crash at every start (measured with 153.7: `id1, `, `id1, ,id2`).
 * Found: accounts that the program shows. The program strips blanks around a key itself; they do no harm.
 * Repaired: the item goes out of the list. When nothing would be left, an unused identity of the same address takes
 * its place; without one the empty identity stays, for the owner to fill in.
 */

import { type Account, accountPrefix, identityKeys } from '../../profile/accounts.ts';
import { identityPrefix } from '../../profile/identities.ts';
import type { Profile } from '../../profile/profile.ts';
import { namesServer, parseServerUri } from '../../profile/server-uri.ts';
import { unusedIdentities } from '../../profile/unlisted.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  accountKey: string;
  missing: string[];
  crashes: boolean;
  /** What the list should be; null: nothing would be left. */
  wanted: string[] | null;
}

const listOf = (accountKey: string): string => `${accountPrefix(accountKey)}identities`;

export const identityDangling = defineCheck<State>({
  meta: {
    id: 'settings/identity-dangling',
    severity: 'error',
    title: 'An account with an identity that does not exist',
    looksFor: 'A sender in the list of an account of which no setting is left, or a blank in its place.',
    why: 'The program makes an empty sender of it, without name and address, and may write mail with it. A mere blank in the list makes it crash at every start.',
    repair: 'What is no sender is taken out of the list. The real ones stay, in the same order.',
    faults: ['formats.md 3.5'],
  },

  find({ profile }) {
    return profile.accountList.accounts.flatMap((account) => {
      const state = readIdentityList(profile, account);
      if (state === null) return [];
      return [
        {
          subject: { kind: 'account', id: account.key },
          evidence: [
            prefEvidence(profile, listOf(account.key)),
            ...state.missing.map((key) => ({
              file: 'prefs.js',
              note: `no line begins with ${identityPrefix(key)}`,
            })),
          ],
          state,
          start: state.crashes ? 'fails' : 'safe',
          accounts: [account.key],
        },
      ];
    });
  },

  words({ state: { accountKey, missing, crashes, wanted } }, { profile }) {
    const owner = ownerOfAccount(profile, accountKey);
    const sentences = [
      ...(crashes
        ? [
            'The program closes at once, every time it is started, because of a blank between the commas of this list.',
          ]
        : []),
      ...(missing.length > 0
        ? [
            `Nothing is left of ${listed(missing)}: the program shows an empty sender for it, without name and address.`,
          ]
        : []),
      ...(missing.length > 0 && wanted === null
        ? ['It is the only one of this account: enter your name and address under Account Settings.']
        : []),
    ];
    return {
      title: crashes
        ? `A blank in the list of senders of ${owner} makes the program crash`
        : `The account ${owner} has a sender that does not exist`,
      detail: sentences.join(' ') + userJsNote(profile, [listOf(accountKey)]),
    };
  },

  repair({ state: { accountKey, crashes, wanted } }, { profile }) {
    if (wanted === null && !crashes) return null;
    // Without any real one the empty sender stays: the account settings show it, to be filled in.
    const to = (wanted ?? identityKeys(profile.prefs, accountKey)).join(',') || null;
    const edit = editPrefsOperation(
      profile,
      [{ name: listOf(accountKey), to }],
      'only senders that exist belong into this list',
    );
    return edit === null
      ? null
      : {
          title: `Write the list of senders of ${ownerOfAccount(profile, accountKey)} properly`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

/** Null: in order. */
function readIdentityList(profile: Profile, account: Account): State | null {
  const { prefs } = profile;
  const keys = identityKeys(prefs, account.key);
  const present = [...new Set(keys)].filter((key) => prefs.names(identityPrefix(key)).length > 0);
  const missing = [...new Set(keys)].filter((key) => !present.includes(key));
  const crashes = (prefs.string(listOf(account.key)) ?? '')
    .split(',')
    .some((item) => item !== '' && item.trim() === '');
  if (missing.length === 0 && !crashes) return null;
  const wanted = present.length > 0 ? present : unusedOf(profile, account);
  return { accountKey: account.key, missing, crashes, wanted: wanted.length > 0 ? wanted : null };
}

/** The one identity of no account that has this account's address, or its folders. */
function unusedOf(profile: Profile, { server }: Account): string[] {
  const fitting = unusedIdentities(profile).filter(
    ({ email, folderUris }) =>
      (email !== '' && email.toLowerCase() === server.username.toLowerCase()) ||
      folderUris.some(({ uri }) => {
        const parsed = parseServerUri(uri);
        return parsed !== null && namesServer(parsed, server);
      }),
  );
  return fitting.length === 1 ? fitting.map(({ key }) => key) : [];
}
