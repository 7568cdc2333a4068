/**
 * The mail folder of an account whose server name the program has replaced: it has made a new one for the replaced
 * name, and the mail lies in the one that is named after the former server (formats.md A7, A16).
 */

import path from 'node:path';
import type { MailDirectory } from '../../profile/folders.ts';
import { likelyHost } from '../../profile/lost-server-values.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { holding } from '../../profile/unclaimed-mail.ts';
import { listedServers } from '../accounts-of.ts';
import type { WantedPref } from '../pref-operations.ts';

export interface FormerFolder {
  mail: MailDirectory;
  /** What has come into the new folder since goes out of sight, and is nowhere else. */
  hides: boolean;
  wanted: WantedPref[];
}

/** Null: the account is not led astray, or there is no such folder. */
export function formerFolder(profile: Profile, server: IncomingServer, host: string): FormerFolder | null {
  const used = profile.serverMail.get(server.key);
  const isNew = path.basename(used?.directory.path ?? '').startsWith(`${server.key}.invalid`);
  const root = server.type === 'imap' ? 'ImapMail' : server.type === 'nntp' ? 'News' : 'Mail';
  const place = path.join(profile.path, root, host);
  const mail = holding(profile).find((one) => one.path === place);
  if (used === undefined || mail === undefined || !(isNew || used.directory.from === 'made')) return null;
  const prefix = serverPrefix(server.key);
  return {
    mail,
    hides: used.mail.holdsMessages && server.type !== 'imap',
    wanted: [
      { name: `${prefix}directory-rel`, to: `[ProfD]${root}/${host}` },
      { name: `${prefix}directory`, to: null },
    ],
  };
}

/** Of all accounts in the list whose name was replaced. */
export const formerFolders: (profile: Profile) => MailDirectory[] = oncePerProfile((profile) =>
  listedServers(profile)
    .filter(({ key, host }) => host === `${key}.invalid`)
    .flatMap((server) => {
      const host = server.type === null ? null : likelyHost(profile, server, server.type);
      const former = host === null ? null : formerFolder(profile, server, host);
      return former === null ? [] : [former.mail];
    }),
);
