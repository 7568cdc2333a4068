/**
 * What unlocking a profile gives: shapes only, so that whoever is handed one needs no decryption to be loaded.
 */

import type { SavedLogin } from '../formats/logins-json.ts';
import type { MacState } from '../formats/nss/key4.ts';
import type { LoginKeyCipher } from '../formats/nss/login-key.ts';
import type { Secret } from '../formats/secret.ts';

export type KeyStoreState =
  | 'opened'
  /** A primary password is set, and none was given. */
  | 'needs-primary-password'
  /** Or its row is damaged, or the store is that of another profile: these cannot be told apart. */
  | 'wrong-primary-password'
  /** It was never set up: no password row. */
  | 'not-set-up'
  | 'missing'
  | 'damaged';

export interface UnlockedKey {
  cipher: LoginKeyCipher;
  value: Secret;
  mac: MacState;
}

export interface UnlockedKeyStore {
  /** Name within the profile; null when there is none. */
  file: 'key4.db' | 'key3.db' | null;
  state: KeyStoreState;
  /** What SQLite or the system says; null when there is nothing to say. */
  why: string | null;
  keys: UnlockedKey[];
  /** What adding a key of another kind needs; null for key3.db and stores that are not open. */
  writable: {
    passKey: Secret;
    hasPassword: boolean;
    iterations: number;
    takenIds: ReadonlySet<number>;
  } | null;
}

/** Why a row cannot be read. */
export type Unreadable =
  /** The key store is not open. */
  | 'locked'
  /** It holds no key of the kind that the row needs. */
  | 'no-key'
  /** Encrypted with the key of another key store. */
  | 'wrong-key'
  | 'damaged'
  /** A user name or password that is null or missing. */
  | 'null-field';

export interface UnlockedLogin {
  /** Name within the profile of the file that it stands in. */
  file: string;
  saved: SavedLogin;
  /** The fields of a web form; "" for mail. */
  usernameField: string;
  passwordField: string;
  /** Also read where the password is not. */
  username: string | null;
  password: Secret | null;
  /** Null: both were read. */
  unreadable: Unreadable | null;
  /** User name and password are both the empty text: what a re-encryption with a wrong key leaves (nss.md 3). */
  emptied: boolean;
  /** It was read with a key that the program refuses, since its MAC is missing or wrong (nss.md 1.4). */
  refused: boolean;
}

/** What checks are told of a row: no password. */
export interface OpenedRow {
  /** Null: not read. */
  username: string | null;
  /** Null: user name and password were both read. */
  unreadable: Unreadable | null;
  emptied: boolean;
  refused: boolean;
  /** Unreadable with the key store that counts, and opened by this one, which lies beside it. */
  openedBy: string | null;
}

/** What checks are told of a profile that was unlocked (`--unlock`): neither passwords nor keys. */
export interface UnlockedFacts {
  store: Pick<UnlockedKeyStore, 'file' | 'state' | 'why'>;
  /** By name of the list, then by offset of the row. */
  rows: ReadonlyMap<string, ReadonlyMap<number, OpenedRow>>;
  openPgp: 'missing' | 'read' | Unreadable;
  /** Pass phrases that the program has put aside, and whether they open. */
  openPgpAside: { file: string; readable: boolean }[];
  /** key4.db with keys that it lacks, of other key stores of this profile, or with the seal of its own. */
  mended: MendedKeyStore | null;
}

export interface MendedKeyStore {
  /** Base64 of the whole file. */
  content: string;
  /** Key stores whose keys come in. */
  from: string[];
  /** A key of its own gets the MAC that it lacks. */
  seals: boolean;
}

export interface UnlockedProfile {
  keyStore: UnlockedKeyStore;
  /** The file of the logins; null when there is none. */
  file: string | null;
  logins: UnlockedLogin[];
  /** encrypted-openpgp-passphrase.txt: what locks the secret OpenPGP keys (nss.md 8). */
  openPgp: { state: 'missing' } | { state: 'read'; passPhrase: Secret } | { state: Unreadable };
}
