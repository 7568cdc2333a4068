/**
 * Names and sizes as the owner of the mail knows them. Control characters are the report's business.
 */

import type { Account } from '../profile/accounts.ts';
import type { Profile, Program } from '../profile/profile.ts';
import type { IncomingServer } from '../profile/servers.ts';

export function megabytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

export function serverName(server: IncomingServer): string {
  if (server.type === 'none') return server.name ?? 'Local Folders';
  const user = server.username;
  if (user.includes('@')) return `${user} (${server.host ?? 'no server'})`;
  return user === '' ? (server.host ?? server.key) : `${user} at ${server.host ?? 'no server'}`;
}

/** The address of its first identity, else its server. */
export function accountName(account: Account): string {
  return account.identities.find((identity) => identity.email !== '')?.email ?? serverName(account.server);
}

export function programName(program: Program): string {
  const names: Record<Program, string> = {
    thunderbird: 'Thunderbird',
    postbox: 'Postbox',
    betterbird: 'Betterbird',
    seamonkey: 'SeaMonkey',
    unknown: 'the mail program',
  };
  return names[program];
}

/** The address under which the owner knows an account key, also of one that the program would drop. */
export function accountKeyName(profile: Profile, key: string): string {
  const account = profile.accountList.accounts.find((candidate) => candidate.key === key);
  if (account !== undefined) return accountName(account);
  const serverKey = profile.prefs.string(`mail.account.${key}.server`);
  const server = profile.servers.find((candidate) => candidate.key === serverKey);
  return server === undefined ? key : serverName(server);
}
