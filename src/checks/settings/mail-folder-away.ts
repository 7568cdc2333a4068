/**
 * Looks for: an account whose mail folder lies outside the profile and is not there: on a disk that is not attached, on
 * another computer, on another system.
 * Why: the program makes a new, empty folder at that place, or in the profile, and the account looks empty (formats.md
 * 3.6, A17; measured with 153.7).
 * Found: by the folder as the program resolves it, and by a path of another system. One whose mail lies in the profile
 * is settings/mail-folder-lost.
 * Repaired: not: where the mail is now only the owner knows.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { lostFolders } from '../../profile/unclaimed-mail.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { isInside } from '../inside-profile.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  accountKey: string;
  server: IncomingServer;
  /** As written, or as resolved. */
  place: string;
  isOtherSystem: boolean;
}

export const mailFolderAway = defineCheck<State>({
  meta: {
    id: 'settings/mail-folder-away',
    severity: 'error',
    title: 'An account whose mail folder is not on this computer now',
    looksFor: 'An account whose mail is kept outside the profile, in a folder that is not there.',
    why: 'The program makes a new, empty folder instead, and the account looks empty. The mail itself is where it was: on another disk, or on another computer.',
    repair: 'None: only you know where that folder is now. What to do is told.',
    faults: ['formats.md A17', 'pains.md P09', 'pains.md P38'],
  },

  find({ profile }) {
    const lost = new Set(lostFolders(profile).map(({ server }) => server.key));
    return profile.accountList.accounts.flatMap(({ key, server }) => {
      const state = lost.has(server.key) ? null : awayFolder(profile, key, server);
      if (state === null) return [];
      return [
        {
          subject: { kind: 'server' as const, id: server.key },
          evidence: [prefEvidence(profile, prefOf(profile, server, state.isOtherSystem))],
          state,
          // An IMAP account has its mail on the server, and fetches it again.
          severity:
            server.type === 'imap' || server.type === 'nntp' ? ('warning' as const) : ('error' as const),
          accounts: [key],
        },
      ];
    });
  },

  words({ state: { accountKey, server, place, isOtherSystem } }, { profile }) {
    const own = ownerOfAccount(profile, accountKey);
    const after =
      server.type === 'imap'
        ? 'The program makes a new folder and fetches the mail from the server again.'
        : 'The program makes a new, empty folder, and the account looks empty.';
    const advice = isOtherSystem
      ? 'That is a path of another system. Copy the folder into the profile while the program is closed, then let mailmend look again.'
      : 'If it lies on a disk of its own, attach that before you start the program. If it was left on another computer, copy it to that place.';
    return {
      title: `The mail folder of ${own} is not there (${place})`,
      detail: `${after} ${advice}${userJsNote(profile, [`${serverPrefix(server.key)}directory`, `${serverPrefix(server.key)}directory-rel`])}`,
    };
  },
});

function awayFolder(profile: Profile, accountKey: string, server: IncomingServer): State | null {
  const used = profile.serverMail.get(server.key);
  if (used === undefined) return null;
  const { directory, mail } = used;
  if (directory.from !== 'made' && !directory.exists && !isInside(profile, directory.path)) {
    return { accountKey, server, place: directory.path, isOtherSystem: false };
  }
  const written = profile.prefs.string(`${serverPrefix(server.key)}directory`) ?? '';
  const isForeign = /^([A-Za-z]:[\\/]|\\\\)/.test(written) && !path.isAbsolute(written);
  return directory.from === 'made' && isForeign && !mail.exists
    ? { accountKey, server, place: written, isOtherSystem: true }
    : null;
}

function prefOf({ prefs, serverMail }: Profile, { key }: IncomingServer, isOtherSystem: boolean): string {
  const prefix = serverPrefix(key);
  const isAbsolute = isOtherSystem || serverMail.get(key)?.directory.from === 'directory';
  return isAbsolute && prefs.has(`${prefix}directory`) ? `${prefix}directory` : `${prefix}directory-rel`;
}
