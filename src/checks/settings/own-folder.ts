/**
 * A mail folder for an account that must leave the one it shares: its former one, or a new name.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';

export interface OwnFolder {
  /** Relative to the profile, with forward slashes. */
  folder: string;
  /** It is there, and nothing else uses it. */
  isFormer: boolean;
}

export function ownFolder(profile: Profile, server: IncomingServer): OwnFolder {
  const former = formerFolder(profile, server);
  return former === null
    ? { folder: freshFolder(profile, server), isFormer: false }
    : { folder: former, isFormer: true };
}

/** The one that its `directory` still names, by its place in the profile: the profile itself may have moved. */
function formerFolder({ prefs, path: at, unusedMail }: Profile, server: IncomingServer): string | null {
  const named = prefs.string(`${serverPrefix(server.key)}directory`) ?? '';
  const [, root, name] = /[\\/](Mail|ImapMail|News)[\\/]([^\\/]+)[\\/]?$/.exec(named) ?? [];
  if (root === undefined || name === undefined) return null;
  return unusedMail.some((mail) => mail.path === path.join(at, root, name)) ? `${root}/${name}` : null;
}

/** Named as the program names them (formats.md 3.6); no folder that is there, or that a server names, is taken. */
function freshFolder({ path: at, serverMail, unusedMail }: Profile, server: IncomingServer): string {
  const root = server.type === 'imap' ? 'ImapMail' : server.type === 'nntp' ? 'News' : 'Mail';
  const used = [...serverMail.values()].map(({ directory }) => directory.path);
  const taken = new Set([...used, ...unusedMail.map((mail) => mail.path)].map((one) => one.toLowerCase()));
  // Nothing that leads out of the folder (design.md 6.11).
  const host = (server.host ?? '').replace(/[^\p{L}\p{N}._ -]/gu, '_').replace(/^\.+/, '') || server.key;
  const dot = host.lastIndexOf('.');
  for (let n = 0; ; n++) {
    const name = n === 0 ? host : dot > 0 ? `${host.slice(0, dot)}-${n}${host.slice(dot)}` : `${host}-${n}`;
    if (!taken.has(path.join(at, root, name).toLowerCase())) return `${root}/${name}`;
  }
}
