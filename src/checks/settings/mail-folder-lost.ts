/**
 * Looks for: an account whose settings lead to an empty or missing folder while its mail lies in another one.
 * Why: after a profile was copied to another computer or system, absolute paths lead nowhere; the program makes a new,
 * empty folder, and all mail of the account seems to be gone (formats.md 3.6, A16, A17; measured).
 * Found: src/profile/unclaimed-mail.ts: the folder named after the server holds mail and nothing uses it.
 * Repaired: the account is pointed to that folder. No mail is moved.
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
        { file: lost.leadsTo, note: 'this is where it leads; no mail is in it' },
        { file: lost.folder, note: `${megabytes(lost.mail.bytes)} of mail that no account uses` },
      ],
      state: { lost },
      accounts: [lost.accountKey],
    }));
  },

  words({ state: { lost } }, { profile }) {
    return {
      title: `${ownerOfAccount(profile, lost.accountKey)} does not find its mail folder`,
      detail: `Its settings lead to ${lost.leadsTo}, where no mail is; ${programName(profile.program)} would show the account empty. Its mail (${megabytes(lost.mail.bytes)}) lies in ${lost.folder}, untouched.`,
    };
  },

  repair({ state: { lost } }, { profile }) {
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
      : { title: `Point the account to ${lost.folder}`, risk: 'settings', operations: [edit] };
  },
});

/** The line that leads astray. */
function pathPref(has: (name: string) => boolean, serverKey: string): string {
  const prefix = serverPrefix(serverKey);
  return has(`${prefix}directory-rel`) ? `${prefix}directory-rel` : `${prefix}directory`;
}
