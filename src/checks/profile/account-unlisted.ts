/**
 * Looks for: an account whose server and mail are there, and that the list of accounts does not name.
 * Why: the program shows only what the list names; nothing brings such an account back by itself (breakage.md).
 * Found: an unlisted server that is no leftover (design.md 4): it has mail, an account branch, or an older generation
 * of the settings that lists it.
 * Repaired: the account goes back into the list; one that has lost its own entry gets a new one.
 */

import { accountBranches, accountPrefix } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { type UnlistedServer, unlistedServers } from '../../profile/unlisted.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { megabytes, serverName } from '../wording.ts';

interface State {
  unlisted: UnlistedServer;
  because: string;
}

export const accountUnlisted = defineCheck<State>({
  meta: {
    id: 'profile/account-unlisted',
    severity: 'error',
    title: 'An account that the list of accounts has lost',
    looksFor:
      'A server with its settings, and mostly with its mail, that no account in the list uses any more: after a crash, a full disk, or a set-up that broke off.',
    why: 'The program shows only the accounts in its list. The mail is still on the disk, but the program will not show it again by itself.',
    repair: 'The account is put back into the list, with the identity that belongs to it. No mail is moved.',
    faults: ['formats.md A1', 'formats.md A2', 'formats.md P3', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    return unlistedServers(profile).flatMap((unlisted) => {
      if (unlisted.lost === null || isLocalFoldersTwin(profile, unlisted)) return [];
      const { server } = unlisted;
      const where = unlisted.lost.where;
      return [
        {
          subject: { kind: 'server', id: server.key },
          evidence: [
            prefEvidence(profile, `${serverPrefix(server.key)}hostname`),
            { file: where, note: unlisted.lost.because },
            prefEvidence(profile, 'mail.accountmanager.accounts'),
          ],
          state: { unlisted, because: unlisted.lost.because },
          accounts: unlisted.accountKey === null ? [] : [unlisted.accountKey],
        },
      ];
    });
  },

  words({ state: { unlisted, because } }) {
    const bytes = unlisted.mail?.bytes ?? 0;
    return {
      title: `The account ${serverName(unlisted.server)} is not in the list of accounts`,
      detail: `The program does not show it, but its settings are still there (${because})${
        bytes > 0 ? `, with ${megabytes(bytes)} of mail on the disk` : ''
      }.`,
    };
  },

  repair({ state: { unlisted } }, { profile }) {
    const { prefs, accountList } = profile;
    const key = unlisted.accountKey ?? freeAccountKey(profile);
    const wanted: WantedPref[] = [
      { name: 'mail.accountmanager.accounts', to: [...accountList.items, key].join(',') },
    ];
    if (unlisted.accountKey === null) {
      wanted.push({ name: `${accountPrefix(key)}server`, to: unlisted.server.key });
      const identities = unlisted.identities.map((identity) => identity.key).join(',');
      if (identities !== '') wanted.push({ name: `${accountPrefix(key)}identities`, to: identities });
      if (prefs.has('mail.account.lastKey')) {
        wanted.push({ name: 'mail.account.lastKey', to: Math.max(accountList.lastKey ?? 0, numberOf(key)) });
      }
    }
    const edit = editPrefsOperation(
      profile,
      wanted,
      `the account of ${serverName(unlisted.server)} comes back`,
    );
    return edit === null
      ? null
      : {
          title: `Put ${serverName(unlisted.server)} back into the list of accounts`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

const numberOf = (key: string): number => Number(/^account(\d+)$/.exec(key)?.[1] ?? 0);

/** Above every number that was ever handed out, so that nothing is inherited and nothing overwritten. */
function freeAccountKey(profile: Profile): string {
  const numbers = [...accountBranches(profile.prefs), ...profile.accountList.items].map(numberOf);
  return `account${Math.max(0, profile.accountList.lastKey ?? 0, ...numbers) + 1}`;
}

/** A second Local Folders would be refused at the next start as a duplicate. */
function isLocalFoldersTwin(profile: Profile, { server, mail }: UnlistedServer): boolean {
  return (
    server.type === 'none' &&
    profile.accountList.accounts.some((account) => account.server.type === 'none') &&
    mail?.holdsMessages !== true
  );
}
