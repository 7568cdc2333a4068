/**
 * The settings of one account for a fresh profile: renumbered from one, nothing absolute, nothing that fetches, deletes
 * or sends by itself (design.md 6.9, formats.md 10.7).
 * Belongs here: which settings are taken over and which are set. Where they are written is the caller's.
 */

import type { PrefValue } from '../formats/prefs/prefs.ts';
import type { Account } from '../profile/accounts.ts';
import { type OutgoingServer, outgoingPrefix, outgoingTypes } from '../profile/outgoing.ts';
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

/** Taken over as they are, beside name, port, user and security; everything else starts from the program's defaults. */
const serverSettings = ['name', 'ews_url', 'owa_url', 'eas_url', 'server_sub_directory'];
/** Of a sign-in that the program does not know by the server's name. */
const oauthSettings = [
  'oauth2.issuer',
  'oauth2.useCustomDetails',
  'oauth2.clientId',
  'oauth2.scopes',
  'oauth2.authorizationEndpoint',
  'oauth2.tokenEndpoint',
  'oauth2.redirectionEndpoint',
  'oauth2.usePKCE',
  'oauth2.useExternalBrowser',
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
const outgoingSettings = ['description', 'ews_url'];

export function freshAccountPrefs(
  profile: Profile,
  account: Account,
  { as, uiVersion }: FreshAccountOptions,
): Map<string, PrefValue> {
  const prefs = new Map<string, PrefValue>();
  const type = as === null ? (account.server.type ?? 'imap') : 'imap';
  writeServer(prefs, profile, account, type, as);
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
  profile: Profile,
  account: Account,
  type: string,
  as: ImapTwin | null,
): void {
  const { server } = account;
  const from = serverPrefix(server.key);
  const set = (name: string, value: PrefValue): void => void prefs.set(serverPrefix('server1') + name, value);
  copy(prefs, profile.prefs, from, serverPrefix('server1'), serverSettings);
  set('type', type);
  set('authMethod', server.authMethod);
  if (as === null) {
    copy(prefs, profile.prefs, from, serverPrefix('server1'), oauthSettings);
    set('hostname', hostOf(profile, account));
    set('userName', userOf(profile, account));
    set('socketType', liftedSecurity(server.socketType));
    if (server.port !== null) set('port', server.port);
  } else {
    set('hostname', as.host);
    set('userName', imapUser(userOf(profile, account), account, as));
    set('socketType', as.security === 'tls' ? 3 : 2);
    set('port', as.port);
  }
  set(
    'directory-rel',
    `[ProfD]${type === 'imap' ? 'ImapMail' : 'Mail'}/${folderName(as?.host ?? hostOf(profile, account))}`,
  );
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

/** The server that mail comes from. Postbox keeps a server name that was changed later apart (postbox.md 6). */
export const hostOf = (profile: Profile, { server }: Account): string =>
  laterValue(profile, server.key, 'realhostname') ?? server.host ?? '';

const userOf = (profile: Profile, { server }: Account): string =>
  laterValue(profile, server.key, 'realuserName') ?? server.username;

const laterValue = ({ program, prefs }: Profile, serverKey: string, name: string): string | null =>
  (program === 'postbox' ? prefs.string(serverPrefix(serverKey) + name) : undefined) || null;

function imapUser(user: string, account: Account, as: ImapTwin): string {
  if (as.user === 'local-part') return user.split('@')[0] ?? '';
  return user.includes('@') ? user : (firstAddress(account) ?? user);
}

/** A server name may hold anything; only what is a plain name becomes one of a folder. */
const folderName = (host: string): string =>
  /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(host) && !host.endsWith('.') ? host : 'server1';

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

/**
 * Those that the account's identities send through, and the default one where an identity names none. One of a type that
 * the program cannot make would keep it from sending at all (formats.md 3.5).
 */
function outgoingOf(profile: Profile, account: Account): OutgoingServer[] {
  const keys = new Set(
    account.identities.map((identity) => identity.outgoing ?? profile.outgoing.defaultKey),
  );
  return profile.outgoing.servers.filter(
    (server) => keys.has(server.key) && server.host !== '' && outgoingTypes.includes(server.type),
  );
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
    prefs.set(`${to}hostname`, server.host);
    prefs.set(`${to}username`, server.username);
    prefs.set(`${to}authMethod`, server.authMethod);
    prefs.set(`${to}try_ssl`, liftedSecurity(server.socketType));
    if (server.port !== null) prefs.set(`${to}port`, server.port);
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
