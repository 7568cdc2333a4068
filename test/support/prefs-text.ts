/**
 * Texts of prefs.js for tests: a healthy profile as Thunderbird 153 writes it, and changes to it line by line.
 */

import type { PrefValue } from '../../src/formats/prefs/prefs.ts';
import { printPrefLine } from '../../src/formats/prefs/print.ts';

export type PrefRecord = Record<string, PrefValue>;

/** One IMAP account (alice@example.org), Local Folders, one outgoing server. */
export const healthyPrefs: PrefRecord = {
  'mail.account.account1.identities': 'id1',
  'mail.account.account1.server': 'server1',
  'mail.account.account2.server': 'server2',
  'mail.account.lastKey': 2,
  'mail.accountmanager.accounts': 'account1,account2',
  'mail.accountmanager.defaultaccount': 'account1',
  'mail.accountmanager.localfoldersserver': 'server2',
  'mail.identity.id1.draft_folder': 'imap://alice%40example.org@imap.example.org/Drafts',
  'mail.identity.id1.fcc_folder': 'imap://alice%40example.org@imap.example.org/Sent',
  'mail.identity.id1.fullName': 'Alice Example',
  'mail.identity.id1.smtpServer': 'smtp1',
  'mail.identity.id1.useremail': 'alice@example.org',
  'mail.identity.id1.valid': true,
  'mail.server.server1.check_new_mail': true,
  'mail.server.server1.directory': '/old/place/ImapMail/imap.example.org',
  'mail.server.server1.directory-rel': '[ProfD]ImapMail/imap.example.org',
  'mail.server.server1.hostname': 'imap.example.org',
  'mail.server.server1.max_cached_connections': 5,
  'mail.server.server1.name': 'alice@example.org',
  'mail.server.server1.port': 993,
  'mail.server.server1.socketType': 3,
  'mail.server.server1.type': 'imap',
  'mail.server.server1.userName': 'alice@example.org',
  'mail.server.server2.directory-rel': '[ProfD]Mail/Local Folders',
  'mail.server.server2.hostname': 'Local Folders',
  'mail.server.server2.name': 'Local Folders',
  'mail.server.server2.type': 'none',
  'mail.server.server2.userName': 'nobody',
  'mail.smtp.defaultserver': 'smtp1',
  'mail.smtpserver.smtp1.authMethod': 3,
  'mail.smtpserver.smtp1.description': 'Example Mail',
  'mail.smtpserver.smtp1.hostname': 'smtp.example.org',
  'mail.smtpserver.smtp1.port': 587,
  'mail.smtpserver.smtp1.try_ssl': 2,
  'mail.smtpserver.smtp1.type': 'smtp',
  'mail.smtpserver.smtp1.username': 'alice@example.org',
  'mail.smtpservers': 'smtp1',
};

/** A second account on the same host: bob@example.org, account3, server3, id2. */
export const bob: PrefRecord = {
  'mail.account.account3.identities': 'id2',
  'mail.account.account3.server': 'server3',
  'mail.account.lastKey': 3,
  'mail.accountmanager.accounts': 'account1,account2,account3',
  'mail.identity.id2.fcc_folder': 'imap://bob%40example.org@imap.example.org/Sent',
  'mail.identity.id2.fullName': 'Bob Example',
  'mail.identity.id2.smtpServer': 'smtp1',
  'mail.identity.id2.useremail': 'bob@example.org',
  'mail.server.server3.directory-rel': '[ProfD]ImapMail/imap.example-1.org',
  'mail.server.server3.hostname': 'imap.example.org',
  'mail.server.server3.name': 'bob@example.org',
  'mail.server.server3.port': 993,
  'mail.server.server3.socketType': 3,
  'mail.server.server3.type': 'imap',
  'mail.server.server3.userName': 'bob@example.org',
};

/** A POP account: carol@example.net, account4, server4, id4. */
export const carol: PrefRecord = {
  'mail.account.account4.identities': 'id4',
  'mail.account.account4.server': 'server4',
  'mail.account.lastKey': 4,
  'mail.accountmanager.accounts': 'account1,account2,account4',
  'mail.identity.id4.fcc_folder': 'mailbox://carol@pop.example.net/Sent',
  'mail.identity.id4.smtpServer': 'smtp1',
  'mail.identity.id4.useremail': 'carol@example.net',
  'mail.server.server4.directory-rel': '[ProfD]Mail/pop.example.net',
  'mail.server.server4.hostname': 'pop.example.net',
  'mail.server.server4.leave_on_server': true,
  'mail.server.server4.port': 995,
  'mail.server.server4.socketType': 3,
  'mail.server.server4.type': 'pop3',
  'mail.server.server4.userName': 'carol',
};

/** Later records win; null takes a line out. */
export function prefsText(...records: Record<string, PrefValue | null>[]): string {
  const merged: Record<string, PrefValue | null> = Object.assign({}, ...records);
  return Object.entries(merged)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === null ? '' : `${printPrefLine(name, value)}\n`))
    .join('');
}

/** The healthy profile with changes. */
export const healthyWith = (...changes: Record<string, PrefValue | null>[]): string =>
  prefsText(healthyPrefs, ...changes);
