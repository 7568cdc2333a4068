/**
 * Looks for: a server of a listed account that has lost its type, its host name or its user name.
 * Why: without type or host the program drops the account at its next start and deletes the link to its identities
 * (formats.md 3.5, A4). Without user name all its folders get other addresses: filters, Sent and saved password no
 * longer fit (breakage.md).
 * Found: the line is missing or empty. A missing user name is one only where the account's own folders still name it.
 * Repaired: type from the folder's place and from settings that only one type has; host and user from the addresses of
 * its folders, from saved logins, from the folder's name; only when all of them agree.
 */

import { isDuplicate } from '../../profile/accounts.ts';
import { likelyHost, likelyType, likelyUser } from '../../profile/lost-server-values.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { rekeyFolders } from '../rekey-folders.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

type Lost = 'type' | 'hostname' | 'userName';

interface State {
  server: IncomingServer;
  /** Each lost value with what it must have been; null where that cannot be told. */
  lost: { pref: Lost; value: string | null }[];
}

const words: Record<Lost, string> = {
  type: 'type (IMAP, POP …)',
  hostname: 'server name',
  userName: 'user name',
};

export const serverIncomplete = defineCheck<State>({
  meta: {
    id: 'settings/server-incomplete',
    severity: 'error',
    title: 'A server without its type or name',
    looksFor:
      'An account whose incoming server has lost the line that says its type, its server name or its user name.',
    why: 'Without type or server name the program drops the account at its next start, and deletes the link to its address and signature. Without user name it no longer finds the password, the filters and the Sent folder of the account.',
    repair:
      'The missing value is put back when the rest of the profile says what it was: the place of the mail folder, the addresses of the folders, saved logins. When they do not agree, nothing is done.',
    faults: ['formats.md A4', 'postbox.md 8.1 A1'],
  },

  find({ profile }) {
    return listedServers(profile).flatMap((server) => {
      const lost = lostValues(profile, server);
      if (lost.length === 0) return [];
      return [
        {
          subject: { kind: 'server', id: server.key },
          evidence: [
            ...lost.map(({ pref }) => prefEvidence(profile, serverPrefix(server.key) + pref)),
            ...['directory-rel', 'directory']
              .map((pref) => serverPrefix(server.key) + pref)
              .filter((name) => profile.prefs.has(name))
              .map((name) => prefEvidence(profile, name)),
          ],
          state: { server, lost },
          start: lost.some(({ pref }) => pref !== 'userName') ? 'loses' : 'safe',
          accounts: accountsOfServer(profile, server.key),
        },
      ];
    });
  },

  words({ state: { server, lost } }, { profile }) {
    const drops = lost.some(({ pref }) => pref !== 'userName');
    const effect = drops
      ? 'At its next start the program takes the account out of its list and deletes the link to its address and signature. The mail on the disk stays.'
      : 'The program takes it for another account: filters, the Sent folder and the saved password no longer fit it.';
    const unknown = lost.filter(({ value }) => value === null).map(({ pref }) => words[pref]);
    const advice =
      unknown.length === 0
        ? `The rest of the profile says what it was: ${lost.map(({ value }) => `"${value}"`).join(', ')}.`
        : `The rest of the profile does not say for certain what the ${unknown.join(' and the ')} was. Before you start the program, look for an older copy of prefs.js, or ask for help with this line.`;
    return {
      title: `The account ${ownerOfServer(profile, server.key)} has lost its ${lost.map(({ pref }) => words[pref]).join(' and its ')}`,
      detail: `${effect} ${advice}${userJsNote(profile, namesOf(server, lost))}`,
    };
  },

  repair({ state: { server, lost } }, { profile }) {
    if (lost.some(({ value }) => value === null)) return null;
    const wanted = lost.map(({ pref, value }) => ({ name: serverPrefix(server.key) + pref, to: value }));
    const value = (pref: Lost): string | null => lost.find((one) => one.pref === pref)?.value ?? null;
    const { prefs, operations, needs } = rekeyFolders(profile, server, {
      ...server,
      type: value('type') ?? server.type,
      host: value('hostname') ?? server.host,
      username: value('userName') ?? server.username,
    });
    const why = 'as the rest of the profile says it was';
    const edit = editPrefsOperation(profile, [...wanted, ...prefs], why);
    const what = lost.map(({ pref, value }) => `${words[pref]} "${value}"`).join(', ');
    return edit === null
      ? null
      : {
          title: `Put back the ${what} of ${ownerOfServer(profile, server.key)}`,
          risk: 'settings',
          operations: [edit, ...operations],
          needs,
        };
  },
});

const namesOf = (server: IncomingServer, lost: State['lost']): string[] =>
  lost.map(({ pref }) => serverPrefix(server.key) + pref);

function lostValues(profile: Profile, server: IncomingServer): State['lost'] {
  const isLost = (pref: Lost): boolean => {
    const value = profile.prefs.raw(serverPrefix(server.key) + pref);
    return value === undefined || value === '';
  };
  const type = isLost('type') ? likelyType(profile, server) : server.type;
  const host = isLost('hostname') && type !== null ? likelyHost(profile, server, type) : server.host;
  const lost: State['lost'] = [];
  if (isLost('type')) lost.push({ pref: 'type', value: type });
  if (isLost('hostname')) lost.push({ pref: 'hostname', value: host || null });
  if (isLost('userName') && ['imap', 'pop3', 'ews'].includes(type ?? '')) {
    const user = likelyUser(profile, { ...server, type, host });
    if (user !== null) lost.push({ pref: 'userName', value: user });
  }
  return wouldBeRefused(profile, server, lost) ? lost.map(({ pref }) => ({ pref, value: null })) : lost;
}

/** The restored server would be the same as another one, and be dropped as its double. */
function wouldBeRefused(profile: Profile, server: IncomingServer, lost: State['lost']): boolean {
  const value = (pref: Lost, now: string | null): string | null =>
    lost.find((one) => one.pref === pref)?.value ?? now;
  const restored = {
    ...server,
    type: value('type', server.type),
    host: value('hostname', server.host),
    username: value('userName', server.username) ?? '',
  };
  return (
    lost.length > 0 &&
    listedServers(profile).some((other) => other.key !== server.key && isDuplicate(other, restored))
  );
}
