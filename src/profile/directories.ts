/**
 * The folder on disk in which a server keeps its mail (formats.md 3.6; nsMsgIncomingServer::GetFileValue).
 * Measured with Thunderbird 153.7 on 2026-11-23, against formats.md 3.6: a `directory-rel` with a known key wins even
 * when its target is missing; the program then makes an empty folder there.
 */

import path from 'node:path';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Preferences } from './preferences.ts';
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

export function resolveDirectory(
  context: DirectoryContext,
  prefs: Preferences,
  server: IncomingServer,
): ServerDirectory {
  const prefix = serverPrefix(server.key);
  const relative = fromRelative(context, prefs.string(`${prefix}directory-rel`));
  if (relative !== null) return describe(context, relative, 'directory-rel');
  const absolute = prefs.string(`${prefix}directory`);
  if (absolute !== undefined && path.isAbsolute(absolute)) {
    return describe(context, path.normalize(absolute), 'directory');
  }
  return describe(
    context,
    unique(context, path.join(root(context, prefs, server.type), server.host ?? '')),
    'made',
  );
}

/** `[ProfD]Mail/x` as an absolute path; null where the program cannot make a path of it. */
export function fromRelative(
  context: Pick<DirectoryContext, 'profile' | 'home'>,
  value: string | undefined,
): string | null {
  const match = /^\[([^\]]*)\](.*)$/s.exec(value ?? '');
  if (match === null) return null;
  const bases: Record<string, string> = { ProfD: context.profile, Home: context.home };
  const base = bases[match[1] ?? ''];
  if (base === undefined) return null;
  // Relative descriptors use forward slashes on every system.
  return path.normalize(path.join(base, ...(match[2] ?? '').split('/'))).replace(/(.)[/\\]$/, '$1');
}

function describe(context: DirectoryContext, at: string, from: ServerDirectory['from']): ServerDirectory {
  let stat = null;
  try {
    stat = context.fs.stat(at);
  } catch {
    // Not to be looked at (permissions, an unreachable network folder): for the program it is no folder either.
  }
  return { path: at, from, exists: stat !== null, isFolder: stat?.kind === 'folder' };
}

/** Where the program makes folders of a type: `mail.root.<type>`, else Mail, ImapMail or News. */
function root(context: DirectoryContext, prefs: Preferences, type: string | null): string {
  const named = type === 'imap' ? 'imap' : type === 'nntp' ? 'nntp' : type === 'pop3' ? 'pop3' : 'none';
  const folder = type === 'imap' ? 'ImapMail' : type === 'nntp' ? 'News' : 'Mail';
  const relative = fromRelative(context, prefs.string(`mail.root.${named}-rel`));
  const absolute = prefs.string(`mail.root.${named}`);
  return (
    relative ??
    (absolute !== undefined && path.isAbsolute(absolute) ? absolute : path.join(context.profile, folder))
  );
}

/** A number goes before the last dot: `imap.gmail.com` taken -> `imap.gmail-1.com` (nsIFile::CreateUnique). */
function unique(context: DirectoryContext, wanted: string): string {
  const dot = wanted.lastIndexOf('.');
  const hasDot = dot > wanted.lastIndexOf(path.sep) + 1;
  const stem = hasDot ? wanted.slice(0, dot) : wanted;
  const rest = hasDot ? wanted.slice(dot) : '';
  for (let n = 0; n < 10_000; n++) {
    const candidate = n === 0 ? wanted : `${stem}-${n}${rest}`;
    if (context.fs.lstat(candidate) === null) return candidate;
  }
  return wanted;
}
