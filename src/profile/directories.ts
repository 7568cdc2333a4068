/**
 * The folders on disk in which servers keep their mail (formats.md 3.6; nsMsgIncomingServer::GetFileValue).
 * Measured with Thunderbird 153.7 on 2026-11-23, some 70 ways to write a folder for each type, partly against formats.md:
 * - `directory-rel` with a known key wins even when its folder is missing: it is made. Not so for POP and news servers,
 *   which go on to `directory`.
 * - Every `../` in it takes one step up from the key's folder, wherever it stands; what is before the last one is lost.
 * - `directory` is noted as `directory-rel` and from then on read as such: a `..` in its middle leads elsewhere.
 * - Links are followed.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { hostFate, replacedHost } from './host-name.ts';
import type { LoadedServer } from './load-accounts.ts';
import type { Preferences } from './preferences.ts';
import { isExchange, isScripted } from './server-types.ts';
import { type IncomingServer, serverPrefix } from './servers.ts';

export interface ServerDirectory {
  /** Absolute, the one that the program would use. */
  path: string;
  /** Which preference it comes from; `made` = none usable, the program makes a new one named after the host. */
  from: 'directory-rel' | 'directory' | 'made';
  exists: boolean;
  isFolder: boolean;
}

export interface DirectoryContext {
  fs: ReadableFileSystem;
  /** Absolute path of the profile. */
  profile: string;
  home: string;
}

/**
 * By server key.
 * @param loaded those that the program opens, in its order: a folder that it makes for one is taken for the next.
 * @param servers all, also those that it does not open; for them it is the folder that it would use.
 */
export function resolveDirectories(
  context: DirectoryContext,
  prefs: Preferences,
  loaded: readonly LoadedServer[],
  servers: readonly IncomingServer[],
): Map<string, ServerDirectory> {
  const taken: Taken = { paths: new Set(), numbers: new Map() };
  const found = new Map<string, ServerDirectory>();
  for (const { server, host } of loaded) {
    const directory = resolveDirectory(context, prefs, server, host, taken);
    if (directory === null) continue;
    // Exchange makes the folder that its preferences name only when it is needed.
    if (directory.exists || directory.from === 'made' || !isExchange(server.type))
      taken.paths.add(directory.path);
    found.set(server.key, directory);
  }
  for (const server of servers) {
    if (found.has(server.key)) continue;
    const directory = resolveDirectory(context, prefs, server, nameOf(server), taken);
    if (directory !== null) found.set(server.key, directory);
  }
  return found;
}

/** `[ProfD]Mail/x` as an absolute path; null where the program cannot make a path of it. */
export function fromRelative(
  context: Pick<DirectoryContext, 'profile' | 'home'>,
  value: string | undefined,
): string | null {
  const match = /^\[([^\]]*)\](.*)$/s.exec(value ?? '');
  const base = baseFolder(context, match?.[1] ?? '');
  return base === null ? null : below(base, match?.[2] ?? '');
}

/** What the program has made in this start. */
interface Taken {
  paths: Set<string>;
  /** By name without number: the lowest number that can still be free. */
  numbers: Map<string, number>;
}

/** Null: a server without a type, or chat, which has no folder for mail. */
function resolveDirectory(
  context: DirectoryContext,
  prefs: Preferences,
  server: IncomingServer,
  host: string,
  taken: Taken,
): ServerDirectory | null {
  if (server.type === null || server.type === 'im') return null;
  const prefix = serverPrefix(server.key);
  const isUsed = (at: string): boolean =>
    !isScripted(server.type) || taken.paths.has(at) || context.fs.realPath(at) !== null;
  const relative = fromRelative(context, prefs.string(`${prefix}directory-rel`));
  if (relative !== null && isUsed(relative)) return describe(context, relative, 'directory-rel');
  const absolute = asAbsolute(context, prefs.string(`${prefix}directory`));
  if (absolute !== null) {
    const noted = asNoted(context, absolute);
    return describe(context, isUsed(noted) ? noted : absolute, 'directory');
  }
  const root = real(context, rootFolder(context, prefs, server.type));
  return describe(context, unique(context, path.join(root, host), taken), 'made');
}

const nameOf = ({ key, type, host }: IncomingServer): string =>
  host && hostFate(type ?? '', host) === 'accepted' ? host : replacedHost(key);

