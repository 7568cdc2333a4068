/**
 * The saved logins of a profile in the clear. This is the door of the module: whoever decrypts comes through here, and
 * loads it only then (`import()`), since security programs take such code for a thief.
 */

import path from 'node:path';
import { isRecord, parseLoginsJson, type SavedLogin } from '../formats/logins-json.ts';
import { decryptSdr } from '../formats/nss/sdr-decrypt.ts';
import type { Secret } from '../formats/secret.ts';
import type { OpenOptions } from '../profile/database.ts';
import { readFileBytes } from '../profile/file-bytes.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { olderLogins } from './older-logins.ts';
import { openKeyStore } from './open-key-store.ts';
import type { UnlockedKeyStore, UnlockedLogin, UnlockedProfile, Unreadable } from './opened.ts';

/** A row takes under 1 KB: some 50,000 logins. */
const maxBytes = 64 * 1024 * 1024;
const passPhraseFile = 'encrypted-openpgp-passphrase.txt';

/**
 * @param password the primary password; null: none was given.
 * @param file the list of logins that counts; null: that of the older programs, if there is one.
 */
export async function unlockProfile(
  fs: ReadableFileSystem,
  profile: string,
  { password, file }: { password: Secret | null; file: string | null },
  options: OpenOptions = {},
): Promise<UnlockedProfile> {
  const keyStore = await openKeyStore(fs, profile, password, options);
  const isJson = file?.includes('.json') === true;
  return {
    keyStore,
    file,
    logins:
      file === null
        ? []
        : isJson
          ? loginsOf(fs, profile, file, keyStore)
          : olderLogins(fs, profile, file, keyStore, options),
    openPgp: openPassPhrase(fs, path.join(profile, passPhraseFile), keyStore),
  };
}

/** Rows of any logins.json, also of one that was put away, opened with these keys. Tombstones are left out. */
export function loginsOf(
  fs: ReadableFileSystem,
  profile: string,
  file: string,
  keyStore: UnlockedKeyStore,
): UnlockedLogin[] {
  const read = readFileBytes(fs, path.join(profile, file), maxBytes);
  if (read.state !== 'read') return [];
  const { bytes } = read;
  return parseLoginsJson(bytes)
    .logins.filter(({ deleted }) => !deleted)
    .map((saved) => openLogin(file, saved, blobsOf(bytes, saved), keyStore));
}

export interface Blobs {
  username: string | null;
  password: string | null;
  usernameField: string;
  passwordField: string;
}

function blobsOf(bytes: Uint8Array, { offset, length }: SavedLogin): Blobs {
  const row: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(offset, offset + length)));
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const members = isRecord(row) ? row : {};
  return {
    username: text(members.encryptedUsername),
    password: text(members.encryptedPassword),
    usernameField: text(members.usernameField) ?? '',
    passwordField: text(members.passwordField) ?? '',
  };
}

export function openLogin(
  file: string,
  saved: SavedLogin,
  { username, password, usernameField, passwordField }: Blobs,
  keyStore: UnlockedKeyStore,
): UnlockedLogin {
  const name = openValue(username, keyStore);
  const secret = openValue(password, keyStore);
  const unreadable = name.state !== 'read' ? name.state : secret.state !== 'read' ? secret.state : null;
  const clear = name.state === 'read' ? name.text.reveal() : null;
  return {
    file,
    saved,
    usernameField,
    passwordField,
    username: clear,
    password: secret.state === 'read' ? secret.text : null,
    unreadable,
    emptied: clear === '' && secret.state === 'read' && secret.text.length === 0,
    refused: unreadable === null && keyStore.file === 'key4.db' && usesRefusedKey(saved, keyStore),
  };
}

type Value = { state: 'read'; text: Secret } | { state: Unreadable };

function openValue(blob: string | null, keyStore: UnlockedKeyStore): Value {
  if (blob === null) return { state: 'null-field' };
  const isOpen = keyStore.state === 'opened';
  const opened = decryptSdr(blob, keyStore.keys);
  if (opened.state === 'no-key' && !isOpen && isLockedState(keyStore)) return { state: 'locked' };
  return opened;
}

/** A password would open it. */
const isLockedState = ({ state }: UnlockedKeyStore): boolean =>
  state === 'needs-primary-password' || state === 'wrong-primary-password';

/** The program takes a key only with its MAC; of several keys of one kind one good one is enough. */
function usesRefusedKey({ username, password }: SavedLogin, { keys }: UnlockedKeyStore): boolean {
  return [username, password].some((one) => {
    const ofKind = keys.filter(({ cipher }) => cipher === one?.cipher);
    return ofKind.length > 0 && ofKind.every(({ mac }) => mac === 'missing' || mac === 'wrong');
  });
}

/** @param file a pass phrase of OpenPGP keys, under its own name or put aside. */
export function openPassPhrase(
  fs: ReadableFileSystem,
  file: string,
  keyStore: UnlockedKeyStore,
): UnlockedProfile['openPgp'] {
  const read = readFileBytes(fs, file, 64 * 1024);
  if (read.state === 'missing') return { state: 'missing' };
  if (read.state !== 'read') return { state: 'damaged' };
  const opened = openValue(Buffer.from(read.bytes).toString('latin1').trim(), keyStore);
  return opened.state === 'read' ? { state: 'read', passPhrase: opened.text } : opened;
}
