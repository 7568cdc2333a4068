/**
 * Looks for: a server name that the program itself has put in the place of one that it could not read: `server2.invalid`.
 * Why: the account is still shown and can never connect; its folders have new addresses (formats.md 3.5, A7).
 * Found: the host is the server's own key with `.invalid` behind it.
 * Repaired: the former name comes back where the addresses of the account's folders (in its identities, filters and
 * saved searches), saved logins and the name of its mail folder agree on it. What was set by the replaced name since
 * goes by the former one again, and the account uses the folder with its mail.
 */

import { isDuplicate } from '../../profile/accounts.ts';
import { likelyHost } from '../../profile/lost-server-values.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { rekeyFolders } from '../rekey-folders.ts';
import { formerFolder } from './former-folder.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  server: IncomingServer;
  /** Null: it cannot be told for certain. */
  former: string | null;
}

export const hostReplaced = defineCheck<State>({
  meta: {
    id: 'settings/host-replaced',
    severity: 'error',
    title: 'The program has replaced a server name',
    looksFor:
      'A server name that ends in ".invalid", which the program enters when it cannot read the name that was there.',
    why: 'The account can never connect with it, and its Sent folder and filters no longer fit it.',
    repair:
      'The former name is put back when the addresses of the folders, the saved passwords and the mail folder agree on it.',
    faults: ['formats.md A7'],
  },

  find({ profile }) {
    return listedServers(profile)
      .filter((server) => server.host === `${server.key}.invalid`)
      .map((server) => ({
        subject: { kind: 'server', id: server.key },
        evidence: [prefEvidence(profile, `${serverPrefix(server.key)}hostname`)],
        state: { server, former: formerHost(profile, server) },
        accounts: accountsOfServer(profile, server.key),
      }));
  },

  words({ state: { server, former } }, { profile }) {
    const advice =
      former === null
        ? 'What it was cannot be told for certain: look it up at your mail provider and enter it under Account Settings, Server Settings.'
        : `By the rest of the profile it was "${former}".`;
    return {
      title: `The server name of ${ownerOfServer(profile, server.key)} was replaced by "${server.host}"`,
      detail: `The program did that because it could not read the name that was there. The account cannot connect. ${advice}${userJsNote(
        profile,
        [`${serverPrefix(server.key)}hostname`],
      )}`,
    };
  },

  repair({ state: { server, former } }, { profile }) {
    if (former === null) return null;
    const name = `${serverPrefix(server.key)}hostname`;
    const { prefs, operations, needs } = rekeyFolders(profile, server, { ...server, host: former });
    const why = 'as the rest of the profile says it was';
    const folder = formerFolder(profile, server, former);
    const wanted = [{ name, to: former }, ...prefs, ...(folder?.wanted ?? [])];
    const edit = editPrefsOperation(profile, wanted, why);
    const risk = folder?.hides === true ? 'mail' : 'settings';
    const title = `Put the server name "${former}" back`;
    return edit === null ? null : { title, risk, operations: [edit, ...operations], needs };
  },
});

function formerHost(profile: Profile, server: IncomingServer): string | null {
  const host = server.type === null ? null : likelyHost(profile, server, server.type);
  if (host === null || host === server.host) return null;
  const taken = listedServers(profile).some(
    (other) => other.key !== server.key && isDuplicate(other, { ...server, host }),
  );
  return taken ? null : host;
}
