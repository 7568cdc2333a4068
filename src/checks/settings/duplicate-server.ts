/**
 * Looks for: two accounts for one mailbox: on the same server entry, on two entries that the program takes for the
 * same (type, host, port, user; no user fits any), or on entries that differ in the port alone.
 * Why: the program drops the later one at its next start, with the link to its identities (formats.md 3.5, A8). With
 * two ports it loads both under one address, and of two IMAP accounts folder indexes are deleted (measured with 153.7:
 * Sent.msf, Trash.msf … of the earlier one were gone after one start).
 * Found: by the same walk through the list as the program's.
 * Repaired: the later account goes, its identities join the earlier one; only when its folder holds no mail, or is the
 * same folder. Otherwise told.
 */

import { type Account, accountPrefix, identityKeys } from '../../profile/accounts.ts';
import { canonicalHost } from '../../profile/host-name.ts';
import { likelyUser } from '../../profile/lost-server-values.ts';
import type { Profile } from '../../profile/profile.ts';
import { uriScheme } from '../../profile/server-uri.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { defineCheck, type Problem } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { type Merge, mergeAccounts } from './merge-accounts.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State extends Merge {
  kind: 'same-entry' | 'same-server' | 'any-user' | 'other-port';
  /** The later one's folder holds mail of its own. */
  hasOwnMail: boolean;
}

export const duplicateServer = defineCheck<State>({
  meta: {
    id: 'settings/duplicate-server',
    severity: 'error',
    title: 'Two accounts for the same mailbox',
    looksFor: 'Two accounts that have the same server and the same user name.',
    why: 'The program accepts only one account for a mailbox. At its next start it drops the later one, or, when only the port differs, mixes the two up and deletes indexes of their folders.',
    repair:
      'The later account is taken out and its senders are given to the earlier one. Only when the later one has no mail of its own on the disk; otherwise nothing is done.',
    faults: ['formats.md A8'],
  },

  find({ profile }) {
    return [...refused(profile), ...onOtherPort(profile)];
  },

  words({ state }, { profile }) {
    const { kind, laterKey, kept, hasOwnMail } = state;
    const [one, other] = [ownerOfAccount(profile, kept.key), ownerOfAccount(profile, laterKey)];
    const advice = hasOwnMail
      ? ' The later one has mail of its own on the disk, so mailmend leaves both as they are. Keep a copy of the profile before you start the program.'
      : kind === 'any-user'
        ? ' Before you start the program, ask for help with this line, or keep a copy of the profile.'
        : '';
    return {
      title:
        kind === 'any-user'
          ? `The account ${other} has no user name, so the program takes it for ${one}`
          : `Two accounts are set up for the same mailbox (${one === other ? one : `${one} and ${other}`})`,
      detail: effectOf(profile, state) + advice + userJsNote(profile, ['mail.accountmanager.accounts']),
    };
  },

  repair({ state }, { profile }) {
    if (state.hasOwnMail || state.kind === 'any-user') return null;
    const owner = ownerOfAccount(profile, state.kept.key);
    const edit = editPrefsOperation(
      profile,
      mergeAccounts(profile, state),
      `the program accepts one account for ${owner}`,
    );
    return edit === null
      ? null
      : { title: `Keep one account for ${owner}, with all senders`, risk: 'settings', operations: [edit] };
  },
});

function effectOf(profile: Profile, { kind, kept, later, identities }: State): string {
  const senders = identities.map((key) => profile.prefs.string(`mail.identity.${key}.useremail`) ?? key);
  if (kind === 'same-entry') {
    const lost =
      senders.length > 0 ? `, and with it the sender ${listed(senders)}` : '; nothing is missing afterwards';
    return `At its next start the program takes the later one out of its list${lost}.`;
  }
  if (kind === 'other-port') {
    const deletes =
      later.type === 'imap' ? ' and deletes indexes of folders on the disk; what is on the server stays' : '';
    return `The port differs (${kept.server.port} and ${later.port}), so the program loads both, under the same address. It mixes their folders up${deletes}.`;
  }
  const link = senders.length > 0 ? ` and deletes the link to its senders (${listed(senders)})` : '';
  return `At its next start the program takes the later one out of its list${link}. Mail that it has on the disk stays, but nothing shows it.`;
}

/** Those that the program drops. A user name that is lost and can be restored is settings/server-incomplete. */
function refused(profile: Profile): Problem<State>[] {
  return profile.accountList.dropped.flatMap(({ key, reason, keptBy }) => {
    const kept = profile.accountList.accounts.find((account) => account.key === keptBy);
    const serverKey = profile.prefs.string(`${accountPrefix(key)}server`);
    const later = profile.servers.find((server) => server.key === serverKey);
    if (kept === undefined || later === undefined) return [];
    if (reason === 'server-of-earlier-account') return [problem(profile, 'same-entry', kept, key, later)];
    if (reason !== 'duplicate-server') return [];
    if (later.username === kept.server.username) return [problem(profile, 'same-server', kept, key, later)];
    return likelyUser(profile, later) === null ? [problem(profile, 'any-user', kept, key, later)] : [];
  });
}

/** Those that it loads under the address of an earlier one. */
function onOtherPort(profile: Profile): Problem<State>[] {
  const { accounts } = profile.accountList;
  return accounts.flatMap(({ key, server }, nth) => {
    const kept = accounts.slice(0, nth).find((earlier) => hasSameUri(earlier.server, server));
    return kept === undefined ? [] : [problem(profile, 'other-port', kept, key, server)];
  });
}

/** Their folders have the same addresses. */
export function hasSameUri(a: IncomingServer, b: IncomingServer): boolean {
  const scheme = uriScheme(a.type ?? '');
  return (
    scheme !== null &&
    scheme === uriScheme(b.type ?? '') &&
    a.username === b.username &&
    canonicalHost(a.host ?? '') === canonicalHost(b.host ?? '')
  );
}

function problem(
  profile: Profile,
  kind: State['kind'],
  kept: Account,
  laterKey: string,
  later: IncomingServer,
): Problem<State> {
  const has = identityKeys(profile.prefs, kept.key);
  const identities = identityKeys(profile.prefs, laterKey).filter((key) => !has.includes(key));
  const isMixed = kind === 'other-port' && later.type === 'imap';
  const loses = kind === 'same-entry' ? identities.length > 0 : kind !== 'other-port' || isMixed;
  const hosts = kind === 'same-entry' ? [] : [kept.server, later];
  return {
    subject: { kind: 'account', id: laterKey },
    evidence: [
      prefEvidence(profile, 'mail.accountmanager.accounts'),
      prefEvidence(profile, `${accountPrefix(kept.key)}server`),
      prefEvidence(profile, `${accountPrefix(laterKey)}server`),
      ...hosts.map(({ key }) => prefEvidence(profile, `${serverPrefix(key)}hostname`)),
    ],
    state: { kind, kept, laterKey, later, identities, hasOwnMail: hasOwnMail(profile, kept.server, later) },
    severity: kind === 'same-entry' && !loses ? 'warning' : 'error',
    start: loses ? 'loses' : 'safe',
    // The store is not touched, but its index holds what no mbox knows: read, starred, tags (design.md 6.7).
    mailAtRisk: isMixed,
    accounts: [kept.key, laterKey],
  };
}

function hasOwnMail({ serverMail }: Profile, kept: IncomingServer, later: IncomingServer): boolean {
  const own = serverMail.get(later.key);
  if (own === undefined || own.directory.path === serverMail.get(kept.key)?.directory.path) return false;
  return own.mail.holdsMessages || own.mail.hasSubfolders || own.mail.incomplete;
}
