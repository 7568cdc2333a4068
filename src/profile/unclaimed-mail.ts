/**
 * Mail on the disk that no server uses, and servers that have lost their mail folder: told by comparing what both hold
 * (formats.md 3.6, A16, A17).
 * Belongs here: which belongs to which. A match is certain or there is none: the folder is named after the server, the
 * server has no folder of mail where its settings lead, and nothing else comes into question.
 */

import path from 'node:path';
import type { MailDirectory } from './folders.ts';
import type { Profile } from './profile.ts';
import type { IncomingServer } from './servers.ts';

export interface LostFolder {
  accountKey: string;
  server: IncomingServer;
  /** Where its settings lead. */
  leadsTo: string;
  /** Relative to the profile, with forward slashes. */
  folder: string;
  mail: MailDirectory;
}

/** Accounts whose settings lead to a folder that is missing or holds no folder of mail, while theirs lies unused. */
export function lostFolders(profile: Profile): LostFolder[] {
  const found = profile.accountList.accounts.flatMap(({ key, server }): LostFolder[] => {
    const used = profile.serverMail.get(server.key);
    // An account that was ever opened has at least the index of its Inbox.
    if (used === undefined || used.mail.folders.length > 0 || used.mail.incomplete) return [];
    const candidates = holding(profile).filter(
      (mail) => parentOf(mail) === parentFor(server) && isNamedAfter(mail, server, used.directory.path),
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
      },
    ];
  });
  // One folder for two accounts is certain for neither.
  return found.filter(({ mail }) => found.filter((other) => other.mail === mail).length === 1);
}

/** Folders with mail that no server, listed or not, uses. */
export function holding(profile: Profile): MailDirectory[] {
  return profile.unusedMail.filter((mail) => mail.holdsMessages);
}

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
