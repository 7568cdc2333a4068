/**
 * Accounts as the program's start-up makes them out of preferences: which it shows, which it drops and why, and what
 * of them it deletes while doing so (formats.md 3.1 and 3.5, nsMsgAccountManager::LoadAccounts).
 * Belongs here: the walk through the list. The values of servers and identities are theirs to read.
 */

import { comparableHost, type HostFate, hostFate } from './host-name.ts';
import { type Identity, readIdentity } from './identities.ts';
import type { Preferences } from './preferences.ts';
import type { IncomingServer } from './servers.ts';

export interface Account {
  key: string;
  server: IncomingServer;
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
  accounts: Account[];
  dropped: DroppedAccount[];
  defaultKeySet: string | null;
  /** The account that is default after start-up. */
  defaultKey: string | null;
  localFoldersServer: string | null;
  lastKey: number | null;
}

/** Types for which Thunderbird 153 and later have a server; `movemail` went with 91. */
export const incomingTypes: readonly string[] = ['imap', 'pop3', 'none', 'nntp', 'rss', 'im', 'ews', 'graph'];

export const accountPrefix = (key: string): string => `mail.account.${key}.`;

export function readAccountList(prefs: Preferences, servers: readonly IncomingServer[]): AccountList {
  const written = prefs.string('mail.accountmanager.accounts') ?? null;
  const items = (written ?? '').split(',').filter((item) => item !== '');
  const accounts: Account[] = [];
  const dropped: DroppedAccount[] = [];
  for (const key of new Set(items)) {
    const serverKey = prefs.string(`${accountPrefix(key)}server`) ?? null;
    const server = servers.find((candidate) => candidate.key === serverKey) ?? null;
    const drop = whyDropped(key, serverKey, server, accounts);
    if (drop !== null) dropped.push(drop);
    else if (server !== null) accounts.push({ key, server, identities: readAccountIdentities(prefs, key) });
  }
  const defaultKeySet = prefs.string('mail.accountmanager.defaultaccount') || null;
  return {
    written,
    items,
    accounts,
    dropped,
    defaultKeySet,
    defaultKey:
      (accounts.find((a) => a.key === defaultKeySet && canBeDefault(a)) ?? accounts.find(canBeDefault))
        ?.key ?? null,
    localFoldersServer: prefs.string('mail.accountmanager.localfoldersserver') || null,
    lastKey: prefs.int('mail.account.lastKey') ?? null,
  };
}

/** Keys in `mail.account.<key>.identities`: blanks are removed, empty items fall out (nsMsgAccount::createIdentities). */
export function identityKeys(prefs: Preferences, accountKey: string): string[] {
  return (prefs.string(`${accountPrefix(accountKey)}identities`) ?? '')
    .split(',')
    .map((key) => key.replace(/\s/g, ''))
    .filter((key) => key !== '');
}

/** Every `mail.account.<key>` that has a preference, listed or not. */
export function accountBranches(prefs: Preferences): string[] {
  return prefs
    .children('mail.account.')
    .filter((key) => key !== 'lastKey' && key !== '' && prefs.names(accountPrefix(key)).length > 0);
}

function readAccountIdentities(prefs: Preferences, accountKey: string): Identity[] {
  return [...new Set(identityKeys(prefs, accountKey))].map((key) => readIdentity(prefs, key));
}

/** Mail can be sent from it: Local Folders, news, feeds and chat cannot be the default account. */
function canBeDefault(account: Account): boolean {
  return !['none', 'nntp', 'rss', 'im'].includes(account.server.type ?? '') && !account.server.hidden;
}

function whyDropped(
  key: string,
  serverKey: string | null,
  server: IncomingServer | null,
  earlier: readonly Account[],
): DroppedAccount | null {
  const drop = (reason: DropReason, erased: boolean, keptBy: string | null = null): DroppedAccount => ({
    key,
    reason,
    serverKey,
    keptBy,
    erased,
  });
  if (serverKey === null) return drop('no-server', false);
  const sameServer = earlier.find((account) => account.server.key === serverKey);
  if (sameServer !== undefined) return drop('server-of-earlier-account', false, sameServer.key);
  if (server === null || server.type === null) return drop('server-without-type', true);
  if (server.host === null || server.host === '') return drop('server-without-host', true);
  if (!incomingTypes.includes(server.type)) return drop('unknown-type', true);
  const byHost = dropByHost[hostFate(server.type, server.host)];
  if (byHost !== undefined) return drop(byHost, byHost !== 'host-crashes');
  const twin = earlier.find((account) => isDuplicate(account.server, server));
  return twin === undefined ? null : drop('duplicate-server', true, twin.key);
}

const dropByHost: Partial<Record<HostFate, DropReason>> = {
  crash: 'host-crashes',
  refused: 'host-refused',
  'account-erased': 'host-malformed',
};

/**
 * Same type, host, port and user: the program refuses the later one. An empty user of the later one matches any
 * (nsMsgAccountManager::findServerInternal).
 */
export function isDuplicate(earlier: IncomingServer, later: IncomingServer): boolean {
  return (
    earlier.type === later.type &&
    comparableHost(earlier.host ?? '') === comparableHost(later.host ?? '') &&
    earlier.port === later.port &&
    (later.username === '' || earlier.username === later.username)
  );
}
