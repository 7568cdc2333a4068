/**
 * One profile as its program sees it. Every value of a preference knows its line through `prefs.where(name)`.
 * Belongs here: the type. Making it out of files is read-profile.ts.
 */

import type { PrefEntry, PrefsFile } from '../formats/prefs/prefs.ts';
import type { AccountList } from './accounts.ts';
import type { AddOn } from './add-ons.ts';
import type { AddressBook } from './address-books.ts';
import type { Calendar } from './calendars.ts';
import type { ConflictCopy } from './conflict-copies.ts';
import type { ServerDirectory } from './directories.ts';
import type { LdapDirectory } from './directories-ldap.ts';
import type { EmptiedInbox } from './emptied-inboxes.ts';
import type { CompanySettings } from './enforced.ts';
import type { FilterFile, PopUser, SavedSearchFile } from './folder-references.ts';
import type { MailDirectory } from './folders.ts';
import type { Identity } from './identities.ts';
import type { KeyStore } from './key-store.ts';
import type { LastSession } from './last-session.ts';
import type { LoginStore } from './login-store.ts';
import type { LostFile } from './lost-files.ts';
import type { NeverSaved } from './never-saved.ts';
import type { Outgoing } from './outgoing.ts';
import type { Preferences } from './preferences.ts';
import type { Compatibility } from './profile-folder.ts';
import type { PutAside } from './put-aside.ts';
import type { IncomingServer } from './servers.ts';
import type { WriteAccess } from './unwritable.ts';

export type Program = 'thunderbird' | 'postbox' | 'betterbird' | 'seamonkey' | 'unknown';

/** One file of preferences: prefs.js, user.js, or an older or half-saved generation of prefs.js. */
export interface PrefsText {
  /** Name within the profile. */
  file: string;
  size: number;
  mtimeNs: bigint;
  parsed: PrefsFile;
  /** Nothing but NUL and white space. */
  blank: boolean;
  /** Ends as the program ends it. */
  complete: boolean;
  /** Settings that stand in the file and that the program does not see. */
  lost: PrefEntry[];
}

/** A folder below Mail, ImapMail or News, or one that a server names elsewhere. */
export interface ServerMail {
  directory: ServerDirectory;
  mail: MailDirectory;
}

export interface Profile {
  /** Absolute. */
  path: string;
  /** As in profiles.ini; null for a folder that none names. */
  name: string | null;
  program: Program;
  /** Of the program that used it last, as in compatibility.ini. */
  version: string | null;
  compatibility: Compatibility | null;
  /** When the program last noted how far a session had come, and whether it ended properly; null where no file tells. */
  lastSession: LastSession | null;
  /** Names of files and folders directly in the profile. */
  topLevel: ReadonlySet<string>;
  /** Null: there is none. */
  prefsText: PrefsText | null;
  userText: PrefsText | null;
  /** prefs-N.js and Invalidprefs.js, newest first. */
  generations: PrefsText[];
  prefs: Preferences;
  /** What an administrator sets; it is part of `prefs` already. */
  company: CompanySettings;
  accountList: AccountList;
  /** Every branch, used by an account or not. */
  servers: IncomingServer[];
  identities: Identity[];
  outgoing: Outgoing;
  /** By server key; servers without type or host have none. */
  serverMail: ReadonlyMap<string, ServerMail>;
  /** Inboxes without mail in which the program's own notes count some. */
  emptiedInboxes: EmptiedInbox[];
  /** Second versions of its files that a sync program has made. */
  conflictCopies: ConflictCopy[];
  /** What of it the program may not write, and whose the folder is; null where that cannot be told. */
  writeAccess: WriteAccess | null;
  /** Files that settings name and that are not there. */
  lostFiles: LostFile[];
  /** Files that the program put aside as damaged. */
  putAside: PutAside[];
  /** Folders directly below Mail, ImapMail and News that no server uses. */
  unusedMail: MailDirectory[];
  /** Filters that move or copy into folders, of all servers and of folders that none uses. */
  filters: FilterFile[];
  savedSearches: SavedSearchFile | null;
  /** Whose mail was fetched into the folders that no server uses, by path. */
  popUsers: ReadonlyMap<string, PopUser>;
  logins: LoginStore;
  /** Servers for which no password is ever saved. */
  neverSaved: NeverSaved[];
  keys: KeyStore;
  addressBooks: AddressBook[];
  ldap: LdapDirectory[];
  calendars: Calendar[];
  addOns: AddOn[];
  /** What could not be looked at, and why. */
  notRead: { what: string; why: string }[];
}
