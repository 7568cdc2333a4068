/**
 * Reads a profile folder into a Profile. Nothing in it is written, created or opened for writing (design.md 6.1).
 * Belongs here: which files are read, in which order, and what is too much to read.
 */

import path from 'node:path';
import { isBlank, isComplete } from '../formats/prefs/complete.ts';
import { parsePrefs } from '../formats/prefs/parse.ts';
import type { PrefGrammar } from '../formats/prefs/prefs.ts';
import { lostTo } from '../formats/prefs/salvage.ts';
import { MailmendError } from '../repair/error.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { codeOf } from '../repair/system-error.ts';
import { type AccountList, readAccountList } from './accounts.ts';
import { readAddOns } from './add-ons.ts';
import { keepsMorkBooks, readAddressBooks } from './address-books.ts';
import { opensCalendarStore, readCalendars } from './calendars.ts';
import { readConflictCopies } from './conflict-copies.ts';
import { resolveDirectories } from './directories.ts';
import { readLdapDirectories } from './directories-ldap.ts';
import { readEmptiedInboxes } from './emptied-inboxes.ts';
import { type CompanySettings, noCompanySettings } from './enforced.ts';
import { findFile } from './file-bytes.ts';
import { readFilterFiles, readPopUsers, readSavedSearches } from './folder-references.ts';
import { type MailDirectory, readMailDirectory } from './folders.ts';
import { readIdentities } from './identities.ts';
import { readKeyStore } from './key-store.ts';
import { readLastSession } from './last-session.ts';
import { readLoginStore } from './login-store.ts';
import { readLostFiles } from './lost-files.ts';
import { readNeverSaved } from './never-saved.ts';
import { readOutgoing } from './outgoing.ts';
import { enforcedSources, type PreferenceSource, type Preferences, readPreferences } from './preferences.ts';
import type { PrefsText, Profile, Program, ServerMail } from './profile.ts';
import { programOf, readCompatibility } from './profile-folder.ts';
import { readPutAside } from './put-aside.ts';
import { type IncomingServer, readServers } from './servers.ts';
import { readWriteAccess } from './unwritable.ts';

export interface ProfileSource {
  /** Absolute. */
  path: string;
  name: string | null;
  /** What the root says, for profiles without compatibility.ini. */
  program: Program;
  home: string;
  /** What an administrator sets for the programs that open it; without it, nothing. */
  company?: CompanySettings;
}

/** No program writes a prefs.js of this size; a larger one is not settings. */
const maxPrefsBytes = 64 * 1024 * 1024;

/** @throws MailmendError TOO_LARGE or NOT_READABLE when the settings cannot be looked at. */
export function readProfile(fs: ReadableFileSystem, source: ProfileSource): Profile {
  const compatibility = readCompatibility(fs, source.path);
  const program = programOf(compatibility, source.program);
  const grammar = grammarOf(program, compatibility?.version ?? null);
  const prefsText = readPrefsText(fs, source.path, 'prefs.js', grammar);
  const userText = readPrefsText(fs, source.path, 'user.js', grammar);
  const company = source.company ?? noCompanySettings;
  const prefs = readPreferences([
    ...sourceOf(prefsText),
    ...sourceOf(userText),
    ...enforcedSources(company.prefs),
  ]);
  const servers = readServers(prefs);
  const accountList = readAccountList(prefs, servers);
  const serverMail = readServerMail(fs, source, prefs, servers, accountList);
  const notRead: Profile['notRead'] = [];
  const unusedMail = readUnusedMail(fs, source.path, serverMail, notRead);
  const directories = [...serverMail.values()].map(({ directory }) => directory.path);
  const logins = readLoginStore(fs, source.path);
  return {
    path: source.path,
    name: source.name,
    program,
    version: compatibility?.version ?? null,
    compatibility,
    topLevel: new Set(fs.readFolder(source.path).map((entry) => entry.name)),
    prefsText,
    userText,
    generations: readGenerations(fs, source.path, grammar),
    prefs,
    company,
    lastSession: readLastSession(fs, source.path),
    accountList,
    servers,
    identities: readIdentities(prefs),
    outgoing: readOutgoing(prefs),
    serverMail,
    lostFiles: readLostFiles(
      fs,
      { profile: source.path, home: source.home },
      prefs,
      accountList.accounts.flatMap(({ identities }) => identities.map(({ key }) => key)),
    ),
    writeAccess: readWriteAccess(fs, source.path, directories),
    putAside: readPutAside(fs, source.path, directories),
    conflictCopies: readConflictCopies(fs, source.path, servers, serverMail),
    emptiedInboxes: readEmptiedInboxes(
      fs,
      source.path,
      accountList.accounts.map(({ server }) => server),
      serverMail,
    ),
    unusedMail,
    filters: readFilterFiles(fs, new Set([...directories, ...unusedMail.map((mail) => mail.path)])),
    savedSearches: readSavedSearches(fs, source.path),
    popUsers: readPopUsers(
      fs,
      unusedMail.map((mail) => mail.path),
    ),
    logins,
    neverSaved: readNeverSaved(fs, source.path, logins),
    keys: readKeyStore(fs, source.path),
    addressBooks: readAddressBooks(fs, source.path, prefs, {
      keepsMork: keepsMorkBooks(program, compatibility?.version ?? null),
    }),
    ldap: readLdapDirectories(prefs),
    calendars: readCalendars(prefs, opensCalendarStore(fs, source.path)),
    addOns: readAddOns(fs, source.path),
    notRead,
  };
}

