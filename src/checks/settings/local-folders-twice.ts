/**
 * Looks for: two Local Folders, of which the program uses the empty one.
 * Why: unsent messages, the common Inbox and new local mail go into the one, while the old mail lies in the other
 * (formats.md A14).
 * Found: several accounts of the type, and mail only in one that is called, or whose folder is called, Local Folders,
 * while the setting names another that is empty. Add-ons make local accounts on purpose: several alone are no fault.
 * Repaired: the setting names the one that holds the mail. Both stay in sight, and no mail is moved.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { megabytes } from '../wording.ts';
import { userJsNote } from './user-js.ts';

interface State {
  empty: IncomingServer;
  holding: IncomingServer;
  place: string;
  bytes: number;
}

const name = 'mail.accountmanager.localfoldersserver';

export const localFoldersTwice = defineCheck<State>({
  meta: {
    id: 'settings/local-folders-twice',
    severity: 'warning',
    title: 'Two Local Folders, and the empty one is used',
    looksFor: 'A second, empty Local Folders that the program uses while the mail lies in the first.',
    why: 'Unsent messages and the common Inbox go into the empty one; the mail that you keep is in the other.',
    repair:
      'The program is told to use the Local Folders that hold the mail. Both stay in the list, and no mail is moved.',
    faults: ['formats.md A14'],
  },

  find({ profile }) {
    const state = twice(profile);
    if (state === null) return [];
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [
          prefEvidence(profile, name),
          { file: state.place, note: `${megabytes(state.bytes)} of mail` },
        ],
        state,
        accounts: [state.empty, state.holding].flatMap(({ key }) => accountsOfServer(profile, key)),
      },
    ];
  },

  words({ state: { place, bytes } }, { profile }) {
    return {
      title: 'There are two Local Folders, and the program uses the empty one',
      detail: `The mail (${megabytes(bytes)}) is in the other one, in ${place}, untouched. Unsent messages and the common Inbox go into the empty one.${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { holding, place } }, { profile }) {
    const wanted = [{ name, to: holding.key }];
    return prefRepair(
      profile,
      'Use the Local Folders that hold the mail',
      wanted,
      `the mail lies in ${place}`,
    );
  },
});

function twice(profile: Profile): State | null {
  const local = profile.accountList.accounts
    .map(({ server }) => server)
    .filter(({ type, hidden }) => type === 'none' && !hidden);
  const empty = local.find(({ key }) => key === profile.accountList.localFoldersServer);
  if (empty === undefined || !isEmpty(profile, empty)) return null;
  const [holding, another] = local.filter((server) => server !== empty && isLocalFolders(profile, server));
  const mail = holding === undefined ? undefined : profile.serverMail.get(holding.key)?.mail;
  if (holding === undefined || another !== undefined || mail?.holdsMessages !== true) return null;
  const place = path.relative(profile.path, mail.path).split(path.sep).join('/');
  return { empty, holding, place, bytes: mail.bytes };
}

function isEmpty({ serverMail }: Profile, { key }: IncomingServer): boolean {
  const mail = serverMail.get(key)?.mail;
  return mail !== undefined && !mail.holdsMessages && !mail.hasSubfolders && !mail.incomplete;
}

function isLocalFolders({ serverMail }: Profile, { key, host }: IncomingServer): boolean {
  const folder = path.basename(serverMail.get(key)?.directory.path ?? '');
  return host === 'Local Folders' || /^Local Folders(-\d+)?$/.test(folder);
}
