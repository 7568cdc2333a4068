/**
 * Looks for: mail in Local Folders, and no Local Folders in the settings.
 * Why: the program does not make Local Folders anew while there are other accounts (breakage.md); the mail that was
 * kept there is on the disk and nowhere to be seen.
 * Found: no server of type `none` at all, and one folder `Mail/Local Folders` with mail that nothing uses.
 * Repaired: an account for it is entered, under numbers that are free. No mail is moved.
 */

import path from 'node:path';
import { accountPrefix } from '../../profile/accounts.ts';
import type { MailDirectory } from '../../profile/folders.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { lostLocalFolders } from '../../profile/unclaimed-mail.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { accountNumber, freeAccountKey, freeServerKey } from '../free-keys.ts';
import { editPrefsOperation, type WantedPref } from '../pref-operations.ts';
import { megabytes } from '../wording.ts';
import { blockerOf } from './settings-state.ts';

interface State {
  mail: MailDirectory;
}

export const localFoldersLost = defineCheck<State>({
  meta: {
    id: 'profile/local-folders-lost',
    severity: 'error',
    title: 'Local Folders are gone from the settings',
    looksFor: 'Mail in the folder of Local Folders, and no Local Folders in the settings.',
    why: 'The program does not bring Local Folders back by itself while there are other accounts: mail that you keep on this computer is not shown any more.',
    repair: 'Local Folders are entered again for the folder that holds the mail. No mail is moved.',
    faults: ['formats.md A14'],
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null ? null : waitsFor(blocker);
  },

  find({ profile }) {
    const mail = blockerOf(profile) === null ? lostLocalFolders(profile) : null;
    if (mail === null) return [];
    return [
      {
        subject: { kind: 'folder', id: path.relative(profile.path, mail.path) },
        evidence: [
          { file: path.relative(profile.path, mail.path), note: `${megabytes(mail.bytes)} of mail` },
          prefEvidence(profile, 'mail.accountmanager.accounts', 'no account in this list is Local Folders'),
        ],
        state: { mail },
      },
    ];
  },

  words({ state: { mail } }) {
    return {
      title: 'Local Folders are not in the list of accounts any more',
      detail: `${megabytes(mail.bytes)} of mail that is kept on this computer only is still in ${path.basename(mail.path)}, but no account shows it.`,
    };
  },

  repair({ state: { mail } }, { profile }) {
    const edit = editPrefsOperation(profile, newLocalFolders(profile, mail), 'Local Folders come back');
    return edit === null
      ? null
      : { title: 'Put Local Folders back into the list of accounts', risk: 'settings', operations: [edit] };
  },
});

function newLocalFolders(profile: Profile, mail: MailDirectory): WantedPref[] {
  const account = freeAccountKey(profile);
  const server = freeServerKey(profile);
  const prefix = serverPrefix(server);
  const number = accountNumber(account);
  const { items, lastKey } = profile.accountList;
  return [
    { name: `${prefix}type`, to: 'none' },
    { name: `${prefix}hostname`, to: 'Local Folders' },
    { name: `${prefix}userName`, to: 'nobody' },
    { name: `${prefix}name`, to: 'Local Folders' },
    { name: `${prefix}directory`, to: mail.path },
    { name: `${prefix}directory-rel`, to: `[ProfD]Mail/${path.basename(mail.path)}` },
    { name: `${accountPrefix(account)}server`, to: server },
    { name: 'mail.accountmanager.accounts', to: [...items, account].join(',') },
    { name: 'mail.accountmanager.localfoldersserver', to: server },
    ...(lastKey !== null && lastKey < number ? [{ name: 'mail.account.lastKey', to: number }] : []),
  ];
}
