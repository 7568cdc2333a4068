/**
 * Accounts that an older or quarantined copy of the settings lists, whose mail is on the disk, and that prefs.js has
 * lost; and whether the loss is certain. An account that its owner has removed, keeping the mail, looks much the same.
 */

import { salvagePrefs } from '../../formats/prefs/salvage.ts';
import { type Account, type AccountList, readAccountList } from '../../profile/accounts.ts';
import { fromRelative } from '../../profile/directories.ts';
import type { MailDirectory } from '../../profile/folders.ts';
import { comparableHost } from '../../profile/host-name.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { type Preferences, readPreferences } from '../../profile/preferences.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { type IncomingServer, readServers, serverPrefix } from '../../profile/servers.ts';

export interface OlderAccount {
  account: Account;
  mail: MailDirectory;
}

export interface OlderSettings {
  file: string;
  older: Preferences;
  accounts: OlderAccount[];
  /** Damage took them, not their owner. */
  certain: boolean;
}

/** Newest copy first; an account that several copies have is listed with the first of them. */
export const olderSettings: (profile: Profile) => OlderSettings[] = oncePerProfile((profile) => {
  const seen: IncomingServer[] = [];
  return profile.generations.flatMap((generation) => {
    const older = preferencesOf(generation, salvagePrefs(generation.parsed.source));
    const list = readAccountList(older, readServers(older));
    const accounts = list.accounts.flatMap((account) => {
      if (
        account.server.type === 'none' ||
        [...profile.servers, ...seen].some((one) => isSame(one, account.server))
      )
        return [];
      const mail = mailOf(profile, older, account);
      if (mail === null) return [];
      seen.push(account.server);
      return [{ account, mail }];
    });
    const certain =
      isLaterThan(list, profile.accountList) || accounts.some(({ account }) => !isShown(generation, account));
    return accounts.length === 0 ? [] : [{ file: generation.file, older, accounts, certain }];
  });
});

/** With more accounts made than prefs.js has ever counted: the count never goes down. */
const isLaterThan = (older: AccountList, present: AccountList): boolean =>
  (older.lastKey ?? 0) > (present.lastKey ?? 0);

/** The program itself, reading that damaged copy, would have shown the account: then the damage did not take it. */
function isShown(generation: PrefsText, { server }: Account): boolean {
  const prefs = preferencesOf(generation, generation.parsed.entries);
  return readAccountList(prefs, readServers(prefs)).accounts.some((account) =>
    isSame(account.server, server),
  );
}

function preferencesOf({ file, parsed }: PrefsText, entries: PrefsText['parsed']['entries']): Preferences {
  return readPreferences([{ file, parsed: { ...parsed, entries } }]);
}

function isSame(a: IncomingServer, b: IncomingServer): boolean {
  return (
    a.type === b.type &&
    a.username === b.username &&
    comparableHost(a.host ?? '') === comparableHost(b.host ?? '')
  );
}

/** Null: there is none of it on the disk that no server uses. */
function mailOf(profile: Profile, older: Preferences, { server }: Account): MailDirectory | null {
  const named = older.string(`${serverPrefix(server.key)}directory-rel`);
  const directory = fromRelative({ profile: profile.path, home: '' }, named);
  const mail = profile.unusedMail.find((unused) => unused.path === directory);
  return mail?.holdsMessages === true ? mail : null;
}
