/**
 * Looks for: a POP account whose mail should go into the Inbox of an account that is not there, of itself, of an
 * account that sends it on in a circle, or of one that is no local account.
 * Why: an unknown one the program silently replaces by Local Folders; with itself or a circle its Inbox cannot be
 * opened and no mail is fetched (formats.md 3.5, A15; measured with 153.7).
 * Found: `deferred_to_account` of the POP accounts that the program shows.
 * Repaired: unknown: Local Folders is written down, as the program would; without Local Folders the line goes. Itself
 * or a circle: the lines go, and each account has its own Inbox. An account on a server: told.
 */

import { type Account, accountPrefix } from '../../profile/accounts.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfServer } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { serverName } from '../wording.ts';
import { listed, ownerOfServer } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  server: IncomingServer;
  target: string;
  fault: 'unknown' | 'itself' | 'circle' | 'not-local';
  /** All servers of the circle. */
  circle: IncomingServer[];
  localFoldersAccount: string | null;
}

const deferralOf = (server: IncomingServer): string => `${serverPrefix(server.key)}deferred_to_account`;

export const deferralDangling = defineCheck<State>({
  meta: {
    id: 'settings/deferral-dangling',
    severity: 'error',
    title: 'A POP account that delivers into an Inbox that is not there',
    looksFor:
      'A POP account whose mail goes into the Inbox of another account, where that account does not exist or is the same one.',
    why: 'When the account does not exist, the program silently delivers into Local Folders. When it is the account itself, its Inbox cannot be opened and no mail arrives.',
    repair:
      'An account that delivers to itself, or in a circle, gets its own Inbox back. One that delivers to nobody delivers into Local Folders, as the program would do. No mail is moved.',
    faults: ['formats.md A15'],
  },

  find({ profile }) {
    const found = profile.accountList.accounts.flatMap(({ server }) => readDeferral(profile, server));
    return found
      .filter((state) => state.fault !== 'circle' || state.circle[0]?.key === state.server.key)
      .map((state) => ({
        subject: { kind: 'server' as const, id: state.server.key },
        severity:
          state.fault === 'unknown' || state.fault === 'not-local'
            ? ('warning' as const)
            : ('error' as const),
        evidence: (state.fault === 'circle' ? state.circle : [state.server]).map((server) =>
          prefEvidence(profile, deferralOf(server)),
        ),
        state,
        accounts: (state.fault === 'circle' ? state.circle : [state.server]).flatMap(({ key }) =>
          accountsOfServer(profile, key),
        ),
      }));
  },

  words({ state }, { profile }) {
    const owner = ownerOfServer(profile, state.server.key);
    const owners = listed(state.circle.map(({ key }) => ownerOfServer(profile, key)));
    const names = state.circle.length > 0 ? state.circle.map(deferralOf) : [deferralOf(state.server)];
    const faults: Record<State['fault'], [title: string, detail: string]> = {
      unknown: [
        `The account ${owner} delivers into an account that does not exist`,
        state.localFoldersAccount === null
          ? 'There is no Local Folders either, so the program delivers into the Inbox of the account itself.'
          : 'At its next start the program makes it deliver into the Inbox of Local Folders, without a word. Mail that is already there stays where it is.',
      ],
      itself: [
        `The account ${owner} delivers into itself`,
        'The program refuses that: the Inbox of the account cannot be opened, and no mail is fetched. Mail that is already there stays.',
      ],
      circle: [
        `The accounts ${owners} deliver into each other in a circle`,
        'The program never gets to the end of it: no mail is fetched for them. Mail that is already there stays.',
      ],
      'not-local': [
        `The account ${owner} delivers into ${nameOfTarget(profile, state.target)}, which is on a mail server`,
        'POP mail can only go into an Inbox on this computer. Choose another Inbox under Account Settings, Server Settings, Advanced.',
      ],
    };
    const [title, detail] = faults[state.fault];
    return { title, detail: detail + userJsNote(profile, names) };
  },

  repair({ state }, { profile }) {
    if (state.fault === 'not-local') return null;
    const to = state.fault === 'unknown' ? state.localFoldersAccount : null;
    const servers = state.fault === 'circle' ? state.circle : [state.server];
    const why =
      to === null ? 'so that the account has its own Inbox' : 'the program would deliver into Local Folders';
    const edit = editPrefsOperation(
      profile,
      servers.map((server) => ({ name: deferralOf(server), to })),
      why,
    );
    const owners = listed(servers.map(({ key }) => ownerOfServer(profile, key)));
    const own = servers.length > 1 ? 'Inboxes of their own' : 'an Inbox of its own';
    const title = to === null ? `Give ${owners} ${own}` : `Let ${owners} deliver into Local Folders`;
    return edit === null ? null : { title, risk: 'settings', operations: [edit] };
  },
});

function nameOfTarget({ accountList }: Profile, key: string): string {
  const target = accountList.accounts.find((account) => account.key === key);
  return target === undefined ? key : serverName(target.server);
}

function readDeferral(profile: Profile, server: IncomingServer): State[] {
  const target = server.deferredTo;
  if (server.type !== 'pop3' || target === null) return [];
  const { accounts } = profile.accountList;
  const account = accounts.find(({ key }) => key === target);
  // Its settings are there, but it is not shown: that has a finding of its own, and may be put right.
  if (account === undefined && profile.prefs.names(accountPrefix(target)).length > 0) return [];
  const localFoldersAccount =
    accounts.find((one) => one.server.type === 'none' && !one.server.hidden)?.key ?? null;
  const circle = circleThrough(accounts, server);
  const state = (fault: State['fault']): State[] => [
    { server, target, fault, circle: fault === 'circle' ? circle : [], localFoldersAccount },
  ];
  if (account === undefined || account.server.hidden) return state('unknown');
  if (account.server.key === server.key) return state('itself');
  if (circle.length > 0) return state('circle');
  return ['pop3', 'none', 'rss'].includes(account.server.type ?? '') ? [] : state('not-local');
}

/** The servers of the circle in the order of the list; empty where the deferral comes to an end. */
function circleThrough(accounts: readonly Account[], start: IncomingServer): IncomingServer[] {
  const passed = new Set<string>();
  let server: IncomingServer | undefined = start;
  while (server !== undefined && server.type === 'pop3' && !passed.has(server.key)) {
    passed.add(server.key);
    const target: string | null = server.deferredTo;
    server = accounts.find(({ key }) => key === target)?.server;
  }
  const isCircle = server !== undefined && server.key === start.key;
  return isCircle ? accounts.map((account) => account.server).filter(({ key }) => passed.has(key)) : [];
}
