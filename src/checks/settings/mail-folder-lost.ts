/**
 * Looks for: an account whose settings lead to an empty or missing folder while its mail lies in another one.
 * Why: after a profile was copied to another computer or system, absolute paths lead nowhere; the program makes a new,
 * empty folder, and all mail of the account seems to be gone (formats.md 3.6, A16, A17; measured).
 * Found: src/profile/unclaimed-mail.ts: the folder named after the server holds mail and nothing uses it. Beside a
 * numbered one that the program has made and used a little since, only what lies in the old one makes it certain.
 * Repaired: the account is pointed to that folder. No mail is moved; when mail of a POP account or Local Folders that
 * came since would go out of sight, only when asked for.
 */

import path from 'node:path';
import { serverPrefix } from '../../profile/servers.ts';
import { type LostFolder, lostFolders } from '../../profile/unclaimed-mail.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { megabytes, programName } from '../wording.ts';
import { ownerOfAccount } from './owner-names.ts';

interface State {
  lost: LostFolder;
}

export const mailFolderLost = defineCheck<State>({
  meta: {
    id: 'settings/mail-folder-lost',
    severity: 'error',
    title: 'An account that does not find its mail folder',
    looksFor:
      'An account whose settings lead to a folder that is empty or not there, while the folder with its mail lies unused in the profile.',
    why: 'After a profile was copied or moved, old paths lead nowhere. The program then makes a new, empty folder, as if all mail of the account were gone.',
    repair: 'The account is pointed to the folder that holds its mail. No mail is moved.',
    faults: ['formats.md A16', 'formats.md A17', 'pains.md P09'],
  },

  find({ profile }) {
    return lostFolders(profile).map((lost) => ({
      subject: { kind: 'server' as const, id: lost.server.key },
      evidence: [
        prefEvidence(profile, pathPref(profile.prefs.has, lost.server.key)),
        { file: lost.leadsTo, note: `this is where it leads; ${whatIsThere(lost)}` },
        { file: lost.folder, note: `${megabytes(lost.mail.bytes)} of mail that no account uses` },
      ],
      state: { lost },
      severity: lost.certain ? 'error' : 'info',
      accounts: [lost.accountKey],
    }));
  },

  words({ state: { lost } }, { profile }) {
    const who = ownerOfAccount(profile, lost.accountKey);
    const program = programName(profile.program);
    const where = `Its settings lead to ${lost.leadsTo}, where ${lost.since === null ? 'no mail is' : `only ${megabytes(lost.since.bytes)} of mail are`}`;
    if (!lost.certain) {
      return {
        title: `The mail of ${who} may lie in another folder than its settings say`,
        detail: `${where}. ${megabytes(lost.mail.bytes)} of mail lie beside it in ${lost.folder}, which no account uses. It is of this account, or of another one of the same server that was removed; only you can tell. If you miss it, choose that folder under Account Settings, Server Settings, Local Directory.`,
      };
    }
    const since =
      hides(lost) && lost.since !== null
        ? ` What was fetched since (${megabytes(lost.since.bytes)}) stays in the new folder; to see it again after the repair, copy its files into the folder of Local Folders.`
        : '';
    return {
      title: `${who} does not find its mail folder`,
      detail: `${where}; ${program} would show the account ${lost.since === null ? 'empty' : 'nearly empty'}. Its mail (${megabytes(lost.mail.bytes)}) lies in ${lost.folder}, untouched.${since}`,
    };
  },

  repair({ state: { lost } }, { profile }) {
    if (!lost.certain) return null;
    const prefix = serverPrefix(lost.server.key);
    const edit = editPrefsOperation(
      profile,
      [
        { name: `${prefix}directory-rel`, to: `[ProfD]${lost.folder}` },
        { name: `${prefix}directory`, to: path.join(profile.path, ...lost.folder.split('/')) },
      ],
      `the mail of this account lies in ${lost.folder}`,
    );
    return edit === null
      ? null
      : {
          title: `Point the account to ${lost.folder}`,
          risk: hides(lost) ? 'mail' : 'settings',
          operations: [edit],
        };
  },
});

const whatIsThere = ({ since }: LostFolder): string =>
  since === null ? 'no mail is in it' : `${megabytes(since.bytes)} of mail are in it`;

/** Mail that is nowhere else goes out of sight with the folder; an IMAP account has it on the server. */
const hides = ({ server, since }: LostFolder): boolean => since !== null && server.type !== 'imap';

/** The line that leads astray. */
function pathPref(has: (name: string) => boolean, serverKey: string): string {
  const prefix = serverPrefix(serverKey);
  return has(`${prefix}directory-rel`) ? `${prefix}directory-rel` : `${prefix}directory`;
}
