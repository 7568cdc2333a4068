/**
 * Looks for: message filters that move or copy into a folder that is not there.
 * Why: filters hold addresses of folders. After a change of host or user they lead nowhere; the program then switches
 * the filter off and the mail stays in the Inbox (formats.md 5.7, A19).
 * Found: in the filters of accounts that the program shows, those that are on: targets on a server that no account has;
 * and, on this computer, in a folder that is not on the disk.
 * Repaired: targets that differ from a present account in host or user alone are led to it; a folder that is gone only
 * the owner can replace.
 */

import path from 'node:path';
import type { FilterTarget } from '../../formats/filter-rules.ts';
import type { FilterFile } from '../../profile/folder-references.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import { namesServer, parseServerUri } from '../../profile/server-uri.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { rewrittenFilters } from '../rekey-folders.ts';
import { danglingUri, folderPathOf, remapped } from './dangling-folders.ts';
import { listed, ownerOfServer } from './owner-names.ts';

interface State {
  file: FilterFile;
  place: string;
  owner: IncomingServer;
  lost: FilterTarget[];
  /** By what they name now. */
  to: ReadonlyMap<string, string>;
}

export const filterTargetDangling = defineCheck<State>({
  meta: {
    id: 'settings/filter-target-dangling',
    severity: 'warning',
    title: 'Filters that move mail into a folder that is not there',
    looksFor: 'Message filters that are switched on and move or copy mail into a folder of no account.',
    why: 'The program switches such a filter off when it comes to it, and the mail stays in the Inbox.',
    repair:
      'Filters that name a folder of a present account under its former server or user name are led to it. Filters whose folder is gone are left as they are.',
    faults: ['formats.md A19'],
  },

  find({ profile }) {
    return profile.filters.flatMap((file) => {
      const state = readFilters(profile, file);
      if (state === null) return [];
      return [
        {
          subject: { kind: 'file' as const, id: state.place },
          evidence: state.lost.slice(0, 10).map(({ line, uri, filter }) => ({
            file: state.place,
            line,
            note: `filter "${filter}": ${uri}`,
          })),
          state,
          accounts: accountsOfServer(profile, state.owner.key),
        },
      ];
    });
  },

  words({ state: { owner, lost, to } }, { profile }) {
    const names = [...new Set(lost.map(({ filter }) => `"${filter}"`))];
    const folders = [...new Set(lost.map(({ uri }) => folderPathOf(uri) || uri))];
    const rest = lost.filter(({ uri }) => !to.has(uri));
    const advice =
      rest.length === 0
        ? 'They belong to an account that is there under another name.'
        : 'Choose their folder anew under Tools, Message Filters.';
    return {
      title: `${ownerOfServer(profile, owner.key)}: ${names.length === 1 ? 'a filter moves' : `${names.length} filters move`} mail into a folder that is not there`,
      detail: `It concerns ${listed(names.slice(0, 5))}${names.length > 5 ? ' and others' : ''}; the folders are ${listed(folders.slice(0, 5))}. The program switches such filters off, and the mail stays in the Inbox. ${advice}`,
    };
  },

  repair({ state: { file, to, owner } }, { profile }) {
    const operations = rewrittenFilters(profile, file, ({ uri }) => to.get(uri) ?? null);
    const title = `Lead the filters of ${ownerOfServer(profile, owner.key)} to the present folders`;
    return operations.length === 0 ? null : { title, risk: 'settings', operations };
  },
});

function readFilters(profile: Profile, file: FilterFile): State | null {
  const owner = ownersOfDirectories(profile).get(file.directory);
  if (owner === undefined) return null;
  const lost = file.targets.filter(({ uri, enabled }) => enabled && isLost(profile, uri));
  if (lost.length === 0) return null;
  const to = new Map<string, string>();
  for (const { uri } of lost) {
    if (danglingUri(profile, uri) === null) continue;
    const right = remapped(profile, uri, null);
    if (right !== null) to.set(uri, right);
  }
  const place = path.relative(profile.path, file.path).split(path.sep).join('/');
  return { file, place, owner, lost, to };
}

/** A folder that two accounts share is settings/shared-directory: the first of them speaks for it. */
const ownersOfDirectories = oncePerProfile((profile) => {
  const owners = new Map<string, IncomingServer>();
  for (const server of listedServers(profile)) {
    const directory = profile.serverMail.get(server.key)?.directory.path;
    if (directory !== undefined && !owners.has(directory)) owners.set(directory, server);
  }
  return owners;
});

const isLost = (profile: Profile, uri: string): boolean =>
  danglingUri(profile, uri) !== null || isGoneFromDisk(profile, uri);

/** IMAP folders may be on the server; names that the disk may write otherwise are left out (formats.md 5.2). */
function isGoneFromDisk(profile: Profile, uri: string): boolean {
  const parsed = parseServerUri(uri);
  const folder = folderPathOf(uri);
  if (parsed?.scheme !== 'mailbox' || !/^[\w /-]{1,54}$/.test(folder)) return false;
  const server = listedServers(profile).find((one) => namesServer(parsed, one));
  const mail = server === undefined ? undefined : profile.serverMail.get(server.key)?.mail;
  if (server?.type === 'rss' || mail === undefined || !mail.exists || mail.incomplete) return false;
  if (server?.deferredTo !== null) return false;
  return !knownFolders(profile).get(mail.path)?.has(folder.toLowerCase());
}

/** The program makes the first ones whenever it needs them. */
const ownMaking = [
  '',
  'inbox',
  'trash',
  'sent',
  'drafts',
  'templates',
  'archives',
  'junk',
  'unsent messages',
];

const knownFolders = oncePerProfile(
  (profile) =>
    new Map(
      [...profile.serverMail.values()].map(({ mail }) => [
        mail.path,
        new Set([...ownMaking, ...mail.folders.map((folder) => folder.path.toLowerCase())]),
      ]),
    ),
);
