/**
 * The files that hold the saved logins of a profile, which of them counts, and what is left of those that the program
 * gave up (formats.md 4.1, 4.2). No key is needed for it, and nothing is decrypted.
 * Belongs here: the files. What stands in one is formats/logins-json.ts.
 */

import path from 'node:path';
import { type LoginsFile, parseLoginsJson } from '../formats/logins-json.ts';
import { salvageLogins } from '../formats/salvage-logins.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type FileBytes, listFolder, readFileBytes } from './file-bytes.ts';

export interface LoginStoreFile extends Omit<LoginsFile, 'state'> {
  /** Name within the profile. */
  file: string;
  state: LoginsFile['state'] | 'missing' | 'too-large' | 'unreadable';
  why: string | null;
  /** Bytes; null where there is no file. */
  size: number | null;
  mtimeNs: bigint | null;
  /**
   * JSON texts of the rows that can be taken out of it: all of a sound file, the whole ones of a damaged file. With
   * their blobs, so they go into a file or nowhere.
   */
  rows: string[];
  /** The file as it is, for whoever changes it; null where it was not read. */
  bytes: Uint8Array | null;
  /** How many they are. */
  salvageable: number;
}

export interface LoginStore {
  logins: LoginStoreFile;
  backup: LoginStoreFile;
  /** logins.json.corrupt, logins.json-1.corrupt …: what the program moved away because it could not read it. */
  corrupt: LoginStoreFile[];
  /** Names of stores of older programs: signons.sqlite, signons3.txt …, newest kind first. */
  older: string[];
  /**
   * The file whose rows the program has after its next start: logins.json; logins-backup.json, which is put in its
   * place when it is missing or no JSON; else the newest older store, which only programs of its time read.
   */
  live: string | null;
}

/** A row takes under 1 KB: some 50,000 logins. */
const maxBytes = 64 * 1024 * 1024;
const maxCorruptFiles = 100;
/** Newest first (formats.md 4.1). */
const olderStores = ['signons.sqlite', 'signons3.txt', 'signons2.txt', 'signons.txt'];

export function readLoginStore(fs: ReadableFileSystem, profile: string): LoginStore {
  const names = listFolder(fs, profile)
    .filter((entry) => entry.kind !== 'folder')
    .map((entry) => entry.name);
  const logins = readStoreFile(fs, profile, 'logins.json');
  const backup = readStoreFile(fs, profile, 'logins-backup.json');
  const corrupt = names
    .filter((name) => /^logins\.json(-\d+)?\.corrupt(-\d+)?$/.test(name))
    .slice(0, maxCorruptFiles)
    .map((name) => readStoreFile(fs, profile, name));
  const older = olderStores.filter((name) => names.includes(name));
  return { logins, backup, corrupt, older, live: liveStore(logins, backup, older) };
}

/** Measured with 153.7: `foreign` is JSON, so the program stays with it, and shows nothing. */
function liveStore(logins: LoginStoreFile, backup: LoginStoreFile, older: readonly string[]): string | null {
  const given = (file: LoginStoreFile): boolean => file.state !== 'missing' && !isGivenUp(file);
  if (given(logins)) return logins.file;
  if (given(backup)) return backup.file;
  return older[0] ?? null;
}

/** The program moves it away at the next start. */
function isGivenUp(file: LoginStoreFile): boolean {
  return file.state === 'empty' || file.state === 'zeros' || file.state === 'damaged';
}

function readStoreFile(fs: ReadableFileSystem, profile: string, name: string): LoginStoreFile {
  const file = readFileBytes(fs, path.join(profile, name), maxBytes);
  if (file.state !== 'read') return withoutContent(name, file);
  const parsed = parseLoginsJson(file.bytes);
  const rows = parsed.state === 'ok' ? rowTexts(file.bytes, parsed) : salvageLogins(file.bytes).rows;
  return {
    ...parsed,
    file: name,
    why: null,
    size: file.size,
    mtimeNs: file.mtimeNs,
    rows,
    bytes: file.bytes,
    salvageable: rows.length,
  };
}

function withoutContent(name: string, file: Exclude<FileBytes, { state: 'read' }>): LoginStoreFile {
  const found = file.state === 'missing' ? { why: null, size: null, mtimeNs: null } : file;
  return {
    file: name,
    state: file.state,
    why: found.why,
    size: found.size,
    mtimeNs: found.mtimeNs,
    version: null,
    nextId: null,
    logins: [],
    oddRows: [],
    rows: [],
    bytes: null,
    salvageable: 0,
  };
}

function rowTexts(bytes: Uint8Array, { logins }: LoginsFile): string[] {
  const decoder = new TextDecoder();
  return logins.map(({ offset, length }) => decoder.decode(bytes.subarray(offset, offset + length)));
}
