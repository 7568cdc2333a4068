/**
 * The address books of a profile: those that preferences name, the two built-in ones, and old .mab files that lie about,
 * each with what it holds (formats.md 3.9, 7).
 * Measured with Thunderbird 153.7 on 2026-11-23: a branch may have dots in its name; a branch with an LDAP address and
 * dirType 101 makes two books; a name with blanks or a folder in it is refused; of two branches of one kind with one
 * file one book is made; a database that is cut short is refused, one of 0 bytes is filled; a description that names a properties
 * file is translated for built-in books only.
 * Belongs here: which books there are, and their order. What one holds is address-book-content.ts.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { type BookContent, type BookProblem, readBookContent } from './address-book-content.ts';
import type { OpenOptions } from './database.ts';
import { listFolder } from './file-bytes.ts';
import type { Preferences } from './preferences.ts';
import type { Program } from './profile.ts';

export type AddressBookFormat = 'sqlite' | 'mork' | 'ldap' | 'carddav';

export interface AddressBook extends BookContent {
  /** Of the branch `ldap_2.servers.<key>`; null for a file that no preference names. */
  key: string | null;
  /** "" where the preference is missing. */
  name: string;
  /** Name within the profile, as the preference has it; null where there is none. */
  file: string | null;
  format: AddressBookFormat;
  /** As preferences and filters refer to it; null where nothing can. */
  uri: string | null;
  position: number;
}

const serversPrefix = 'ldap_2.servers.';
const dirTypes = { mork: 2, sqlite: 101, carddav: 102 } as const;

/** Defaults of the program itself: `file` of today's, `mork` of those before. */
const builtIn: Readonly<Record<string, { name: string; file: string; position: number; mork: string }>> = {
  pab: { name: 'Personal Address Book', file: 'abook.sqlite', position: 1, mork: 'abook.mab' },
  history: { name: 'Collected Addresses', file: 'history.sqlite', position: 2, mork: 'history.mab' },
};
const builtInDescription = 'chrome://messenger/locale/addressbook/addressBook.properties';

/** What a file name must be to become part of `jsaddrbook://<name>` (SQLiteDirectory). */
const acceptedFileName = /^[\w.-]+\.\w+$/;

/** Postbox to the end, Thunderbird until 78, keep their books as .mab files (formats.md 7.2, postbox.md 4). */
export function keepsMorkBooks(program: Program, version: string | null): boolean {
  if (program === 'postbox') return true;
  return program === 'thunderbird' && Number.parseInt(version ?? '', 10) < 78;
}

interface BookOptions extends OpenOptions {
  /** Of a program that keeps its books as .mab files. */
  keepsMork?: boolean;
}

/** In the order of the program, with those at the end that it does not know. Never throws. */
export function readAddressBooks(
  fs: ReadableFileSystem,
  profile: string,
  prefs: Preferences,
  options: BookOptions = {},
): AddressBook[] {
  const inPrefs = [...readLocalBooks(fs, profile, prefs, options), ...readLdapBooks(prefs)];
  const named = new Set(inPrefs.map((book) => book.file));
  const strays = listFolder(fs, profile)
    .filter((entry) => entry.kind === 'file' && /\.mab$/i.test(entry.name) && !named.has(entry.name))
    .map((entry) => strayMork(entry.name));
  return [...inPrefs.sort(inProgramOrder), ...strays];
}

/** The keys of all branches that end in `.<last>`, sorted. */
export function branchesWith(prefs: Preferences, last: string): string[] {
  const ending = `.${last}`;
  return prefs
    .names(serversPrefix)
    .filter((name) => name.endsWith(ending) && name.length > serversPrefix.length + ending.length)
    .map((name) => name.slice(serversPrefix.length, -ending.length));
}

export const branchPrefix = (key: string): string => `${serversPrefix}${key}.`;

/** The name that is shown: books have one in `description`. */
export function bookName(prefs: Preferences, key: string): string {
  const written = prefs.string(`${branchPrefix(key)}description`);
  const own = builtIn[key];
  if (own !== undefined && (written === undefined || written === builtInDescription)) return own.name;
  return written ?? '';
}

export function isLdapAddress(uri: string | undefined): uri is string {
  return uri !== undefined && (uri.startsWith('ldap://') || uri.startsWith('ldaps://'));
}

/** Case counts only between names that are otherwise the same, and numbers by their value. */
export const compareBookNames = new Intl.Collator('en', { numeric: true }).compare;

