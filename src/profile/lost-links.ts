/**
 * Listed accounts whose link to a server is lost, and the server that belongs to each (formats.md A2).
 * A server belongs to an account when no account names it and the account's identities do: by their folders on it or
 * by the address that is its user name. Only a match in both directions counts.
 */

import { accountBranches, accountPrefix, identityKeys, incomingTypes } from './accounts.ts';
import { readIdentity } from './identities.ts';
import { oncePerProfile } from './once.ts';
import type { Profile } from './profile.ts';
import { namesServer, parseServerUri } from './server-uri.ts';
import { type IncomingServer, serverPrefix } from './servers.ts';

export interface LostLink {
  accountKey: string;
  /** What the account says: a server of which nothing is left, also "". Null: it says nothing. */
  named: string | null;
  /** Null: none, or several. */
  server: IncomingServer | null;
}

export const lostLinks: (profile: Profile) => LostLink[] = oncePerProfile((profile) => {
  const lost = [...new Set(profile.accountList.items)].filter((key) => hasNoServer(profile, key));
  const unclaimed = unclaimedServers(profile);
  const matches = new Map(lost.map((key) => [key, unclaimed.filter((server) => fits(profile, key, server))]));
  return lost.map((accountKey) => {
    const [server, another] = matches.get(accountKey) ?? [];
    const only = server !== undefined && another === undefined ? server : null;
    const wantedByAnother = lost.some(
      (key) => key !== accountKey && only !== null && matches.get(key)?.includes(only),
    );
    return {
      accountKey,
      named: profile.prefs.string(`${accountPrefix(accountKey)}server`) ?? null,
      server: wantedByAnother ? null : only,
    };
  });
});

/** The account is there, and its server is not: no `.server`, one that is empty or no text, or one of which no line is left. */
function hasNoServer({ prefs }: Profile, accountKey: string): boolean {
  const prefix = accountPrefix(accountKey);
  if (prefs.names(prefix).length === 0) return false;
  const serverKey = prefs.string(`${prefix}server`) ?? '';
  return serverKey === '' || prefs.names(serverPrefix(serverKey)).length === 0;
}

function unclaimedServers(profile: Profile): IncomingServer[] {
  const { prefs } = profile;
  const claimed = new Set(accountBranches(prefs).map((key) => prefs.string(`${accountPrefix(key)}server`)));
  return profile.servers.filter(
    (server) =>
      !claimed.has(server.key) && !server.hidden && incomingTypes.includes(server.type ?? '') && server.host,
  );
}

function fits({ prefs, accountList }: Profile, accountKey: string, server: IncomingServer): boolean {
  const identities = identityKeys(prefs, accountKey).map((key) => readIdentity(prefs, key));
  // Local Folders has no identity; it is known by the preference of its own.
  if (server.type === 'none') return identities.length === 0 && accountList.localFoldersServer === server.key;
  return identities.some(
    ({ email, folderUris }) =>
      (email !== '' && email.toLowerCase() === server.username.toLowerCase()) ||
      folderUris.some(({ uri }) => {
        const parsed = parseServerUri(uri);
        return parsed !== null && namesServer(parsed, server);
      }),
  );
}
