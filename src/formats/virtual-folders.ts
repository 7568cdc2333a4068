/**
 * virtualFolders.dat: the saved searches of a profile (formats.md 5.7). After `version=1` blocks of `key=value` lines;
 * `uri` begins a block and is the folder that shows the search, `scope` lists the folders that are searched, with `|`
 * between them, or is `*`.
 * Belongs here: which folders are named, and writing other ones in their place, every other byte kept.
 */

import { latin1Bytes, latin1Text, utf8Of } from './latin1.ts';

export interface SavedSearch {
  /** Of the folder that shows it. */
  uri: string;
  /** Folders that are searched; empty for `*`, which is all. */
  scopes: string[];
  /** 1-based; of the `uri` and the `scope` line. The latter is null where there is none. */
  uriLine: number;
  scopeLine: number | null;
}

/** In the order of the file. Never throws. */
export function savedSearches(bytes: Uint8Array): SavedSearch[] {
  const searches: SavedSearch[] = [];
  for (const [index, text] of latin1Text(bytes).split('\n').entries()) {
    const [, key, raw] = /^(uri|scope)=(.*?)\r?$/.exec(text) ?? [];
    if (key === undefined || raw === undefined) continue;
    const value = utf8Of(raw);
    const last = searches.at(-1);
    if (key === 'uri') {
      searches.push({ uri: value, scopes: [], uriLine: index + 1, scopeLine: null });
    } else if (last !== undefined) {
      last.scopes = value === '*' ? [] : value.split('|').filter((scope) => scope !== '');
      last.scopeLine = index + 1;
    }
  }
  return searches;
}

/** @param replace the new URI of a folder; null: it stays. */
export function withSavedSearchUris(bytes: Uint8Array, replace: (uri: string) => string | null): Uint8Array {
  const lines = latin1Text(bytes).split('\n');
  const set = (line: number, key: string, before: string, after: string): void => {
    const end = lines[line - 1]?.endsWith('\r') === true ? '\r' : '';
    if (after !== before) lines[line - 1] = `${key}=${latin1Text(new TextEncoder().encode(after))}${end}`;
  };
  for (const { uri, scopes, uriLine, scopeLine } of savedSearches(bytes)) {
    set(uriLine, 'uri', uri, replace(uri) ?? uri);
    if (scopeLine === null || scopes.length === 0) continue;
    const after = scopes.map((scope) => replace(scope) ?? scope);
    if (after.some((scope, nth) => scope !== scopes[nth])) set(scopeLine, 'scope', '', after.join('|'));
  }
  return latin1Bytes(lines.join('\n'));
}