function readLocalBooks(
  fs: ReadableFileSystem,
  profile: string,
  prefs: Preferences,
  { keepsMork = false, ...options }: BookOptions,
): AddressBook[] {
  const keys = [...new Set([...Object.keys(builtIn), ...branchesWith(prefs, 'dirType')])];
  const taken = new Set<string>();
  return byLine(prefs, keys).flatMap((key): AddressBook[] => {
    const prefix = branchPrefix(key);
    const own = builtIn[key];
    const dirType =
      prefs.int(`${prefix}dirType`) ??
      (own === undefined ? undefined : dirTypes[keepsMork ? 'mork' : 'sqlite']);
    const format = formatOf(dirType);
    if (format === null) return [];
    const file = prefs.string(`${prefix}filename`) ?? own?.[keepsMork ? 'mork' : 'file'] ?? null;
    const position = prefs.int(`${prefix}position`) ?? own?.position ?? 1;
    const book = { key, name: bookName(prefs, key), file, position };
    if (format === 'mork' || (file !== null && /\.mab$/i.test(file))) {
      const content = keepsMork && format === 'mork' ? notCounted : oldFormat;
      return [{ ...book, format: 'mork', uri: morkUri(file), ...content }];
    }
    const accepted = file !== null && acceptedFileName.test(file);
    const uri = accepted ? `${format === 'carddav' ? 'jscarddav' : 'jsaddrbook'}://${file}` : null;
    if (!accepted)
      return [{ ...book, format, uri, ...notShown('file-name', 'the program refuses its file name') }];
    if (taken.has(`${format} ${file}`)) {
      return [{ ...book, format, uri, ...notShown('file-of-other-book', 'another book has the same file') }];
    }
    taken.add(`${format} ${file}`);
    return [{ ...book, format, uri, ...readBookContent(fs, path.join(profile, file), options) }];
  });
}

/** Where two branches name one file, the first in prefs.js is taken as the book (the program's order is chance). */
function byLine(prefs: Preferences, keys: readonly string[]): string[] {
  const line = (key: string): number => prefs.where(`${branchPrefix(key)}filename`)?.line ?? 0;
  return [...keys].sort((a, b) => line(a) - line(b));
}

function formatOf(dirType: number | undefined): 'sqlite' | 'carddav' | 'mork' | null {
  if (dirType === dirTypes.sqlite) return 'sqlite';
  if (dirType === dirTypes.carddav) return 'carddav';
  return dirType === dirTypes.mork ? 'mork' : null;
}

function readLdapBooks(prefs: Preferences): AddressBook[] {
  return branchesWith(prefs, 'uri')
    .filter((key) => isLdapAddress(prefs.string(`${branchPrefix(key)}uri`)))
    .map((key) => ({
      key,
      name: bookName(prefs, key),
      file: prefs.string(`${branchPrefix(key)}filename`) || null,
      format: 'ldap',
      uri: `moz-abldapdirectory://${serversPrefix}${key}`,
      position: prefs.int(`${branchPrefix(key)}position`) ?? 1,
      // What a server holds is not known here; the file is a copy for working offline.
      cards: null,
      lists: null,
      shown: true,
      problem: null,
    }));
}

function strayMork(file: string): AddressBook {
  const own = Object.values(builtIn).find((book) => book.mork === file);
  const name = own?.name ?? file.replace(/\.mab$/i, '');
  return {
    key: null,
    name,
    file,
    format: 'mork',
    uri: morkUri(file),
    position: own?.position ?? 1,
    ...oldFormat,
  };
}

const morkUri = (file: string | null): string | null =>
  file === null ? null : `moz-abmdbdirectory://${file}`;

const notShown = (code: BookProblem, why: string): BookContent => ({
  cards: null,
  lists: null,
  shown: false,
  problem: { code, why },
});

const oldFormat = notShown('old-format', 'Thunderbird since 78 does not read .mab files');

/** What stands in a .mab is not read yet. */
const notCounted: BookContent = { cards: null, lists: null, shown: true, problem: null };

/** The personal book first, collected addresses last, between them by kind, then by name (compareAddressBooks). */
function inProgramOrder(a: AddressBook, b: AddressBook): number {
  return rank(a) - rank(b) || compareBookNames(a.name, b.name);
}

function rank(book: AddressBook): number {
  if (book.format === 'mork' && book.shown !== true) return 5;
  if (book.format !== 'ldap' && book.key === 'pab') return 0;
  if (book.format !== 'ldap' && book.key === 'history') return 4;
  return { sqlite: 1, mork: 1, carddav: 2, ldap: 3 }[book.format];
}