function baseFolder(
  { profile, home }: Pick<DirectoryContext, 'profile' | 'home'>,
  key: string,
): string | null {
  const folders: Record<string, string> = {
    ProfD: profile,
    Home: home,
    MailD: path.join(profile, 'Mail'),
    IMapMD: path.join(profile, 'ImapMail'),
    NewsD: path.join(profile, 'News'),
  };
  return folders[key] ?? null;
}

/** Relative descriptors use forward slashes on every system; `..` at the end is not taken for a step. */
function below(base: string, descriptor: string): string | null {
  const parts = descriptor.split('../');
  let folder = base;
  for (let step = 1; step < parts.length; step++) {
    if (path.dirname(folder) === folder) return null;
    folder = path.dirname(folder);
  }
  const names = (parts.at(-1) ?? '').split('/').filter((name) => name !== '' && name !== '..');
  return path.join(folder, ...names);
}

/** Null: not a path of this system. */
function asAbsolute({ home }: DirectoryContext, value: string | undefined): string | null {
  const expanded = value === '~' || value?.startsWith('~/') ? home + value.slice(1) : value;
  if (expanded === undefined || !path.isAbsolute(expanded)) return null;
  return expanded.replace(/(.)[/\\]+$/, '$1');
}

/** Noted relative to the profile, and read again: the same path, but for a `..` in it. */
function asNoted({ profile }: DirectoryContext, absolute: string): string {
  const names = absolute.split(path.sep).filter((name) => name !== '');
  if (!names.includes('..')) return path.normalize(absolute);
  const own = profile.split(path.sep).filter((name) => name !== '');
  const common = own.findIndex((name, i) => name !== names[i]);
  const same = common < 0 ? own.length : common;
  const descriptor = '../'.repeat(own.length - same) + names.slice(same).join('/');
  return below(profile, descriptor) ?? path.normalize(absolute);
}

function describe(context: DirectoryContext, at: string, from: ServerDirectory['from']): ServerDirectory {
  const target = real(context, at);
  let stat = null;
  try {
    stat = context.fs.stat(target);
  } catch {
    // Not to be looked at (permissions, an unreachable network folder): for the program it is no folder either.
  }
  return { path: target, from, exists: stat !== null, isFolder: stat?.kind === 'folder' };
}

/** Links in it followed; what lies in the profile stays below the path by which the profile was given. */
function real({ fs, profile }: DirectoryContext, at: string): string {
  const target = fs.realPath(at);
  if (target === null) return at;
  const realProfile = fs.realPath(profile) ?? profile;
  const inside = path.relative(realProfile, target);
  const isInside = inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside);
  return isInside ? path.join(profile, inside) : target;
}

/** Where the program makes folders of a type: `mail.root.<type>`, else Mail, ImapMail or News. */
function rootFolder(context: DirectoryContext, prefs: Preferences, type: string): string {
  const folder = type === 'imap' ? 'ImapMail' : type === 'nntp' ? 'News' : 'Mail';
  const named = isExchange(type) ? 'ews' : type;
  const set =
    type === 'rss'
      ? null
      : (fromRelative(context, prefs.string(`mail.root.${named}-rel`)) ??
        asAbsolute(context, prefs.string(`mail.root.${named}`)));
  return set ?? path.join(context.profile, folder);
}

/** A number goes before the last dot: `imap.gmail.com` taken -> `imap.gmail-1.com` (nsIFile::CreateUnique). */
function unique({ fs }: DirectoryContext, wanted: string, { paths, numbers }: Taken): string {
  const leaf = path.basename(wanted);
  const dot = leaf.includes('.') ? leaf.lastIndexOf('.') : leaf.length;
  for (let n = numbers.get(wanted) ?? 0; n < 10_000; n++) {
    numbers.set(wanted, n);
    const name = n === 0 ? leaf : `${leaf.slice(0, dot)}-${n}${leaf.slice(dot)}`;
    const candidate = path.join(path.dirname(wanted), name);
    if (!paths.has(candidate) && isFree(fs, candidate)) return candidate;
  }
  return wanted;
}

/** Where the system does not let anything be looked at, the program can make nothing either: the first name is as good. */
function isFree(fs: DirectoryContext['fs'], candidate: string): boolean {
  try {
    return fs.lstat(candidate) === null;
  } catch {
    return true;
  }
}
