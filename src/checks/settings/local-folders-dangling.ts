/**
 * Looks for: a Local Folders server that does not exist, or that is no Local Folders.
 * Why: one that does not exist the program finds again by its type, if there is one. One of another type it takes as it
 * is: unsent messages and the common Inbox are then looked for on a mail server (measured with 153.7).
 * Found: `mail.accountmanager.localfoldersserver` names a server without type and host, or of a type other than "none".
 * Repaired: the server that the program itself would look for: of the type, not hidden, best "nobody" at "Local Folders".
 */

import type { Profile } from '../../profile/profile.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import { listedServers } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  /** The server that it wrongly names; null: there is none of that key. */
  wrong: IncomingServer | null;
  right: IncomingServer | null;
}

const name = 'mail.accountmanager.localfoldersserver';

export const localFoldersDangling = defineCheck<State>({
  meta: {
    id: 'settings/local-folders-dangling',
    severity: 'warning',
    title: 'Local Folders is not where the settings say',
    looksFor: 'A setting for Local Folders that names a server that does not exist, or a mail server.',
    why: 'Unsent messages and the common Inbox belong into Local Folders. The program searches for it when the setting names nothing, but believes it when it names a mail server.',
    repair: 'The setting names the Local Folders that the program would find by itself. No mail is moved.',
    faults: ['formats.md A14'],
  },

  find({ profile }) {
    const key = profile.accountList.localFoldersServer;
    const named = profile.servers.find((server) => server.key === key) ?? null;
    if (key === null || (named !== null && (named.type === 'none' || isBroken(profile, named)))) return [];
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [prefEvidence(profile, name)],
        state: { key, wrong: named, right: localFolders(profile) },
      },
    ];
  },

  words({ state: { key, wrong, right } }, { profile }) {
    const effect =
      wrong === null
        ? right === null
          ? 'There is no Local Folders in this profile. The program makes one when the next account is added.'
          : 'The program looks for Local Folders by itself and finds it; nothing is lost.'
        : `The program takes ${ownerOfServer(profile, wrong.key)} for Local Folders, and puts unsent messages there.`;
    const advice =
      wrong !== null && right === null
        ? ' There is no Local Folders to name instead; the program makes one when the next account is added.'
        : '';
    return {
      title: `The setting for Local Folders names "${key}", which is ${wrong === null ? 'no server' : 'a mail server'}`,
      detail: `${effect}${advice}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { right } }, { profile }) {
    const edit = editPrefsOperation(
      profile,
      [{ name, to: right?.key ?? null }],
      'Local Folders is the server of type "none"',
    );
    return edit === null
      ? null
      : {
          title:
            right === null ? 'Take the setting for Local Folders out' : 'Point the setting to Local Folders',
          risk: 'settings',
          operations: [edit],
        };
  },
});

/** A listed server that has only lost its type or host is settings/server-incomplete. */
function isBroken(profile: Profile, server: IncomingServer): boolean {
  return (
    (server.type === null || server.host === null) &&
    listedServers(profile).some(({ key }) => key === server.key)
  );
}

/** In the program's own order (nsMsgAccountManager::GetLocalFoldersServer). */
function localFolders(profile: Profile): IncomingServer | null {
  const servers = profile.accountList.accounts
    .map(({ server }) => server)
    .filter(({ type, hidden }) => type === 'none' && !hidden);
  return (
    servers.find(({ username, host }) => username === 'nobody' && host === 'Local Folders') ??
    servers.find(({ username }) => username === 'nobody') ??
    servers.find(({ host }) => host === 'Local Folders') ??
    servers[0] ??
    null
  );
}
