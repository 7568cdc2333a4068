/**
 * Looks for: two accounts that keep their mail in one folder on the disk.
 * Why: both write into the same files. Two IMAP accounts take each other's folders for deleted ones and remove their
 * indexes at the next start (breakage.md; measured with 153.7); others mix and can damage each other's mail.
 * Found: the folders as the program resolves them, of all accounts that it shows. Two accounts for one mailbox are
 * settings/duplicate-server.
 * Repaired: one of them gets its former folder back, or else a new, empty one. The one after which the folder is named
 * keeps it, else the earlier one. Nothing is moved: an IMAP account fetches its mail anew, other mail stays in sight
 * under the account that keeps the folder.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { isScripted } from '../../profile/server-types.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import type { Operation } from '../../repair/operation.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { hasSameUri } from './duplicate-server.ts';
import { type OwnFolder, ownFolder } from './own-folder.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  keeper: IncomingServer;
  mover: IncomingServer;
  own: OwnFolder;
  /** Absolute. */
  directory: string;
  /** Both are IMAP: indexes are removed at the next start. */
  isDestructive: boolean;
}

export const sharedDirectory = defineCheck<State>({
  meta: {
    id: 'settings/shared-directory',
    severity: 'error',
    title: 'Two accounts in one mail folder',
    looksFor: 'Two accounts whose mail lies in the same folder on the disk.',
    why: 'Both write into the same files. IMAP accounts delete each other’s folder indexes at the next start; POP accounts and Local Folders can damage each other’s mail.',
    repair:
      'One of the two gets its former folder back, or a new, empty one. No mail is moved: an IMAP account fetches its mail from the server again; the mail of a POP account stays in sight under the account that keeps the folder.',
    faults: ['formats.md A18', 'postbox.md 8.1 A16'],
  },

  find({ profile }) {
    return sharing(profile).map((state) => ({
      subject: { kind: 'server', id: state.mover.key },
      evidence: [state.keeper, state.mover].map((server) =>
        prefEvidence(profile, directoryPref(profile, server)),
      ),
      state,
      start: state.isDestructive ? 'loses' : 'safe',
      mailAtRisk: true,
      accounts: [state.keeper, state.mover].flatMap(({ key }) => accountsOfServer(profile, key)),
    }));
  },

  words({ state: { keeper, mover, own, directory, isDestructive } }, { profile }) {
    const [one, other] = [ownerOfServer(profile, keeper.key), ownerOfServer(profile, mover.key)];
    const effect = isDestructive
      ? 'At its next start the program deletes the indexes of folders there, because each account takes the folders of the other for deleted ones. Read marks, stars and tags that only an index knows would go with them.'
      : 'Both write into the same files and can damage them.';
    const after = own.isFormer
      ? `The former folder of ${other}, ${own.folder}, is still there; nothing uses it now.`
      : mover.type === 'imap'
        ? `With a folder of its own, ${other} fetches its mail from the server again.`
        : `With a folder of its own, ${other} begins empty; the mail that is there now stays in sight under ${one}.`;
    return {
      title: `${one} and ${other} keep their mail in the same folder`,
      detail: `The folder is ${path.relative(profile.path, directory) || directory}. ${effect} ${after}${userJsNote(
        profile,
        [`${serverPrefix(mover.key)}directory-rel`, `${serverPrefix(mover.key)}directory`],
      )}`,
    };
  },

  repair({ state: { keeper, mover, own } }, { profile }) {
    const prefix = serverPrefix(mover.key);
    const edit = editPrefsOperation(
      profile,
      [
        { name: `${prefix}directory-rel`, to: `[ProfD]${own.folder}` },
        // Without it the program goes by directory-rel alone, wherever the profile lies.
        { name: `${prefix}directory`, to: null },
      ],
      `so that it does not write into the mail folder of ${ownerOfServer(profile, keeper.key)}`,
    );
    return edit === null
      ? null
      : {
          title: `Give ${ownerOfServer(profile, mover.key)} ${own.isFormer ? 'its former' : 'the new'} folder ${own.folder}`,
          risk: 'settings',
          operations: [...makeFolder(profile, mover, own), edit],
        };
  },
});

/** POP and news servers pass a folder over that is not there, and make one of their own choice (directories.ts). */
function makeFolder(profile: Profile, mover: IncomingServer, { folder, isFormer }: OwnFolder): Operation[] {
  if (isFormer || !isScripted(mover.type)) return [];
  const at = path.join(profile.path, folder);
  const why = `the new mail folder of ${ownerOfServer(profile, mover.key)}`;
  return [path.dirname(at), at].map((one) => ({ op: 'make-folder', path: one, mode: 0o700, why }));
}

function sharing(profile: Profile): State[] {
  const byPath = new Map<string, IncomingServer[]>();
  const { accounts, added } = profile.accountList;
  for (const { server } of [...accounts, ...added]) {
    const at = profile.serverMail.get(server.key)?.directory.path;
    if (at !== undefined) byPath.set(at, [...(byPath.get(at) ?? []), server]);
  }
  return [...byPath].flatMap(([directory, servers]) => {
    const keeper = servers.find((server) => isNamedAfter(directory, server)) ?? servers[0];
    if (keeper === undefined) return [];
    return servers
      .filter((server) => server.key !== keeper.key && !hasSameUri(server, keeper))
      .map((mover) => ({
        keeper,
        mover,
        own: ownFolder(profile, mover),
        directory,
        isDestructive:
          mover.type === 'imap' && servers.some(({ key, type }) => key !== mover.key && type === 'imap'),
      }));
  });
}

/** Also `imap.example-1.org`, the second folder of that name. */
function isNamedAfter(directory: string, { host }: IncomingServer): boolean {
  const name = path.basename(directory).toLowerCase();
  const wanted = (host ?? '').toLowerCase();
  return name === wanted || name.replace(/-\d+(?=\.[^.]*$|$)/, '') === wanted;
}

const directoryPref = ({ prefs, serverMail }: Profile, server: IncomingServer): string => {
  const prefix = serverPrefix(server.key);
  const from = serverMail.get(server.key)?.directory.from;
  return from === 'directory' && prefs.has(`${prefix}directory`)
    ? `${prefix}directory`
    : `${prefix}directory-rel`;
};
