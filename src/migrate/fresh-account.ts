/**
 * The settings of one account for a fresh profile: renumbered from one, nothing absolute, nothing that fetches, deletes
 * or sends by itself (design.md 6.9, formats.md 10.7).
 * Belongs here: which settings are taken over and which are set. Where they are written is the caller's.
 */

import type { PrefValue } from '../formats/prefs/prefs.ts';
import type { Account } from '../profile/accounts.ts';
import { type OutgoingServer, outgoingPrefix } from '../profile/outgoing.ts';
import type { Preferences } from '../profile/preferences.ts';
import type { Profile } from '../profile/profile.ts';
import { serverPrefix } from '../profile/servers.ts';
import type { ImapTwin } from '../providers/imap-twins.ts';

export interface FreshAccountOptions {
  /** For a POP account that is to be tried as IMAP. */
  as: ImapTwin | null;
  /** `mail.ui-rdf.version` of the program that will open it; null: left out, the program takes it for new. */
  uiVersion: number | null;
}

/** Taken over as they are; everything else starts from the program's defaults. */
const serverSettings = [
  'type',
  'hostname',
  'userName',
  'port',
  'authMethod',
  'name',
  'ews_url',
  'owa_url',
  'eas_url',
  'oauth2.issuer',
  'oauth2.useCustomDetails',
  'oauth2.clientId',
  'oauth2.scopes',
  'oauth2.authorizationEndpoint',
  'oauth2.tokenEndpoint',
  'oauth2.redirectionEndpoint',
  'oauth2.usePKCE',
  'server_sub_directory',
];
const identitySettings = [
  'fullName',
  'useremail',
  'organization',
  'reply_to',
  'label',
  'compose_html',
  'htmlSigText',
  'htmlSigFormat',
];
const outgoingSettings = ['type', 'hostname', 'port', 'username', 'authMethod', 'description', 'ews_url'];

export function freshAccountPrefs(
  profile: Profile,
  account: Account,
  { as, uiVersion }: FreshAccountOptions,
): Map<string, PrefValue> {
  const prefs = new Map<string, PrefValue>();
  const type = as === null ? (account.server.type ?? 'imap') : 'imap';
  writeServer(prefs, profile.prefs, account, type, as);
  const outgoing = outgoingOf(profile, account);
  const identityKeys = writeIdentities(prefs, profile, account, outgoing);
  writeOutgoing(prefs, profile, account, outgoing);
  writeLocalFolders(prefs);
  prefs.set('mail.account.account1.server', 'server1');
  if (identityKeys.length > 0) prefs.set('mail.account.account1.identities', identityKeys.join(','));
  prefs.set('mail.account.account2.server', 'server2');
  prefs.set('mail.account.lastKey', 2);
  prefs.set('mail.accountmanager.accounts', 'account1,account2');
  prefs.set('mail.accountmanager.defaultaccount', 'account1');
  prefs.set('mail.accountmanager.localfoldersserver', 'server2');
  if (uiVersion !== null) prefs.set('mail.ui-rdf.version', uiVersion);
  // Nothing that reads all mail or asks questions during the test.
  prefs.set('mailnews.database.global.indexer.enabled', false);
  prefs.set('mail.shell.checkDefaultClient', false);
  prefs.set('mail.provider.suppress_dialog_on_startup', true);
  return prefs;
}

/** "STARTTLS if available" is gone from today's programs; the migration that lifts it is skipped in a new profile. */
const liftedSecurity = (socketType: number): number => (socketType === 1 ? 2 : socketType);

