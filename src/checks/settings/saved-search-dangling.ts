/**
 * Looks for: saved searches on an account that is not there.
 * Why: when it quits, the program takes the folders that it does not find out of a saved search, and deletes a search
 * of which none is left (formats.md 5.7, A19).
 * Found: virtualFolders.dat, by the servers in the addresses of the search and of what it looks through.
 * Repaired: addresses that differ from a present account in host or user alone are led to it. Others stay: the search
 * may be wanted, and its account may come back.
 */

import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { rewrittenSearches } from '../rekey-folders.ts';
import { danglingUri, folderPathOf, remapped } from './dangling-folders.ts';

interface State {
  name: string;
  uri: string;
  lines: number[];
  /** Nothing that it looks through is left. */
  isLost: boolean;
  remappable: boolean;
}

const file = 'virtualFolders.dat';

export const savedSearchDangling = defineCheck<State>({
  meta: {
    id: 'settings/saved-search-dangling',
    severity: 'warning',
    title: 'A saved search on an account that is not there',
    looksFor: 'Saved searches (virtual folders) in or over folders of an account that does not exist.',
    why: 'The program drops the folders that it does not find, and deletes a search of which none is left.',
    repair:
      'Searches over a present account under its former server or user name are led to it. Others are left as they are. A search holds no mail of its own.',
    faults: ['formats.md A19'],
  },

  find({ profile }) {
    return dangling(profile).map((state) => ({
      subject: { kind: 'folder', id: state.uri },
      evidence: state.lines.map((line) => ({ file, line, note: 'an address of no account' })),
      state,
      start: state.isLost ? 'loses' : 'safe',
    }));
  },

  words({ state: { name, isLost, remappable } }) {
    const effect = isLost
      ? 'Nothing that it looks through is left, so the program deletes it when it quits.'
      : 'The program takes the folders that it does not find out of it.';
    const advice = remappable
      ? 'They are there, under the present name of their server.'
      : 'No present account fits. If you need the search, note down its terms before you start the program, and make it anew.';
    return {
      title: `The saved search "${name}" belongs to an account that is not there`,
      detail: `${effect} ${advice} A saved search holds no mail of its own.`,
    };
  },

  repair({ state }, { profile }) {
    if (!state.remappable) return null;
    const operations = rewrittenSearches(profile, (uri) => presentUri(profile, uri));
    const title = 'Lead the saved searches to the present folders';
    return operations.length === 0 ? null : { title, risk: 'settings', operations };
  },
});

const presentUri = (profile: Profile, uri: string): string | null =>
  danglingUri(profile, uri) === null ? null : remapped(profile, uri, null);

const dangling = oncePerProfile((profile): State[] =>
  (profile.savedSearches?.searches ?? []).flatMap(({ uri, scopes, uriLine, scopeLine }) => {
    const isGone = (one: string): boolean => danglingUri(profile, one) !== null;
    const lost = scopes.filter(isGone);
    if (!isGone(uri) && lost.length === 0) return [];
    const path = folderPathOf(uri);
    return [
      {
        name: path.slice(path.lastIndexOf('/') + 1) || uri,
        uri,
        lines: [
          ...(isGone(uri) ? [uriLine] : []),
          ...(lost.length > 0 && scopeLine !== null ? [scopeLine] : []),
        ],
        isLost: isGone(uri) || lost.length === scopes.length,
        remappable: [uri, ...lost].filter(isGone).some((one) => presentUri(profile, one) !== null),
      },
    ];
  }),
);
