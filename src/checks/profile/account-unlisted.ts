/**
 * Looks for: an account whose server is there, and mostly its mail, and that the list of accounts does not name.
 * Why: the program shows only what the list names; nothing brings such an account back by itself (breakage.md).
 * Found: an unlisted server that is no leftover (design.md 4): it has mail, an account branch, or an older generation
 * of the settings that lists it; or its name was replaced by the program, which then drops the account (formats.md A7).
 * Repaired: the account goes back into the list; one that has lost its own entry gets a new one. Where the program
 * would not take it, it is told and left alone.
 */

import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { type LostBecause, type UnlistedServer, unlistedServers } from '../../profile/unlisted.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { megabytes, serverName } from '../wording.ts';
import { olderSettings } from './older-accounts.ts';
import { blockerOf } from './settings-state.ts';
import { type WayBack, wayBack } from './way-back.ts';

interface State {
  unlisted: UnlistedServer;
  because: LostBecause;
  way: WayBack;
}

export const accountUnlisted = defineCheck<State>({
  meta: {
    id: 'profile/account-unlisted',
    severity: 'error',
    title: 'An account that the list of accounts has lost',
    looksFor:
      'A server with its settings, and mostly with its mail, that no account in the list uses any more: after a crash, a full disk, or because the program could not read its server name.',
    why: 'The program shows only the accounts in its list. The mail is still on the disk, but the program will not show it again by itself.',
    repair:
      'The account is put back into the list, with the sender that belongs to it, unless the program would throw it out again. No mail is moved.',
    faults: ['formats.md A1', 'formats.md A2', 'formats.md A7', 'formats.md P3', 'postbox.md 8.1 A16'],
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null ? null : waitsFor(blocker);
  },

  find({ profile }) {
    if (blockerOf(profile) !== null) return [];
    const inOlderSettings = olderSettings(profile)
      .filter(({ certain }) => certain)
      .flatMap(({ accounts }) => accounts.map(({ account }) => account.server.key));
    return unlistedServers(profile).flatMap((unlisted) => {
      const { server, lost, accountKey } = unlisted;
      // What is left of a server that an older copy of the settings has whole.
      if (server.type === null && inOlderSettings.includes(server.key)) return [];
      if (lost === null || isToldElsewhere(unlisted) || isLocalFoldersTwin(profile, unlisted)) return [];
      const way = wayBack(profile, unlisted);
      return [
        {
          subject: { kind: 'server', id: server.key },
          evidence: [
            prefEvidence(profile, `${serverPrefix(server.key)}hostname`),
            { file: lost.where, note: lost.because },
            prefEvidence(profile, 'mail.accountmanager.accounts'),
          ],
          state: { unlisted, because: lost.because, way },
          // What cannot be repaired is told at every check from now on.
          severity: 'refused' in way ? 'warning' : 'error',
          accounts: accountKey === null ? [] : [accountKey],
        },
      ];
    });
  },

  words({ state: { unlisted, because, way } }) {
    const bytes = unlisted.mail?.bytes ?? 0;
    const mail = bytes > 0 ? ` ${megabytes(bytes)} of its mail are on the disk, untouched.` : '';
    return {
      title: `The account ${serverName(unlisted.server)} is not in the list of accounts`,
      detail: `The program does not show it, although it was a real account: ${because}.${mail}${
        'refused' in way ? ` mailmend cannot put it back by itself. ${way.refused}` : ''
      }`,
    };
  },

  repair({ state: { unlisted, way } }, { profile }) {
    if ('refused' in way) return null;
    const name = serverName(unlisted.server);
    const edit = editPrefsOperation(profile, way.wanted, `the account of ${name} comes back`);
    return edit === null
      ? null
      : { title: `Put ${name} back into the list of accounts`, risk: 'settings', operations: [edit] };
  },
});

/** settings/account-without-server links it to the account that has lost it. */
const isToldElsewhere = ({ claimedBy, lost }: UnlistedServer): boolean =>
  claimedBy !== null || lost?.because === 'an account in the list has lost its server';

/** A second Local Folders would be refused at the next start as a duplicate. */
function isLocalFoldersTwin(profile: Profile, { server, mail }: UnlistedServer): boolean {
  return (
    server.type === 'none' &&
    profile.accountList.accounts.some((account) => account.server.type === 'none') &&
    mail?.holdsMessages !== true
  );
}
