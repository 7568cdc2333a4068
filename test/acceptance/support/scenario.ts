/**
 * A profile as words: what `makeProfile` lets the real Thunderbird build through its own code. Scenarios are JSON,
 * so that the ones behind fixtures can be read beside them.
 */

import type { AuthMethod, SocketType } from './dump-types.ts';
import type { PrefValues } from './quiet-prefs.ts';

export interface Scenario {
  name: string;
  /** What it is, in words: the first lines of the fixture's README. */
  about: string;
  /** The path below /home that Thunderbird believes in; it lands in prefs.js. */
  seenAs: string;
  primaryPassword?: string;
  /** Set before anything is created. */
  prefs?: PrefValues;
  /** Text of a user.js that is there from the first start on. */
  userJs?: string;
  outgoing?: ScenarioOutgoing[];
  /** In this order. One with the id `local` stands for Local Folders, which come second otherwise. */
  accounts: ScenarioAccount[];
  /** Ids of accounts that are taken away again as the account settings do it: outgoing servers and logins stay. */
  removeAccounts?: string[];
  defaultAccount?: string;
  logins?: { origin: string; realm: string; username: string; password: string }[];
  addressBooks?: ScenarioAddressBook[];
  ldap?: ScenarioLdap[];
  /** End as Thunderbird does by default, which leaves the link `lock` behind. */
  fastShutdown?: boolean;
}

export interface ScenarioOutgoing {
  id: string;
  host: string;
  port: number;
  username: string;
  socketType: SocketType;
  auth: AuthMethod;
  description?: string;
  password?: string;
  default?: boolean;
}

export interface ScenarioAccount {
  id: string;
  type?: 'imap' | 'pop3' | 'nntp' | 'rss';
  host?: string;
  port?: number;
  username?: string;
  socketType?: SocketType;
  auth?: AuthMethod;
  name?: string;
  password?: string;
  store?: 'mbox' | 'maildir';
  default?: boolean;
  /** POP3: mail goes into another account's folders (Global Inbox). */
  deferTo?: string;
  /** Further values of the server's own settings. */
  settings?: PrefValues;
  identities?: ScenarioIdentity[];
  /** IMAP folders come from a scripted server and are really downloaded. */
  folders?: ScenarioFolder[];
  /** NNTP: subscribed groups. */
  newsgroups?: string[];
  /** RSS: subscribed addresses. */
  feeds?: { url: string; title: string }[];
}

export interface ScenarioIdentity {
  email: string;
  fullName: string;
  /** Id of an outgoing server. */
  outgoing?: string;
  label?: string;
  replyTo?: string;
  organization?: string;
  htmlSigText?: string;
  catchAll?: boolean;
  catchAllHint?: string;
}

export interface ScenarioFolder {
  name: string;
  messages?: number;
  /** How many of them, from the first one on. */
  read?: number;
  flagged?: number;
  tagged?: Record<string, number>;
  subfolders?: ScenarioFolder[];
}

/** `pab` and `history` are there in every profile. `members` are positions in `cards`. */
export interface ScenarioAddressBook {
  builtin?: 'pab' | 'history';
  name?: string;
  cards: ScenarioCard[];
  lists?: { name: string; nickName?: string; description?: string; members: number[] }[];
}

export interface ScenarioCard {
  displayName: string;
  firstName?: string;
  lastName?: string;
  emails: string[];
  nickName?: string;
}

export interface ScenarioLdap {
  name: string;
  uri: string;
  authDn?: string;
  maxHits?: number;
  saslMechanism?: string;
}
