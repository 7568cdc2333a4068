/**
 * Looks for: an account in the list whose server is gone: it names none, or one of which no line is left.
 * Why: at its next start the program takes it out of the list, and deletes the link to its identities where it names
 * a server that is not there (formats.md 3.5; measured with 153.7).
 * Found: in the list, with a branch of its own, without a server branch. A branch that lacks only type or host is
 * settings/server-incomplete.
 * Repaired: where exactly one unclaimed server fits the account's identities, the account gets it back.
 */

import { accountPrefix, identityKeys } from '../../profile/accounts.ts';
import { identityPrefix } from '../../profile/identities.ts';
import { type LostLink, lostLinks } from '../../profile/lost-links.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { serverName } from '../wording.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

const linkOf = (link: LostLink): string => `${accountPrefix(link.accountKey)}server`;

export const accountWithoutServer = defineCheck<LostLink>({
  meta: {
    id: 'settings/account-without-server',
    severity: 'error',
    title: 'An account that has lost its server',
    looksFor: 'An account in the list that names no incoming server, or one whose settings are gone.',
    why: 'The program cannot show such an account. At its next start it takes the account out of its list.',
    repair:
      'When exactly one unused server in the settings belongs to the addresses of this account, the account is linked to it again. Otherwise nothing is done.',
    faults: ['formats.md A2'],
  },

  find({ profile }) {
    return lostLinks(profile).map((link) => ({
      subject: { kind: 'account', id: link.accountKey },
      evidence: [
        prefEvidence(profile, 'mail.accountmanager.accounts'),
        prefEvidence(profile, linkOf(link)),
        ...(link.server === null ? [] : [prefEvidence(profile, `${serverPrefix(link.server.key)}hostname`)]),
      ],
      state: link,
      ...(isEmptyShell(profile, link) ? { severity: 'warning' as const } : { start: 'loses' as const }),
      accounts: [link.accountKey],
    }));
  },

  words({ state: link }, { profile }) {
    const effect =
      link.named === null
        ? 'At its next start the program takes it out of its list; its address and signature stay in the settings, unused.'
        : `It names ${link.named === '' ? 'no server' : `${link.named}, of which no setting is left`}. At its next start the program takes it out of its list and deletes the link to its address and signature.`;
    const advice =
      link.server === null
        ? 'No unused server in the settings fits it for certain. Before you start the program, look for an older copy of prefs.js; without one, set the account up again afterwards. Mail that is on the disk stays there.'
        : `The settings of ${serverName(link.server)} belong to no account, and fit this one.`;
    return {
      title: `The account ${ownerOfAccount(profile, link.accountKey)} has lost its server`,
      detail: `${effect} ${advice}${userJsNote(profile, [linkOf(link)])}`,
    };
  },

  repair({ state: link }, { profile }) {
    if (link.server === null) return null;
    const name = serverName(link.server);
    const why = `the server ${name} belongs to no other account and fits this one`;
    const edit = editPrefsOperation(profile, [{ name: linkOf(link), to: link.server.key }], why);
    return edit === null
      ? null
      : { title: `Link the account to ${name} again`, risk: 'settings', operations: [edit] };
  },
});

/** Nothing is lost with it: no sender with an address, and no server that it could get back. */
function isEmptyShell({ prefs }: Profile, { accountKey, server }: LostLink): boolean {
  const senders = identityKeys(prefs, accountKey).filter((key) =>
    prefs.has(`${identityPrefix(key)}useremail`),
  );
  return server === null && senders.length === 0;
}
