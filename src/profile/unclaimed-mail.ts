/**
 * Mail on the disk that no server uses, and servers that have lost their mail folder: told by comparing what both hold
 * (formats.md 3.6, A16, A17).
 * Belongs here: which belongs to which. A match is certain or there is none: the folder is named after the server, the
 * server has no folder of mail where its settings lead, and nothing else comes into question.
 */

import path from 'node:path';
import type { MailDirectory } from './folders.ts';
import { oncePerProfile } from './once.ts';
import type { Profile } from './profile.ts';
import { namesServer, parseServerUri } from './server-uri.ts';
import type { IncomingServer } from './servers.ts';

export interface LostFolder {
  accountKey: string;
  server: IncomingServer;
  /** Where its settings lead. */
  leadsTo: string;
  /** Relative to the profile, with forward slashes. */
  folder: string;
  mail: MailDirectory;
  /** False: by the names alone, which another account of that server would have, too. */
  certain: boolean;
  /** What the program has put into the new folder since, and what would go out of sight; null: no mail. */
  since: MailDirectory | null;
}

/**
 * Accounts whose settings lead to a folder that is missing or holds no folder of mail, while theirs lies unused; or to
 * a numbered one that the program has made beside it, and that holds next to nothing (A16).
 */
export const lostFolders: (profile: Profile) => LostFolder[] = oncePerProfile((profile) => {
  const found = profile.accountList.accounts.flatMap(({ key, server }): LostFolder[] => {
    const used = profile.serverMail.get(server.key);
    // An account that was ever opened has at least the index of its Inbox.
    if (used === undefined || used.mail.incomplete) return [];
    const isBare = used.mail.folders.length === 0;
    const candidates = candidatesFor(profile, server, used.directory.path).filter(
      (mail) => isBare || isPredecessor(mail, used.mail, server),
    );
    const [mail] = candidates;
    if (mail === undefined || candidates.length > 1) return [];
    return [
      {
        accountKey: key,
        server,
        leadsTo: used.directory.path,
        folder: path.relative(profile.path, mail.path).split(path.sep).join('/'),
        mail,
        certain: isBare || isOfServer(profile, mail, server),
        since: used.mail.holdsMessages ? used.mail : null,
      },
    ];
  });
  // One folder for two accounts is certain for neither.
  return found.filter(({ mail }) => found.filter((other) => other.mail === mail).length === 1);
});

/** How much more the former folder must hold than the new one. */
const muchMore = 20;

/** `used` is the numbered folder that was made because of this one, or one for a name that the program had replaced. */
function isPredecessor(mail: MailDirectory, used: MailDirectory, { key }: IncomingServer): boolean {
  const [name, newer] = [path.basename(mail.path), path.basename(used.path)];
  const isNumbered = newer !== name && withoutNumber(newer) === name;
  const isReplaced = withoutNumber(newer) === `${key}.invalid`;
  return (isNumbered || isReplaced) && !used.hasSubfolders && used.bytes * muchMore <= mail.bytes;
}

/** By what lies in it: whose mail was fetched, and the account that its filters name. Local Folders are nobody's. */
function isOfServer(profile: Profile, mail: MailDirectory, server: IncomingServer): boolean {
  if (server.type === 'none') return true;
  if (server.type === 'pop3' && profile.popUsers.get(mail.path)?.user === server.username) return true;
  const filters = profile.filters.filter(({ directory }) => directory === mail.path);
  return filters.some(({ targets }) =>
    targets.some(({ uri }) => {
      const parsed = parseServerUri(uri);
      return parsed !== null && namesServer(parsed, server);
    }),
  );
}

function candidatesFor(profile: Profile, server: IncomingServer, leadsTo: string): MailDirectory[] {
  const byName = holdingByName(profile);
  const names = new Set([server.host ?? '', path.basename(leadsTo)]);
  const found = [...names].flatMap((name) => byName.get(name) ?? []);
  return [...new Set(found)].filter(
    (mail) => parentOf(mail) === parentFor(server) && isNamedAfter(mail, server, leadsTo),
  );
}

/** With and without the number that may stand in the name. */
const holdingByName = oncePerProfile((profile) => {
  const byName = new Map<string, MailDirectory[]>();
  for (const mail of holding(profile)) {
    const name = path.basename(mail.path);
    for (const one of new Set([name, withoutNumber(name)])) {
      const same = byName.get(one);
      if (same === undefined) byName.set(one, [mail]);
      else same.push(mail);
    }
  }
  return byName;
});

/** Folders with mail that no server, listed or not, uses. */
export const holding: (profile: Profile) => MailDirectory[] = oncePerProfile((profile) =>
  profile.unusedMail.filter((mail) => mail.holdsMessages),
);

/** `Mail/Local Folders`, or a numbered one, that no Local Folders account uses: none is in the settings at all. */
export function lostLocalFolders(profile: Profile): MailDirectory | null {
  if (profile.accountList.accounts.length === 0) return null;
  if (profile.servers.some((server) => server.type === 'none' && !server.hidden)) return null;
  const found = holding(profile).filter((mail) => /^Local Folders(-\d+)?$/.test(path.basename(mail.path)));
  return found.length === 1 ? (found[0] ?? null) : null;
}

const parentOf = (mail: MailDirectory): string => path.basename(path.dirname(mail.path));

const parentFor = ({ type }: IncomingServer): string =>
  type === 'imap' ? 'ImapMail' : type === 'nntp' ? 'News' : 'Mail';

/** The program puts the number of a further folder before the last dot: `imap.example-1.org`. */
function isNamedAfter(mail: MailDirectory, { host }: IncomingServer, leadsTo: string): boolean {
  const name = path.basename(mail.path);
  return name === host || name === path.basename(leadsTo) || (host !== null && withoutNumber(name) === host);
}

const withoutNumber = (name: string): string => name.replace(/-\d+(?=\.[^.]*$|$)/, '');
