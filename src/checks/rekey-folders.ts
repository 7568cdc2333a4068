/**
 * What goes with a server that gets another host or user: the addresses of its folders in preferences, filters and
 * saved searches (design.md 6.8). The one place for it: every repair that writes a host or a user name takes the rest
 * from here.
 * Logins are not moved: a row goes by the host under which it was saved, and that is told.
 */

import { Buffer } from 'node:buffer';
import { withFilterTargets } from '../formats/filter-rules.ts';
import { withSavedSearchUris } from '../formats/virtual-folders.ts';
import type { FilterFile } from '../profile/folder-references.ts';
import { loginKeyOf } from '../profile/login-keys.ts';
import type { Profile } from '../profile/profile.ts';
import { namesServer, parseServerUri, uriScheme, withServer } from '../profile/server-uri.ts';
import type { IncomingServer } from '../profile/servers.ts';
import type { Operation } from '../repair/operation.ts';
import { isInside } from './inside-profile.ts';
import { liveRows } from './passwords/saved-rows.ts';
import type { WantedPref } from './pref-operations.ts';

export interface Rekeyed {
  prefs: WantedPref[];
  operations: Operation[];
  /** What the owner will be asked for. */
  needs: string[];
}

/** @param after the server with its new host, user or both. */
export function rekeyFolders(profile: Profile, before: IncomingServer, after: IncomingServer): Rekeyed {
  const replace = (uri: string): string | null => renamed(uri, before, after);
  return {
    prefs: urisInPrefs(profile).flatMap(({ name, uri }) => {
      const to = replace(uri);
      return to === null ? [] : [{ name, to }];
    }),
    operations: [
      ...profile.filters.flatMap((file) => rewrittenFilters(profile, file, ({ uri }) => replace(uri))),
      ...rewrittenSearches(profile, replace),
    ],
    needs: passwordNote(profile, before, after),
  };
}

/** Every preference that holds the address of a folder. */
export function urisInPrefs({ prefs }: Profile): { name: string; uri: string }[] {
  return prefs.names('mail').flatMap((name) => {
    const uri = prefs.string(name);
    return uri !== undefined && /^[a-z]+:\/\//i.test(uri) ? [{ name, uri }] : [];
  });
}

/** The filters of one file with other targets; empty where nothing changes, or where the file lies outside the profile. */
export function rewrittenFilters(
  profile: Profile,
  file: FilterFile,
  replace: Parameters<typeof withFilterTargets>[1],
): Operation[] {
  const bytes = withFilterTargets(file.bytes, replace);
  return rewritten(profile, file, bytes, 'the filters name the folders by their present addresses');
}

export function rewrittenSearches(profile: Profile, replace: (uri: string) => string | null): Operation[] {
  const file = profile.savedSearches;
  if (file === null) return [];
  const bytes = withSavedSearchUris(file.bytes, replace);
  return rewritten(profile, file, bytes, 'saved searches name the folders by their present addresses');
}

function rewritten(
  profile: Profile,
  file: { path: string; bytes: Uint8Array },
  bytes: Uint8Array,
  why: string,
): Operation[] {
  if (Buffer.from(bytes).equals(file.bytes) || !isInside(profile, file.path)) return [];
  return [{ op: 'write', path: file.path, content: Buffer.from(bytes).toString('base64'), mode: null, why }];
}

function renamed(uri: string, before: IncomingServer, after: IncomingServer): string | null {
  const parsed = parseServerUri(uri);
  if (parsed === null || before.host === null || after.host === null) return null;
  // A server that has lost its type has folders of the type that it had.
  const type = before.type ?? after.type;
  if (uriScheme(type ?? '') !== parsed.scheme || !namesServer(parsed, { ...before, type })) return null;
  const to = withServer(uri, { user: after.username, host: after.host });
  return to === uri ? null : to;
}

/** A password that was saved under the former name is not found under the new one, and is asked for once. */
function passwordNote(profile: Profile, before: IncomingServer, after: IncomingServer): string[] {
  const [old, now] = [loginKeyOf(before)?.origin, loginKeyOf(after)?.origin];
  const origins = new Set(liveRows(profile).map(({ origin }) => origin));
  if (old === undefined || now === undefined || old === now) return [];
  return origins.has(old) && !origins.has(now) ? [`The password for ${now} is asked for once.`] : [];
}