function writeServer(
  prefs: Map<string, PrefValue>,
  old: Preferences,
  account: Account,
  type: string,
  as: ImapTwin | null,
): void {
  const from = serverPrefix(account.server.key);
  copy(prefs, old, from, serverPrefix('server1'), serverSettings);
  const set = (name: string, value: PrefValue): void => void prefs.set(serverPrefix('server1') + name, value);
  set('type', type);
  set('socketType', liftedSecurity(account.server.socketType));
  if (as !== null) {
    set('hostname', as.host);
    set('port', as.port);
    set('socketType', as.security === 'tls' ? 3 : 2);
    if (as.user === 'local-part') set('userName', account.server.username.split('@')[0] ?? '');
    else if (!account.server.username.includes('@'))
      set('userName', firstAddress(account) ?? account.server.username);
  }
  const host = String(prefs.get(`${serverPrefix('server1')}hostname`) ?? account.server.host ?? '');
  set('directory-rel', `[ProfD]${type === 'imap' ? 'ImapMail' : type === 'nntp' ? 'News' : 'Mail'}/${host}`);
  set('login_at_startup', false);
  set('check_new_mail', false);
  if (type === 'pop3') {
    set('leave_on_server', true);
    set('delete_by_age_from_server', false);
    set('delete_mail_left_on_server', false);
    set('defer_get_new_mail', false);
  }
  if (type === 'imap') {
    set('offline_download', false);
    set('cleanup_inbox_on_exit', false);
    set('empty_trash_on_exit', false);
  }
}

const firstAddress = (account: Account): string | null =>
  account.identities.find((identity) => identity.email !== '')?.email ?? null;

function writeIdentities(
  prefs: Map<string, PrefValue>,
  profile: Profile,
  account: Account,
  outgoing: readonly OutgoingServer[],
): string[] {
  return account.identities
    .filter((identity) => identity.prefNames.length > 0)
    .map((identity, nth) => {
      const key = `id${nth + 1}`;
      copy(prefs, profile.prefs, `mail.identity.${identity.key}.`, `mail.identity.${key}.`, identitySettings);
      prefs.set(`mail.identity.${key}.valid`, true);
      const at = outgoing.findIndex(
        (server) => server.key === (identity.outgoing ?? profile.outgoing.defaultKey),
      );
      if (at >= 0) prefs.set(`mail.identity.${key}.smtpServer`, `smtp${at + 1}`);
      return key;
    });
}

/** Those that the account's identities send through, and the default one where an identity names none. */
function outgoingOf(profile: Profile, account: Account): OutgoingServer[] {
  const keys = new Set(
    account.identities.map((identity) => identity.outgoing ?? profile.outgoing.defaultKey),
  );
  return profile.outgoing.servers.filter((server) => keys.has(server.key) && server.host !== '');
}

function writeOutgoing(
  prefs: Map<string, PrefValue>,
  profile: Profile,
  account: Account,
  outgoing: readonly OutgoingServer[],
): void {
  outgoing.forEach((server, nth) => {
    const to = outgoingPrefix(`smtp${nth + 1}`);
    copy(prefs, profile.prefs, outgoingPrefix(server.key), to, outgoingSettings);
    prefs.set(`${to}type`, server.type);
    prefs.set(`${to}try_ssl`, liftedSecurity(server.socketType));
  });
  if (outgoing.length === 0) return;
  prefs.set('mail.smtpservers', outgoing.map((_, nth) => `smtp${nth + 1}`).join(','));
  const first = account.identities[0]?.outgoing ?? profile.outgoing.defaultKey;
  const at = outgoing.findIndex((server) => server.key === first);
  prefs.set('mail.smtp.defaultserver', `smtp${Math.max(at, 0) + 1}`);
}

function writeLocalFolders(prefs: Map<string, PrefValue>): void {
  const set = (name: string, value: PrefValue): void => void prefs.set(serverPrefix('server2') + name, value);
  set('type', 'none');
  set('hostname', 'Local Folders');
  set('userName', 'nobody');
  set('name', 'Local Folders');
  set('directory-rel', '[ProfD]Mail/Local Folders');
}

function copy(
  prefs: Map<string, PrefValue>,
  old: Preferences,
  from: string,
  to: string,
  names: readonly string[],
): void {
  for (const name of names) {
    const value = old.raw(from + name);
    if (value !== undefined) prefs.set(to + name, value);
  }
}
