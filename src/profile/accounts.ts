/**
 * Accounts as the program's start-up makes them out of preferences: which it shows, which it drops and why, which it
 * adds, and what of them it deletes while doing so (formats.md 3.1 and 3.5, nsMsgAccountManager).
 * Belongs here: the list and what is default in it. The fate of each account by its server is load-accounts.ts; the
 * values of servers and identities are theirs to read.
 */

import { type Identity, readIdentity } from './identities.ts';
import { AccountLoader, type LoadedAccount } from './load-accounts.ts';
import type { Preferences } from './preferences.ts';
import { isExchange } from './server-types.ts';
import type { IncomingServer } from './servers.ts';

export { incomingTypes, isDuplicate } from './load-accounts.ts';

export interface Account extends LoadedAccount {
  /** In the order of the list; the first is the default one. Also the empty ones that dangling keys make. */
  identities: Identity[];
}

export type DropReason =
  | 'no-server'
  | 'server-of-earlier-account'
  | 'server-without-type'
  | 'server-without-host'
  | 'unknown-type'
  | 'host-refused'
  | 'host-malformed'
  | 'host-crashes'
  | 'duplicate-server';

export interface DroppedAccount {
  key: string;
  reason: DropReason;
  serverKey: string | null;
  /** For duplicates: the account that keeps the server. */
  keptBy: string | null;
  /** The program deletes `mail.account.<key>.*` (but never the server's or the identities' preferences). */
  erased: boolean;
}

export interface AccountList {
  /** As written in `mail.accountmanager.accounts`; null when the preference is missing. */
  written: string | null;
  /** The items of the list, empty ones left out, blanks kept as the program keeps them. */
  items: string[];
  /** Those of the list that the program keeps, also those of hidden servers. */
  accounts: Account[];
  /** What it puts behind them: an account for the server of Local Folders, where none has it. */
  added: Account[];
  dropped: DroppedAccount[];
  defaultKeySet: string | null;
  /** The account that is default after start-up. */
  defaultKey: string | null;
  localFoldersServer: string | null;
  lastKey: number | null;
}

export const accountPrefix = (key: string): string => `mail.account.${key}.`;

export function readAccountList(prefs: Preferences, servers: readonly IncomingServer[]): AccountList {
  const written = prefs.string('mail.accountmanager.accounts') ?? null;
  const items = withAppended(prefs, itemsOf(written ?? ''));
  const loader = new AccountLoader(servers);
  for (const key of new Set(items)) {
    loader.load(key, prefs.string(`${accountPrefix(key)}server`) ?? null);
  }
  const { accounts, dropped } = loader;
  const added = written || items.length > 0 ? addLocalFolders(prefs, loader) : [];
  const withIdentities = (account: LoadedAccount): Account => ({
    ...account,
    identities: [...new Set(identityKeys(prefs, account.key))].map((key) => readIdentity(prefs, key)),
  });
  const defaultKeySet = prefs.string('mail.accountmanager.defaultaccount') || null;
  return {
    written,
    items,
    accounts: accounts.map(withIdentities),
    added: added.map(withIdentities),
    dropped,
    defaultKeySet,
    defaultKey: defaultAccount(defaultKeySet, [...accounts, ...added], dropped),
    localFoldersServer: prefs.string('mail.accountmanager.localfoldersserver') || null,
    lastKey: prefs.int('mail.account.lastKey') ?? null,
  };
}

/** Keys in `mail.account.<key>.identities`: blanks are removed, empty items fall out (nsMsgAccount::createIdentities). */
export function identityKeys(prefs: Preferences, accountKey: string): string[] {
  return itemsOf(prefs.string(`${accountPrefix(accountKey)}identities`) ?? '')
    .map((key) => key.replace(/\s/g, ''))
    .filter((key) => key !== '');
}

/** Every `mail.account.<key>` that has a preference, listed or not. */
export function accountBranches(prefs: Preferences): string[] {
  return prefs
    .children('mail.account.')
    .filter((key) => key !== 'lastKey' && key !== '' && prefs.names(accountPrefix(key)).length > 0);
}

const itemsOf = (list: string): string[] => list.split(',').filter((item) => item !== '');

/** What a vendor or company wants in the list is put behind it once; the version says whether that was done. */
function withAppended(prefs: Preferences, items: string[]): string[] {
  if ((prefs.int('mailnews.append_preconfig_accounts.version') ?? 1) > 1) return items;
  const more = (prefs.string('mail.accountmanager.appendaccounts') ?? '').replace(/\s/g, '');
  return [...items, ...itemsOf(more).filter((item) => !items.includes(item))];
}

/** Where the list is not empty, and the server of Local Folders can be made but is no account's. */
function addLocalFolders(prefs: Preferences, loader: AccountLoader): LoadedAccount[] {
  const serverKey = prefs.string('mail.accountmanager.localfoldersserver');
  if (!serverKey || loader.accounts.some(({ server }) => server.key === serverKey)) return [];
  const made = loader.make(serverKey);
  return 'server' in made ? [{ key: nextAccountKey(prefs, loader), ...made }] : [];
}

/** One above `lastKey`; without it one above the highest number in use (nsMsgAccountManager::GetUniqueAccountKey). */
function nextAccountKey(prefs: Preferences, { dropped }: AccountLoader): string {
  const erased = new Set(dropped.flatMap((account) => (account.erased ? [account.key] : [])));
  const numbers = accountBranches(prefs)
    .filter((key) => !erased.has(key))
    .map((key) => Number(/^account(\d+)$/.exec(key)?.[1] ?? 0));
  const last = prefs.int('mail.account.lastKey') || Math.max(0, ...numbers);
  return `account${last + 1}`;
}

/** A hidden account can be default, too. While the default one waits for its add-on, there is none. */
function defaultAccount(
  wanted: string | null,
  accounts: readonly LoadedAccount[],
  dropped: readonly DroppedAccount[],
): string | null {
  const waits = dropped.some(
    ({ key, reason, erased }) => key === wanted && reason === 'unknown-type' && !erased,
  );
  if (waits) return null;
  const usable = accounts.filter(({ server }) => canBeDefault(server.type));
  return (usable.find(({ key }) => key === wanted) ?? usable[0])?.key ?? null;
}

/** Mail can be sent from it: Local Folders, news, feeds and chat cannot be the default account. */
const canBeDefault = (type: string | null): boolean => type === 'imap' || type === 'pop3' || isExchange(type);
