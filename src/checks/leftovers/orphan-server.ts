/**
 * Looks for: the settings of a server that no account uses: what a broken-off set-up leaves behind.
 * Why: the settings stay for ever, an import carries them along, and the password saved for them is used again by the
 * next set-up of the same address, right or wrong (formats.md 3.7).
 * Found: an unlisted server that is a leftover and no lost account (design.md 4).
 * Repaired: its lines go out of prefs.js; its folder, when it holds nothing, is moved aside.
 */

import path from 'node:path';
import type { MailDirectory } from '../../profile/folders.ts';
import { loginKeyOf } from '../../profile/login-keys.ts';
import { oncePerProfile } from '../../profile/once.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { type UnlistedServer, unlistedServers } from '../../profile/unlisted.ts';
import type { Operation } from '../../repair/operation.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { liveRows } from '../passwords/saved-rows.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { serverName } from '../wording.ts';

interface State {
  unlisted: UnlistedServer;
}

export const orphanServer = defineCheck<State>({
  meta: {
    id: 'leftovers/orphan-server',
    severity: 'warning',
    title: 'A server left behind by a set-up that broke off',
    looksFor: 'Settings of an incoming server that no account uses and that has no mail.',
    why: 'When a set-up is closed half way, its server stays in the settings. It is never shown, never removed, and trips the next set-up of the same address.',
    repair:
      'The settings of this server are taken out, and its empty folder is moved aside. Nothing that holds mail is touched.',
    faults: ['formats.md A1', 'formats.md A13', 'postbox.md 8.1 A16', 'pains.md P13', 'pains.md P14'],
  },

  find({ profile }) {
    return unlistedServers(profile)
      .filter((unlisted) => unlisted.lost === null && unlisted.server.type !== 'none')
      .map((unlisted) => ({
        subject: { kind: 'server' as const, id: unlisted.server.key },
        evidence: [
          prefEvidence(profile, `${serverPrefix(unlisted.server.key)}type`),
          prefEvidence(profile, `${serverPrefix(unlisted.server.key)}hostname`),
          prefEvidence(profile, 'mail.accountmanager.accounts', 'no account in this list uses it'),
        ],
        state: { unlisted },
      }));
  },

  words({ state: { unlisted } }, { profile }) {
    const key = loginKeyOf(unlisted.server);
    const hasLogin = key !== null && savedOrigins(profile).has(key.origin);
    return {
      title: `The server ${serverName(unlisted.server)} was left behind by a set-up that broke off`,
      detail: `No account uses it and it holds no mail. It can put an old server name or an old password into the next set-up of the same address.${
        hasLogin
          ? ' A password was saved for it, too; saved passwords are taken out only when you ask for it by name.'
          : ''
      }`,
    };
  },

  repair({ state: { unlisted } }, { profile }) {
    const { server, mail } = unlisted;
    const edit = editPrefsOperation(
      profile,
      server.prefNames.map((name) => ({ name, to: null })),
      `no account uses the server ${serverName(server)}`,
    );
    if (edit === null) return null;
    const operations: Operation[] = [edit];
    if (
      mail !== null &&
      isBare(mail) &&
      isInside(profile, mail.path) &&
      !isUsedByAnother(profile, unlisted)
    ) {
      operations.push({
        op: 'move-aside',
        path: mail.path,
        why: 'the folder of that server; it holds no message',
      });
    }
    return { title: `Take the settings of ${serverName(server)} out`, risk: 'settings', operations };
  },
});

/** Nothing in it but what the program itself has put there, and that holds no mail. */
const isBare = ({ exists, holdsMessages, hasSubfolders, holdsOthers, incomplete }: MailDirectory): boolean =>
  exists && !holdsMessages && !hasSubfolders && !holdsOthers && !incomplete;

const isInside = (profile: Profile, at: string): boolean =>
  ['Mail', 'ImapMail', 'News'].some((parent) => path.dirname(at) === path.join(profile.path, parent));

const savedOrigins = oncePerProfile((profile) => new Set(liveRows(profile).map(({ origin }) => origin)));

/** The folder itself, or one in it. */
function isUsedByAnother(profile: Profile, { server, mail }: UnlistedServer): boolean {
  return mail !== null && (usersOfFolders(profile).get(mail.path) ?? []).some((key) => key !== server.key);
}

/** Keys of servers by their folder and every folder around it. */
const usersOfFolders = oncePerProfile((profile) => {
  const users = new Map<string, string[]>();
  for (const [key, { directory }] of profile.serverMail) {
    for (let at = directory.path; path.dirname(at) !== at; at = path.dirname(at)) {
      const known = users.get(at);
      if (known === undefined) users.set(at, [key]);
      else known.push(key);
    }
  }
  return users;
});
