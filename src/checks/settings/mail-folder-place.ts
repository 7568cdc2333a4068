/**
 * Looks for: a mail folder at a place where it does not belong: around the profile, in or around the folder of another
 * account, or outside the profile.
 * Why: in a subfolder (`.sbd`) of another account, both accounts write into the same files; a folder around the profile
 * takes all its files for mail (postbox.md 8.1 A16, pains.md P38, P39). Outside is allowed, and missing from a copy of
 * the profile.
 * Found: the folders as the program resolves them, of accounts that it shows. The same folder twice is
 * settings/shared-directory.
 * Repaired: an IMAP account in a subfolder of another one gets a folder of its own and fetches its mail again; else told.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { isInside } from '../inside-profile.ts';
import { prefRepair } from '../pref-repair.ts';
import { ownFolder } from './own-folder.ts';
import { ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  kind: 'in-subfolder' | 'in-folder' | 'around-profile' | 'outside';
  server: IncomingServer;
  /** Absolute. */
  directory: string;
  /** The account that it lies in. */
  other: IncomingServer | null;
}

export const mailFolderPlace = defineCheck<State>({
  meta: {
    id: 'settings/mail-folder-place',
    severity: 'warning',
    title: 'A mail folder where it does not belong',
    looksFor:
      'Accounts whose mail folder lies in the folder of another account, is the profile itself or a folder around it, or lies outside the profile.',
    why: 'In a subfolder of another account both write into the same files and can damage them. Around the profile, every file there is taken for mail. Outside the profile it is missing from every copy of the profile.',
    repair:
      'An IMAP account that lies in a subfolder of another one gets a folder of its own and fetches its mail again. Otherwise nothing is done. No mail is moved.',
    faults: ['postbox.md 8.1 A16', 'formats.md A17', 'formats.md A18', 'pains.md P38', 'pains.md P39'],
  },

  find({ profile }) {
    return misplaced(profile).map((state) => ({
      subject: { kind: 'server', id: state.server.key },
      evidence: [prefEvidence(profile, prefOf(profile, state.server))],
      state,
      severity: severityOf(state.kind),
      mailAtRisk: state.kind === 'in-subfolder',
      accounts: [state.server, state.other].flatMap((one) =>
        one === null ? [] : accountsOfServer(profile, one.key),
      ),
    }));
  },

  words({ state: { kind, server, directory, other } }, { profile }) {
    const owner = ownerOfServer(profile, server.key);
    const host = other === null ? '' : ownerOfServer(profile, other.key);
    const words: Record<State['kind'], [title: string, detail: string]> = {
      'in-subfolder': [
        `The mail of ${owner} lies in a subfolder of ${host}`,
        'Both accounts show and write the same files there, and can damage them.',
      ],
      'in-folder': [
        `The mail folder of ${owner} lies in that of ${host}`,
        'The program does not mix them up as long as none of them is renamed or removed; when the outer account is removed with its mail, the inner one goes with it.',
      ],
      'around-profile': [
        `The mail folder of ${owner} is a folder around the whole profile`,
        'The program takes files there for mail and puts its own beside them; when the account is removed with its mail, all the rest goes with it.',
      ],
      outside: [
        `The mail of ${owner} is kept outside the profile`,
        'That works. A copy of the profile does not hold this mail: save that folder, too.',
      ],
    };
    const [title, detail] = words[kind];
    const place = path.relative(profile.path, directory);
    return {
      title,
      detail: `The folder is ${place === '' ? profile.path : isInside(profile, directory) ? place : directory}. ${detail}${userJsNote(profile, [prefOf(profile, server)])}`,
    };
  },

  repair({ state: { kind, server, other } }, { profile }) {
    if (kind !== 'in-subfolder' || server.type !== 'imap' || other === null) return null;
    const prefix = serverPrefix(server.key);
    const { folder } = ownFolder(profile, server);
    const wanted = [
      { name: `${prefix}directory-rel`, to: `[ProfD]${folder}` },
      { name: `${prefix}directory`, to: null },
    ];
    const why = `so that it does not write into the mail of ${ownerOfServer(profile, other.key)}`;
    return prefRepair(
      profile,
      `Give ${ownerOfServer(profile, server.key)} the folder ${folder}`,
      wanted,
      why,
    );
  },
});

function severityOf(kind: State['kind']): 'error' | 'warning' | 'info' {
  if (kind === 'outside') return 'info';
  return kind === 'in-subfolder' ? 'error' : 'warning';
}

function misplaced(profile: Profile): State[] {
  const { accounts, added } = profile.accountList;
  const servers = [...accounts, ...added].map(({ server }) => server);
  const byFolder = new Map<string, IncomingServer>();
  for (const server of servers) {
    const at = profile.serverMail.get(server.key)?.directory.path;
    if (at !== undefined && !byFolder.has(at) && !isAround(profile, at)) byFolder.set(at, server);
  }
  return servers.flatMap((server): State[] => {
    const directory = profile.serverMail.get(server.key)?.directory;
    if (directory === undefined) return [];
    const at = directory.path;
    const state = (kind: State['kind'], other: IncomingServer | null = null): State[] => [
      { kind, server, directory: at, other },
    ];
    if (isAround(profile, at)) return state('around-profile');
    const outer = innermost(byFolder, at);
    if (outer !== null) return state(outer.isSubfolder ? 'in-subfolder' : 'in-folder', outer.server);
    // One that is not there is settings/mail-folder-away.
    return directory.exists && !isInside(profile, at) ? state('outside') : [];
  });
}

/** The profile itself, or a folder that it lies in. */
function isAround(profile: Profile, at: string): boolean {
  return at === profile.path || profile.path.startsWith(at.endsWith(path.sep) ? at : at + path.sep);
}

function innermost(
  byFolder: ReadonlyMap<string, IncomingServer>,
  at: string,
): { server: IncomingServer; isSubfolder: boolean } | null {
  for (let around = path.dirname(at); path.dirname(around) !== around; around = path.dirname(around)) {
    const server = byFolder.get(around);
    if (server === undefined) continue;
    const steps = path.relative(around, at).split(path.sep);
    return { server, isSubfolder: steps.every((step) => step.endsWith('.sbd')) };
  }
  return null;
}

const prefOf = ({ prefs, serverMail }: Profile, { key }: IncomingServer): string => {
  const prefix = serverPrefix(key);
  const isAbsolute = serverMail.get(key)?.directory.from === 'directory' && prefs.has(`${prefix}directory`);
  return isAbsolute ? `${prefix}directory` : `${prefix}directory-rel`;
};
