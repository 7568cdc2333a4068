/**
 * Looks for: mail folders on the disk without any mail that no account uses.
 * Why: a set-up that breaks off, and a program that cannot use a folder's name, leave them (formats.md 3.7). They do no
 * harm, but the next account of that server gets a numbered folder beside them.
 * Found: below Mail, ImapMail and News: nothing in it but the indexes of Inbox and Trash and empty files. Those of a
 * server in the settings go with that server.
 * Repaired: when asked for: moved aside.
 */

import path from 'node:path';
import type { MailDirectory } from '../../profile/folders.ts';
import type { Profile } from '../../profile/profile.ts';
import { unlistedServers } from '../../profile/unlisted.ts';
import { defineCheck } from '../check.ts';
import { holdsNothing } from './empty-folder.ts';

export const emptyMailFolder = defineCheck<{ mail: MailDirectory; place: string }>({
  meta: {
    id: 'leftovers/empty-mail-folder',
    severity: 'info',
    title: 'An empty mail folder that no account uses',
    looksFor: 'Folders for the mail of an account that hold no mail and that no account uses.',
    why: 'A set-up that broke off leaves them. They do no harm.',
    repair: 'When asked for by name, the folder is moved aside. It holds no mail, and undo puts it back.',
    faults: ['formats.md A1', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    return emptyFolders(profile).map((mail) => {
      const place = path.relative(profile.path, mail.path).split(path.sep).join('/');
      return {
        subject: { kind: 'folder', id: place },
        evidence: [{ file: place, note: 'no mail is in it, and no account uses it' }],
        state: { mail, place },
      };
    });
  },

  words({ state: { place } }) {
    return {
      title: `The mail folder ${place} is empty, and no account uses it`,
      detail: 'A set-up that broke off leaves such a folder. It does no harm.',
    };
  },

  repair({ state: { mail, place } }) {
    return {
      title: `Move the empty folder ${place} aside`,
      risk: 'settings',
      operations: [{ op: 'move-aside', path: mail.path, why: 'it holds no mail, and no account uses it' }],
    };
  },
});

function emptyFolders(profile: Profile): MailDirectory[] {
  const ofServers = new Set(unlistedServers(profile).map(({ mail }) => mail?.path));
  const withFilters = new Set(profile.filters.map(({ directory }) => directory));
  return profile.unusedMail.filter(
    (mail) => holdsNothing(mail) && !ofServers.has(mail.path) && !withFilters.has(mail.path),
  );
}
