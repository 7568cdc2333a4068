/**
 * Looks for: a setting whose value has another type than the program reads it with: a port in quotes, a switch as a
 * number, a list as a number.
 * Why: the program acts as if the line were not there (formats.md 2.1, 3.5, Appendix B): a port and a security in
 * quotes mean the default port without encryption, a `leave_on_server` in quotes takes the mail from the server.
 * A type, host or link of a wrong type makes it drop the account (measured with 153.7).
 * Found: names with a built-in default, and those of servers, senders and accounts that are in use.
 * Repaired: by the same value in the right type, where nothing is lost by that and it can be no other.
 */

import type { PrefValue } from '../../formats/prefs/prefs.ts';
import { accountPrefix } from '../../profile/accounts.ts';
import { branchType, type PrefType } from '../../profile/built-in-types.ts';
import { identityPrefix } from '../../profile/identities.ts';
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
import { editPrefsOperation } from '../pref-operations.ts';
import { listed, ownerOfAccount } from './owner-names.ts';
import { inRightType } from './right-type.ts';
import { userJsNote } from './user-js.ts';

interface State {
  name: string;
  value: PrefValue;
  expected: PrefType;
  /** Null: it cannot be told. */
  right: PrefValue | null;
  accounts: string[];
}

/** Without one of these the account or its mail is in danger now; the others only fall back to a default. */
const grave =
  /\.(type|hostname|userName|username|port|socketType|try_ssl|authMethod|server|identities|smtpServer|useremail|leave_on_server|directory|directory-rel|deferred_to_account)$|^mail\.(accountmanager\.accounts|smtpservers)$/;
/** The program drops the account, or the line itself (measured). */
const dropped = /^mail\.(server\.[^.]+\.(type|hostname|userName)|account\.[^.]+\.server)$/;

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
    repair: 'The same value is written in the right form. Where that would be a guess, nothing is done.',
    faults: ['formats.md P5'],
  },

  find({ profile }) {
    return [...rejected(profile), ...ignored(profile)].map((state) => ({
      subject: { kind: 'preference', id: state.name },
      evidence: [evidence(profile, state)],
      state,
      severity: grave.test(state.name) ? 'error' : 'warning',
      start: dropped.test(state.name) ? 'loses' : 'safe',
      accounts: state.accounts,
    }));
  },

  words({ state: { name, value, expected, right, accounts } }, { profile }) {
    const owners = listed([...new Set(accounts.map((key) => ownerOfAccount(profile, key)))]);
    const of = owners === '' ? '' : ` of ${owners}`;
    const advice =
      right === null
        ? 'What it should be cannot be told from it: enter it under Account Settings.'
        : `It should read ${JSON.stringify(right)}.`;
    return {
      title: `The setting ${name.slice(name.lastIndexOf('.') + 1)}${of} has a value of the wrong kind: ${JSON.stringify(value)}`,
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
    .filter(({ name }) => !profile.prefs.has(name))
    .map(({ name, value, expected }) => ({
      name,
      value,
      expected,
      right: inRightType(name, value, expected),
      accounts: [],
    }));
}

/** Kept in the file, and ignored whenever it is read. */
function ignored(profile: Profile): State[] {
  return [...branchesInUse(profile)].flatMap(([prefix, accounts]) =>
    profile.prefs.names(prefix).flatMap((name) => {
      const value = profile.prefs.raw(name);
      const expected = branchType(name);
      if (value === undefined || expected === null || typeOf(value) === expected) return [];
      return [{ name, value, expected, right: inRightType(name, value, expected), accounts }];
    }),
  );
}

function branchesInUse(profile: Profile): Map<string, string[]> {
  const accounts = listedAccounts(profile);
  const identities = profile.accountList.accounts.flatMap((account) => account.identities);
  return new Map([
    ...accounts.map((key): [string, string[]] => [accountPrefix(key), [key]]),
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
  ]);
}

function evidence(profile: Profile, { name, value }: State): { file: string; line?: number; note: string } {
  const where =
    profile.prefs.where(name) ?? profile.prefs.rejected.findLast((one) => one.name === name)?.where;
  return {
    file: where?.file ?? 'prefs.js',
    ...(where === undefined ? {} : { line: where.line }),
    note: `${name} = ${JSON.stringify(value)}`,
  };
}

function effectOf(name: string): string {
  if (dropped.test(name)) {
    return name.endsWith('.userName')
      ? 'At its next start it deletes the line, and the account has no user name.'
      : 'At its next start it takes the account out of its list.';
  }
  const effects: Record<string, string> = {
    port: 'It uses the default port instead.',
    socketType: 'It connects without encryption instead.',
    try_ssl: 'It connects without encryption instead.',
    authMethod: 'It sends the password as it is instead.',
    leave_on_server: 'It removes mail from the server after fetching it.',
    'directory-rel': 'It looks for the mail in another folder.',
    directory: 'It looks for the mail in another folder.',
    identities: 'The account has no sender.',
    useremail: 'The sender has no address.',
    smtpServer: 'It sends through the default server.',
  };
  return effects[name.slice(name.lastIndexOf('.') + 1)] ?? 'It goes by its own default.';
}
