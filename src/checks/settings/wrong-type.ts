/**
 * Looks for: a setting whose value has another type than the program reads it with: a port in quotes, a switch as a
 * number, a list as a number.
 * Why: the program acts as if the line were not there (formats.md 2.1, 3.5, Appendix B): a port and a security in
 * quotes mean the default port without encryption, a `leave_on_server` in quotes takes the mail from the server.
 * Found: names with a built-in default, and those of servers, senders and accounts that are in use.
 * Repaired: by the same value in the right type, where it can be no other and takes nothing away; type, host and user
 * of a server by what the rest of the profile says of them.
 */

import type { PrefValue } from '../../formats/prefs/prefs.ts';
import { accountBranches, accountPrefix } from '../../profile/accounts.ts';
import { branchType, type PrefType } from '../../profile/built-in-types.ts';
import { identityPrefix } from '../../profile/identities.ts';
import { likelyHost, likelyType, likelyUser } from '../../profile/lost-server-values.ts';
import { outgoingPrefix } from '../../profile/outgoing.ts';
import { typeOf } from '../../profile/preferences.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import {
  accountsOfIdentity,
  accountsOfOutgoing,
  accountsOfServer,
  listedAccounts,
  listedServers,
} from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import type { Evidence } from '../finding.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { inRightType } from './right-type.ts';
import { userJsNote } from './user-js.ts';
import { effectOf, isDropped, isGrave, leafOf } from './wrong-type-effects.ts';

interface State {
  name: string;
  value: PrefValue;
  expected: PrefType;
  /** Null: it cannot be told. */
  right: PrefValue | null;
  accounts: string[];
}

const typeNames: Record<PrefType, string> = {
  string: 'a text in quotes',
  int: 'a number without quotes',
  bool: 'true or false without quotes',
};

export const wrongType = defineCheck<State>({
  meta: {
    id: 'settings/wrong-type',
    severity: 'warning',
    title: 'A setting whose value is of the wrong kind',
    looksFor:
      'Settings with quotes around a number or a switch, or a number where there should be a text. Programs never write that; hands and scripts do.',
    why: 'The program acts as if the setting were not there. With a port or a security in quotes it connects without encryption, and says nothing.',
    repair:
      'The same value is written in the right form. Where that would be a guess, or could take mail away, nothing is done.',
    faults: ['formats.md P5'],
  },

  find({ profile }) {
    return [...rejected(profile), ...ignored(profile)].map((state) => ({
      subject: { kind: 'preference', id: state.name },
      evidence: [evidenceOf(profile, state)],
      state,
      severity: isGrave(state.name) ? 'error' : 'warning',
      start: isDropped(state.name) ? 'loses' : 'safe',
      accounts: state.accounts,
    }));
  },

  words({ state: { name, value, expected, right, accounts } }, { profile }) {
    const owners = listed([...new Set(accounts.map((key) => ownerOfAccount(profile, key)))]);
    const of = owners === '' ? '' : ` of ${owners}`;
    const advice =
      right === null
        ? 'What it should be is for you to say; until then the program goes on as it does now.'
        : `It should read ${JSON.stringify(right)}.`;
    return {
      title: `The setting ${leafOf(name)}${of} has a value of the wrong kind: ${JSON.stringify(value)}`,
      detail: `It should be ${typeNames[expected]}, so the program ignores it. ${effectOf(name)} ${advice}${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { name, expected, right } }, { profile }) {
    if (right === null) return null;
    const edit = editPrefsOperation(
      profile,
      [{ name, to: right }],
      `the program reads it as ${typeNames[expected]}`,
    );
    return edit === null
      ? null
      : { title: `Write ${name} as ${JSON.stringify(right)}`, risk: 'settings', operations: [edit] };
  },
});

/** Dropped while loading. One that another line of the file gives properly does no harm. */
function rejected(profile: Profile): State[] {
  const last = new Map(profile.prefs.rejected.map((one) => [one.name, one]));
  return [...last.values()]
    .filter(({ name }) => !profile.prefs.has(name) && !isSeenElsewhere(profile, name))
    .map(({ name, value, expected }) => {
      return { name, value, expected, right: inRightType(name, value, expected), accounts: [] };
    });
}

/** A list that is gone is reported by what it no longer holds: profile/account-list-lost, settings/identity-outgoing-missing. */
function isSeenElsewhere({ prefs, accountList, outgoing }: Profile, name: string): boolean {
  if (name === 'mail.accountmanager.accounts') return accountBranches(prefs).length > 0;
  // The program finds Local Folders again by itself.
  if (name === 'mail.accountmanager.localfoldersserver') return true;
  if (name !== 'mail.smtpservers') return false;
  const identities = accountList.accounts.flatMap((account) => account.identities);
  return outgoing.defaultKeySet !== null || identities.some((identity) => identity.outgoing !== null);
}

/** Kept in the file, and ignored whenever it is read. */
function ignored(profile: Profile): State[] {
  return [...branchesInUse(profile)].flatMap(([prefix, accounts]) =>
    profile.prefs.names(prefix).flatMap((name) => {
      const value = profile.prefs.raw(name);
      const expected = branchType(name);
      if (value === undefined || expected === null || typeOf(value) === expected) return [];
      // A link that is no text is settings/account-without-server.
      if (name === `${prefix}server`) return [];
      const right = fromTheRest(profile, name) ?? inRightType(name, value, expected);
      return [{ name, value, expected, right, accounts }];
    }),
  );
}

function fromTheRest(profile: Profile, name: string): string | null {
  const key = /^mail\.server\.([^.]+)\./.exec(name)?.[1];
  const server = listedServers(profile).find((one) => one.key === key);
  if (server === undefined) return null;
  const type = server.type ?? likelyType(profile, server);
  if (leafOf(name) === 'type') return type;
  if (leafOf(name) === 'userName') return likelyUser(profile, server);
  return leafOf(name) === 'hostname' && type !== null ? likelyHost(profile, server, type) : null;
}

function branchesInUse(profile: Profile): Map<string, string[]> {
  const identities = profile.accountList.accounts.flatMap((account) => account.identities);
  const found: [string, string[]][] = [
    ...listedAccounts(profile).map((key): [string, string[]] => [accountPrefix(key), [key]]),
    ...listedServers(profile).map(({ key }): [string, string[]] => [
      serverPrefix(key),
      accountsOfServer(profile, key),
    ]),
    ...identities.map(({ key }): [string, string[]] => [
      identityPrefix(key),
      accountsOfIdentity(profile, key),
    ]),
    ...profile.outgoing.listed.map((key): [string, string[]] => [
      outgoingPrefix(key),
      accountsOfOutgoing(profile, key),
    ]),
  ];
  return new Map(found);
}

function evidenceOf({ prefs }: Profile, { name, value }: State): Evidence {
  const where = prefs.where(name) ?? prefs.rejected.findLast((one) => one.name === name)?.where;
  return {
    file: where?.file ?? 'prefs.js',
    ...(where && { line: where.line }),
    note: `${name} = ${JSON.stringify(value)}`,
  };
}
