/**
 * Looks for: two accounts for one mailbox: on the same server entry, on two entries that the program takes for the
 * same (type, host, port, user), or on entries that differ in the port alone.
 * Why: the program drops the later one at its next start, with the link to its identities (formats.md 3.5, A8). With
 * two ports it loads both under one address, and two IMAP accounts then delete each other's folder indexes (measured
 * with 153.7: Sent.msf, Trash.msf … of the earlier one were gone after one start).
 * Found: by the same walk through the list as the program's.
 * Repaired: the later account goes, its identities join the earlier one; only when its folder holds no mail, or is the
 * same folder. Otherwise told.
 */

import { type Account, accountPrefix, identityKeys } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { uriScheme } from '../../profile/server-uri.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { defineCheck, type Problem } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation, listWithout, type WantedPref } from '../pref-operations.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  kind: 'same-entry' | 'same-server' | 'other-port';
  kept: Account;
  laterKey: string;
  later: IncomingServer;
  /** Identities of the later account that the earlier one does not have. */
  identities: string[];
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
    const { kind, laterKey, kept, later, identities, hasOwnMail } = state;
    const owner = ownerOfAccount(profile, laterKey);
    const senders = identities.map((key) => profile.prefs.string(`mail.identity.${key}.useremail`) ?? key);
    const effects: Record<State['kind'], string> = {
      'same-entry': `At its next start the program takes the later one out of its list${
        senders.length > 0 ? `, and with it the sender ${listed(senders)}` : '; nothing is missing afterwards'
      }.`,
      'same-server':
        'At its next start the program takes the later one out of its list and deletes the link to its senders. Its mail on the disk stays, but nothing shows it.',
      'other-port': `The port differs (${kept.server.port} and ${later.port}), so the program loads both, under the same address. It mixes their folders up${
        later.type === 'imap'
          ? ' and deletes the indexes of folders on the disk; what is on the server stays'
          : ''
      }.`,
    };
    const advice = hasOwnMail
      ? ' The later one has mail of its own on the disk, so mailmend leaves both as they are. Keep a copy of the profile before you start the program.'
      : later.username === '' && kind === 'same-server'
        ? ' The later one has no user name, and fits every user of that server therefore. Enter its user name, or take the account out.'
        : '';
    return {
      title: `Two accounts are set up for the same mailbox (${ownerOfAccount(profile, kept.key)}${
        owner === ownerOfAccount(profile, kept.key) ? '' : ` and ${owner}`
      })`,
      detail: effects[kind] + advice + userJsNote(profile, ['mail.accountmanager.accounts']),
    };
  },

  repair({ state }, { profile }) {
    const { kind, kept, laterKey, later, hasOwnMail } = state;
    if (hasOwnMail || (later.username === '' && kept.server.username !== '')) return null;
    const edit = editPrefsOperation(
      profile,
      merge(profile, state),
      `the program accepts one account for ${ownerOfAccount(profile, kept.key)}${kind === 'other-port' ? '' : ', and drops this one'}`,
    );
    return edit === null
      ? null
      : {
          title: `Keep one account for ${ownerOfAccount(profile, laterKey)}, with all its senders`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

/** Those that the program drops. */
function refused(profile: Profile): Problem<State>[] {
  return profile.accountList.dropped.flatMap(({ key, reason, keptBy }) => {
    if (reason !== 'duplicate-server' && reason !== 'server-of-earlier-account') return [];
    const kept = profile.accountList.accounts.find((account) => account.key === keptBy);
    const serverKey = profile.prefs.string(`${accountPrefix(key)}server`);
    const later = profile.servers.find((server) => server.key === serverKey);
    if (kept === undefined || later === undefined) return [];
    return [problem(profile, reason === 'duplicate-server' ? 'same-server' : 'same-entry', kept, key, later)];
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

export function hasSameUri(a: IncomingServer, b: IncomingServer): boolean {
  const scheme = uriScheme(a.type ?? '');
  return (
    scheme !== null &&
    scheme === uriScheme(b.type ?? '') &&
    a.username === b.username &&
    // A trailing dot makes another address (measured).
    (a.host ?? '').toLowerCase() === (b.host ?? '').toLowerCase()
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
  const loses =
    kind === 'same-entry' ? identities.length > 0 : kind === 'same-server' || later.type === 'imap';
  return {
    subject: { kind: 'account', id: laterKey },
    evidence: [
      prefEvidence(profile, 'mail.accountmanager.accounts'),
      prefEvidence(profile, `${accountPrefix(kept.key)}server`),
      prefEvidence(profile, `${accountPrefix(laterKey)}server`),
      ...(kind === 'same-entry'
        ? []
        : [kept.server, later].map(({ key }) => prefEvidence(profile, `${serverPrefix(key)}hostname`))),
    ],
    state: { kind, kept, laterKey, later, identities, hasOwnMail: hasOwnMail(profile, kept.server, later) },
    severity: kind === 'same-entry' && !loses ? 'warning' : 'error',
    start: loses ? 'loses' : 'safe',
    // The store is not touched, but its index holds what no mbox knows: read, starred, tags (design.md 6.7).
    mailAtRisk: kind === 'other-port' && later.type === 'imap',
    accounts: [kept.key, laterKey],
  };
}

function hasOwnMail(profile: Profile, kept: IncomingServer, later: IncomingServer): boolean {
  const own = profile.serverMail.get(later.key);
  if (own === undefined || own.directory.path === profile.serverMail.get(kept.key)?.directory.path)
    return false;
  return own.mail.holdsMessages || own.mail.hasSubfolders || own.mail.incomplete;
}

function merge(profile: Profile, { kind, kept, laterKey, later, identities }: State): WantedPref[] {
  const { prefs, accountList, servers } = profile;
  const gone = [...prefs.names(accountPrefix(laterKey)), ...(kind === 'same-entry' ? [] : later.prefNames)];
  const wanted: WantedPref[] = [
    {
      name: 'mail.accountmanager.accounts',
      to: listWithout([...new Set(accountList.items)], (key) => key !== laterKey),
    },
    ...gone.map((name) => ({ name, to: null })),
  ];
  if (identities.length > 0) {
    const all = [...identityKeys(prefs, kept.key), ...identities];
    wanted.push({ name: `${accountPrefix(kept.key)}identities`, to: all.join(',') });
  }
  if (accountList.defaultKeySet === laterKey)
    wanted.push({ name: 'mail.accountmanager.defaultaccount', to: kept.key });
  if (kind !== 'same-entry' && accountList.localFoldersServer === later.key) {
    wanted.push({ name: 'mail.accountmanager.localfoldersserver', to: kept.server.key });
  }
  for (const { key } of servers.filter(
    ({ key, deferredTo }) => deferredTo === laterKey && key !== later.key,
  )) {
    wanted.push({
      name: `${serverPrefix(key)}deferred_to_account`,
      to: key === kept.server.key ? null : kept.key,
    });
  }
  return wanted;
}
