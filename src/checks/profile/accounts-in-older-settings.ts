/**
 * Looks for: accounts that an older or quarantined copy of the settings lists, whose mail is on the disk, and of which
 * prefs.js has nothing any more.
 * Why: after a damaged prefs.js the program goes on with the rest and leaves the whole file as Invalidprefs.js, which
 * nobody reads (formats.md 2.3, P1, P2, P7). A half-saved prefs-1.js is never read either (breakage.md).
 * Found: an account in the copy's list whose server (type, host, user) no branch of prefs.js has, and whose folder
 * holds mail that no present server uses.
 * Repaired: the settings of that account are copied over, under numbers that are free.
 */

import type { PrefValue } from '../../formats/prefs/prefs.ts';
import { salvagePrefs } from '../../formats/prefs/salvage.ts';
import { type Account, readAccountList } from '../../profile/accounts.ts';
import { fromRelative } from '../../profile/directories.ts';
import { comparableHost } from '../../profile/host-name.ts';
import { outgoingPrefix } from '../../profile/outgoing.ts';
import { type Preferences, readPreferences } from '../../profile/preferences.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { readServers } from '../../profile/servers.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { accountName, megabytes } from '../wording.ts';

interface State {
  file: string;
  older: Preferences;
  account: Account;
  mailBytes: number;
}

export const accountsInOlderSettings = defineCheck<State>({
  meta: {
    id: 'profile/accounts-in-older-settings',
    severity: 'error',
    title: 'An account that only an older copy of the settings knows',
    looksFor:
      'An account in Invalidprefs.js or a half-saved prefs-1.js whose mail is still on the disk and that the present settings have lost.',
    why: 'After damage to prefs.js the program carries on with what is left and never looks into the copy again. The account seems deleted; its mail is not.',
    repair:
      'The settings of the account are taken over from the copy, under free numbers, and the account goes back into the list.',
    faults: ['formats.md P1', 'formats.md P2', 'formats.md P7', 'pains.md P12'],
  },

  find({ profile }) {
    const seen = new Set<string>();
    return profile.generations.flatMap((generation) =>
      lostAccounts(profile, generation).flatMap((state) => {
        const id = `${state.account.server.type}://${state.account.server.username}@${state.account.server.host}`;
        if (seen.has(id)) return [];
        seen.add(id);
        return [
          {
            subject: { kind: 'account' as const, id },
            evidence: [
              {
                file: state.file,
                line: state.older.where(`mail.server.${state.account.server.key}.hostname`)?.line ?? 1,
                note: `lists ${accountName(state.account)}`,
              },
              prefEvidence(profile, 'mail.accountmanager.accounts'),
            ],
            state,
          },
        ];
      }),
    );
  },

  words({ state }) {
    return {
      title: `The account ${accountName(state.account)} is only in ${state.file} any more`,
      detail: `The present settings have lost it; ${megabytes(state.mailBytes)} of its mail are still on the disk.`,
    };
  },

  repair({ state }, { profile }) {
    const edit = editPrefsOperation(
      profile,
      transplant(profile, state),
      `the settings come from ${state.file}`,
    );
    return edit === null
      ? null
      : {
          title: `Take the account ${accountName(state.account)} over from ${state.file}`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

function lostAccounts(profile: Profile, generation: PrefsText): State[] {
  const entries = salvagePrefs(generation.parsed.source);
  const older = readPreferences([{ file: generation.file, parsed: { ...generation.parsed, entries } }]);
  return readAccountList(older, readServers(older)).accounts.flatMap((account) => {
    if (account.server.type === 'none' || isKnown(profile, account)) return [];
    const directory = fromRelative(
      { profile: profile.path, home: '' },
      older.string(`mail.server.${account.server.key}.directory-rel`),
    );
    const mail = profile.unusedMail.find((unused) => unused.path === directory);
    return mail?.holdsMessages ? [{ file: generation.file, older, account, mailBytes: mail.bytes }] : [];
  });
}

function isKnown(profile: Profile, { server }: Account): boolean {
  return profile.servers.some(
    (present) =>
      present.type === server.type &&
      comparableHost(present.host ?? '') === comparableHost(server.host ?? '') &&
      present.username === server.username,
  );
}

/** The settings of the account under free keys, and the list with it at the end. */
function transplant(profile: Profile, { older, account }: State): WantedPref[] {
  const accountKey = freeKey(profile, 'mail.account.', 'account');
  const serverKey = freeKey(profile, 'mail.server.', 'server');
  const wanted: WantedPref[] = copyBranch(
    older,
    `mail.server.${account.server.key}.`,
    `mail.server.${serverKey}.`,
  );
  const identityKeys = account.identities
    .filter((identity) => identity.prefNames.length > 0)
    .map((identity, nth) => {
      const key = freeKey(profile, 'mail.identity.', 'id', nth);
      wanted.push(...copyBranch(older, `mail.identity.${identity.key}.`, `mail.identity.${key}.`));
      if (identity.outgoing !== null && !profile.outgoing.listed.includes(identity.outgoing)) {
        wanted.push(
          ...copyBranch(older, outgoingPrefix(identity.outgoing), outgoingPrefix(identity.outgoing)),
        );
        const listed =
          wanted.find(({ name }) => name === 'mail.smtpservers')?.to ?? profile.outgoing.listed.join(',');
        const list = [String(listed), identity.outgoing].filter((item) => item !== '').join(',');
        replace(wanted, { name: 'mail.smtpservers', to: list });
      }
      return key;
    });
  wanted.push({ name: `mail.account.${accountKey}.server`, to: serverKey });
  if (identityKeys.length > 0)
    wanted.push({ name: `mail.account.${accountKey}.identities`, to: identityKeys.join(',') });
  const number = Number(accountKey.slice('account'.length));
  if (profile.accountList.lastKey !== null && profile.accountList.lastKey < number) {
    wanted.push({ name: 'mail.account.lastKey', to: number });
  }
  wanted.push({
    name: 'mail.accountmanager.accounts',
    to: [...profile.accountList.items, accountKey].join(','),
  });
  return wanted;
}

function copyBranch(older: Preferences, from: string, to: string): WantedPref[] {
  return older
    .names(from)
    .map((name) => ({ name: to + name.slice(from.length), to: older.raw(name) as PrefValue }));
}

function replace(wanted: WantedPref[], pref: WantedPref): void {
  const at = wanted.findIndex(({ name }) => name === pref.name);
  if (at < 0) wanted.push(pref);
  else wanted[at] = pref;
}

/** Above every number in use. */
function freeKey(profile: Profile, prefix: string, stem: string, nth = 0): string {
  const numbers = profile.prefs
    .children(prefix)
    .map((key) => Number(new RegExp(`^${stem}(\\d+)$`).exec(key)?.[1] ?? 0));
  const floor = stem === 'account' ? (profile.accountList.lastKey ?? 0) : 0;
  return `${stem}${Math.max(floor, ...numbers, 0) + 1 + nth}`;
}