/** Gecko 60 brought the new parser; Postbox stayed at Gecko 52 (postbox.md 2). */
function grammarOf(program: Program, version: string | null): PrefGrammar {
  if (program === 'postbox') return 'legacy';
  const major = Number.parseInt(version ?? '', 10);
  return program === 'thunderbird' && major < 60 ? 'legacy' : 'modern';
}

const sourceOf = (text: PrefsText | null): PreferenceSource[] =>
  text === null ? [] : [{ file: text.file, parsed: text.parsed }];

function readPrefsText(
  fs: ReadableFileSystem,
  profile: string,
  file: string,
  grammar: PrefGrammar,
): PrefsText | null {
  const at = path.join(profile, file);
  const found = findFile(fs, at);
  if (found.state === 'missing') return null;
  if (found.state === 'unreadable') throw notReadable(at, found.why);
  const { stat } = found;
  if (stat.size > maxPrefsBytes) {
    throw new MailmendError(
      'TOO_LARGE',
      2,
      `${at} is ${Math.round(stat.size / 1024 / 1024)} MB. No mail program writes such settings; mailmend reads up to 64 MB. Nothing was changed.`,
    );
  }
  let bytes: Uint8Array;
  try {
    bytes = fs.readFile(found.path);
  } catch (error) {
    throw notReadable(at, `the system does not let it be read (${codeOf(error) ?? 'unknown error'})`, error);
  }
  const parsed = parsePrefs(bytes, grammar);
  return {
    file,
    size: stat.size,
    mtimeNs: stat.mtimeNs,
    parsed,
    blank: isBlank(bytes),
    complete: isComplete(bytes),
    lost: parsed.problems.length === 0 && parsed.end === bytes.length ? [] : lostTo(parsed),
  };
}

const notReadable = (at: string, why: string, cause?: unknown): MailmendError =>
  new MailmendError('NOT_READABLE', 2, `${at} cannot be read: ${why}. Nothing was changed.`, [], cause);

/** Half-saved and quarantined generations of prefs.js (formats.md 2.3), newest first. */
function readGenerations(fs: ReadableFileSystem, profile: string, grammar: PrefGrammar): PrefsText[] {
  return fs
    .readFolder(profile)
    .filter(
      (entry) =>
        entry.kind === 'file' &&
        /^(prefs-\d+\.js|Invalidprefs\.js|prefs\.js\.(bak|backup|old))$/i.test(entry.name),
    )
    .flatMap((entry) => {
      const text = readGeneration(fs, profile, entry.name, grammar);
      return text === null ? [] : [text];
    })
    .sort((a, b) => (a.mtimeNs > b.mtimeNs ? -1 : a.mtimeNs < b.mtimeNs ? 1 : 0));
}

/** An older generation that cannot be read is no loss: it only could have helped. */
function readGeneration(
  fs: ReadableFileSystem,
  profile: string,
  file: string,
  grammar: PrefGrammar,
): PrefsText | null {
  try {
    return readPrefsText(fs, profile, file, grammar);
  } catch {
    return null;
  }
}

function readServerMail(
  fs: ReadableFileSystem,
  source: ProfileSource,
  prefs: Preferences,
  servers: readonly IncomingServer[],
  { accounts, added }: AccountList,
): Map<string, ServerMail> {
  const context = { fs, profile: source.path, home: source.home };
  const directories = resolveDirectories(context, prefs, [...accounts, ...added], servers);
  const byPath = new Map<string, MailDirectory>();
  const result = new Map<string, ServerMail>();
  for (const server of servers) {
    const directory = directories.get(server.key);
    if (directory === undefined) continue;
    let mail = byPath.get(directory.path);
    if (mail === undefined) {
      mail = readMailDirectory(fs, directory.path, server.type === 'imap');
      byPath.set(directory.path, mail);
    }
    result.set(server.key, { directory, mail });
  }
  return result;
}

function readUnusedMail(
  fs: ReadableFileSystem,
  profile: string,
  used: ReadonlyMap<string, ServerMail>,
  notRead: Profile['notRead'],
): MailDirectory[] {
  const usedPaths = new Set([...used.values()].map(({ directory }) => directory.path));
  return ['Mail', 'ImapMail', 'News'].flatMap((parent) => {
    const at = path.join(profile, parent);
    try {
      if (fs.stat(at)?.kind !== 'folder') {
        const own = fs.lstat(at)?.kind;
        if (own === 'link') notRead.push({ what: at, why: 'it is a link that leads to no folder' });
        else if (own !== undefined) notRead.push({ what: at, why: 'it is no folder' });
        return [];
      }
      return fs
        .readFolder(at)
        .filter(
          (entry) => entry.kind === 'folder' && !entry.name.startsWith('.') && !entry.name.endsWith('.sbd'),
        )
        .map((entry) => path.join(at, entry.name))
        .filter((directory) => !usedPaths.has(directory))
        .map((directory) => readMailDirectory(fs, directory, parent === 'ImapMail'));
    } catch {
      notRead.push({ what: at, why: 'the folder cannot be listed' });
      return [];
    }
  });
}
