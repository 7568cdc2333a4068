/**
 * Looks for: folders of mail that no account uses.
 * Why: a removed account leaves its mail when that was not ticked; that is normal. But after old settings were put
 * back, or half a backup, it is the only trace of mail that nothing shows.
 * Found: a folder in Mail, ImapMail or News that holds mail, that no server uses and that no other check claims.
 * Repaired: not by itself: whether the mail is still wanted only the owner knows.
 */

import path from 'node:path';
import type { MailDirectory } from '../../profile/folders.ts';
import { holding, lostFolders, lostLocalFolders } from '../../profile/unclaimed-mail.ts';
import { unlistedServers } from '../../profile/unlisted.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { formerFolders } from '../settings/former-folder.ts';
import { megabytes } from '../wording.ts';
import { olderSettings } from './older-accounts.ts';
import { blockerOf } from './settings-state.ts';
import { wayBack } from './way-back.ts';

interface State {
  mail: MailDirectory;
}

export const mailWithoutAccount = defineCheck<State>({
  meta: {
    id: 'profile/mail-without-account',
    severity: 'info',
    title: 'Mail that no account shows',
    looksFor: 'Folders with mail in the profile that belong to no account.',
    why: 'Removed accounts leave their mail on the disk; that is normal. It can also be mail that you miss: no account shows it.',
    repair:
      'None: only you know whether it is still wanted. To see it, copy its files into the folder of Local Folders while the program is closed.',
    faults: ['formats.md A16', 'pains.md P31'],
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null ? null : waitsFor(blocker);
  },

  find({ profile }) {
    // Without any account, or while one is about to be dropped, another check speaks.
    const { accounts, dropped } = profile.accountList;
    if (accounts.length === 0 || dropped.length > 0 || blockerOf(profile) !== null) return [];
    const unlisted = unlistedServers(profile);
    const ways = unlisted.map((one) => wayBack(profile, one));
    const claimed = new Set([
      ...lostFolders(profile).map(({ mail }) => mail.path),
      ...unlisted.map(({ mail }) => mail?.path),
      ...ways.map((way) => ('refused' in way ? undefined : way.formerFolder?.path)),
      ...olderSettings(profile).flatMap(({ accounts }) => accounts.map(({ mail }) => mail.path)),
      lostLocalFolders(profile)?.path,
      ...formerFolders(profile).map((mail) => mail.path),
    ]);
    return holding(profile)
      .filter((mail) => !claimed.has(mail.path))
      .map((mail) => ({
        subject: { kind: 'folder' as const, id: path.relative(profile.path, mail.path) },
        evidence: [
          {
            file: path.relative(profile.path, mail.path),
            note: `${megabytes(mail.bytes)} of mail in ${mail.folders.length} folders`,
          },
        ],
        state: { mail },
      }));
  },

  words({ state: { mail } }, { profile }) {
    return {
      title: `${megabytes(mail.bytes)} of mail in ${path.relative(profile.path, mail.path)} belong to no account`,
      detail:
        'That is normal after an account was removed. If you miss this mail, copy the files of that folder into the folder of Local Folders while the program is closed; it then shows them.',
    };
  },
});
