/**
 * Mail in a profile that may be nowhere else, as far as its files tell: everything in local folders and POP accounts, but
 * for what popstate.dat says is still on the server (formats.md 5.7). What the owner has put into the trash does not count.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { MailDirectory } from '../profile/folders.ts';
import type { Profile } from '../profile/profile.ts';
import { serverPrefix } from '../profile/servers.ts';
import { readSmallFile } from '../profile/small-file.ts';
import type { ReadableFileSystem } from '../repair/file-system.ts';
import { isInside } from '../repair/inside.ts';
import { storedMessages } from './stored-messages.ts';

export interface OnlyHere {
  /** As the program shows it: `Local Folders/Sent`. */
  folder: string;
  /** Null: it could not be read. */
  messages: number | null;
}

/** Their mail is on the server. */
const onServer = new Set(['imap', 'nntp', 'ews', 'graph']);

export function mailOnlyHere(fs: ReadableFileSystem, profile: Profile): OnlyHere[] {
  const kept = keptOnServers(fs, profile);
  const found = localDirectories(profile).flatMap(({ name, mail }) => [
    ...mail.folders
      .filter(({ path: folder, bytes }) => bytes > 0 && folder !== 'Trash' && !folder.startsWith('Trash/'))
      .map((folder) => ({
        folder: `${name}/${folder.path}`,
        messages: countOnlyHere(fs, folder, kept),
      })),
    ...(mail.incomplete ? [{ folder: name, messages: null }] : []),
  ]);
  return found.filter(({ messages }) => messages !== 0);
}

/** Those of local and POP accounts inside the profile, and folders of accounts that it does not have any more. */
function localDirectories(profile: Profile): { name: string; mail: MailDirectory }[] {
  const used = [...profile.serverMail].flatMap(([key, { mail }]) => {
    const server = profile.servers.find((candidate) => candidate.key === key);
    return onServer.has(server?.type ?? '') ? [] : [{ name: server?.name ?? server?.host ?? key, mail }];
  });
  const unused = profile.unusedMail
    .filter((mail) => path.basename(path.dirname(mail.path)) === 'Mail')
    .map((mail) => ({ name: path.basename(mail.path), mail }));
  // Two servers can share a directory. What lies elsewhere stays where it is.
  const byPath = new Map([...unused, ...used].map((directory) => [directory.mail.path, directory]));
  return [...byPath.values()].filter(({ mail }) => isInside(profile.path, mail.path));
}

function countOnlyHere(
  fs: ReadableFileSystem,
  folder: { file: string; storage: 'mbox' | 'maildir' },
  kept: ReadonlySet<string>,
): number | null {
  try {
    let count = 0;
    for (const { uidl, expunged } of storedMessages(fs, folder))
      if (!expunged && (uidl === null || !kept.has(uidl))) count++;
    return count;
  } catch {
    return null;
  }
}

const largestState = 64 * 1024 * 1024;

/** UIDLs of fetched messages that were left on their server: the `k` lines of popstate.dat. */
function keptOnServers(fs: ReadableFileSystem, profile: Profile): Set<string> {
  const kept = new Set<string>();
  for (const [key, { directory }] of profile.serverMail) {
    if (profile.prefs.bool(`${serverPrefix(key)}leave_on_server`) !== true) continue;
    const state = readSmallFile(fs, path.join(directory.path, 'popstate.dat'), largestState);
    if (state.state !== 'present') continue;
    for (const line of Buffer.from(state.bytes).toString('latin1').split(/\r?\n/)) {
      const uidl = /^k (\S+)/.exec(line)?.[1];
      if (uidl !== undefined) kept.add(uidl);
    }
  }
  return kept;
}
