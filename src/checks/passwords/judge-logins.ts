/**
 * What each saved login is good for: which server looks it up, and where it is old, doubled or unreadable, why. With the
 * user names where they are known: the program compares them letter by letter. The checks of this cause have the word
 * where they found something about a row.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { isFoundBy, type LoginKey, loginKeyOf } from '../../profile/login-keys.ts';
import type { Profile } from '../../profile/profile.ts';
import { listedServers } from '../accounts-of.ts';
import type { Facts } from '../check.ts';
import type { CheckId } from '../finding.ts';
import type { CheckRun } from '../run-checks.ts';
import { mayBelongToWhatIsLost } from './login-use.ts';
import { mayBeOf } from './look-ups.ts';

export type LoginState = 'used' | 'orphaned' | 'duplicate' | 'stale' | 'unreadable' | 'locked';

/** A row, and what could be read of it. */
export interface LoginToJudge {
  saved: SavedLogin;
  /** Null: not known. */
  username: string | null;
  unreadable: 'locked' | 'no-key' | 'wrong-key' | 'damaged' | 'null-field' | null;
  emptied: boolean;
  refused: boolean;
}

export interface JudgedLogin<Login extends LoginToJudge> {
  login: Login;
  state: LoginState;
  /** Keys of the servers that look it up; those that perhaps do, where the user name is locked. */
  usedBy: string[];
  /** One sentence; null where nothing is to be said. */
  why: string | null;
}

/** Checks that speak of one row, and what their finding makes of it. */
const spokenOf: ReadonlyMap<CheckId, LoginState> = new Map([
  ['passwords/login-of-leftover', 'stale'],
  ['passwords/login-before-cut-off', 'stale'],
  ['passwords/token-shadowed', 'stale'],
  ['passwords/login-beside-token', 'stale'],
  ['passwords/login-blocks-window', 'stale'],
  ['passwords/login-unused', 'orphaned'],
]);

const mailSchemes = /^(imaps?|mailbox|pop3|smtps?|news|ews|graph):\/\//;

const unreadableInWords: Record<NonNullable<LoginToJudge['unreadable']>, string> = {
  locked: 'The primary password is needed to read it.',
  'no-key': 'The key store holds no key of the kind that it was saved with.',
  'wrong-key': 'It was saved with another key than the one in the key store.',
  damaged: 'The row is damaged.',
  'null-field': 'Its user name or password is missing, which hides all saved passwords from the program.',
};

/** @param run of all checks over the same facts. */
export function judgeLogins<Login extends LoginToJudge>(
  { profile }: Facts,
  run: CheckRun,
  logins: readonly Login[],
): JudgedLogin<Login>[] {
  const wanted = wantedKeys(profile);
  const findings = findingsByRow(run);
  const judged = logins.map((login): JudgedLogin<Login> => {
    const usedBy = usersOf(login, wanted);
    const done = (state: LoginState, why: string | null): JudgedLogin<Login> => ({
      login,
      state,
      usedBy,
      why,
    });
    const { saved, unreadable, emptied, refused } = login;
    if (unreadable !== null && unreadable !== 'locked')
      return done('unreadable', unreadableInWords[unreadable]);
    if (emptied) return done('unreadable', 'It is empty: an encryption with a wrong key has overwritten it.');
    const found = findings.get(saved.guid ?? `${saved.origin}#${saved.id}`);
    if (found !== undefined && profile.prefsText !== null) return done(found.state, found.why);
    if (refused)
      return done('unreadable', 'The program refuses its key, which lacks its seal; mailmend can read it.');
    if (usedBy.length > 0)
      return unreadable === 'locked' ? done('locked', unreadableInWords.locked) : done('used', null);
    return done(...unusedBecause(profile, saved, run, wanted));
  });
  return withDuplicates(judged);
}

interface WantedKey {
  server: string;
  key: LoginKey;
}

function wantedKeys(profile: Profile): WantedKey[] {
  const outgoing = profile.outgoing.servers.filter((server) => server.listed);
  return [...listedServers(profile), ...outgoing].flatMap((server) => {
    const key = loginKeyOf(server);
    return key === null ? [] : [{ server: server.key, key }];
  });
}

function usersOf({ saved, username }: LoginToJudge, wanted: readonly WantedKey[]): string[] {
  return wanted
    .filter(({ key }) => isFoundBy(saved, key))
    .filter(
      ({ key }) =>
        key.username === '' || (username === null ? mayBeOf(saved, key.username) : username === key.username),
    )
    .map(({ server }) => server);
}

function findingsByRow({ found }: CheckRun): Map<string, { state: LoginState; why: string }> {
  return new Map(
    found.flatMap(({ finding }) => {
      const state = spokenOf.get(finding.check);
      return state === undefined || finding.subject.kind !== 'login'
        ? []
        : [[finding.subject.id, { state, why: `${finding.title}.` }] as const];
    }),
  );
}

function unusedBecause(
  profile: Profile,
  saved: SavedLogin,
  run: CheckRun,
  wanted: readonly WantedKey[],
): [LoginState, string | null] {
  const origin = saved.origin ?? '';
  if (profile.prefsText === null || run.found.some(({ check }) => check.meta.blocksOthers === true))
    return [
      'used',
      'Whether it is used is not known: there is no settings file (prefs.js) that can be read.',
    ];
  if (origin.startsWith('oauth://'))
    return ['used', 'A sign-in for calendars, address books or mail of this provider.'];
  if (!mailSchemes.test(origin))
    return ['used', 'It is not for mail: a web site, a calendar or an address book.'];
  if (mayBelongToWhatIsLost(profile, saved))
    return ['used', 'It may belong to an account that has lost its server.'];
  if (wanted.some(({ key }) => isFoundBy(saved, key)))
    return ['stale', 'It is for another user name than the one that is set, so nothing looks it up.'];
  return ['orphaned', 'No account uses it.'];
}

/** The program takes the first of several that are alike; one that differs only in capitals or domain is never found. */
function withDuplicates<Login extends LoginToJudge>(
  judged: readonly JudgedLogin<Login>[],
): JudgedLogin<Login>[] {
  const place = ({ saved }: LoginToJudge): string =>
    JSON.stringify([saved.origin, saved.realm, saved.formSubmitUrl]);
  const inUse = judged.filter(({ state, login }) => state === 'used' && login.username !== null);
  const first = new Map<string, Login>();
  for (const { login } of inUse) {
    const name = `${place(login)} ${login.username}`;
    if (!first.has(name)) first.set(name, login);
  }
  const shortNames = new Set(inUse.map(({ login }) => `${place(login)} ${shortName(login.username)}`));
  return judged.map((one) => {
    const { login, state } = one;
    if (login.username === null) return one;
    if (state === 'used' && first.get(`${place(login)} ${login.username}`) !== login)
      return {
        ...one,
        state: 'duplicate',
        why: 'Another row for the same user stands before it and is used instead.',
      };
    const shadows = state === 'stale' && shortNames.has(`${place(login)} ${shortName(login.username)}`);
    return shadows && !mayBeUsed(one)
      ? {
          ...one,
          state: 'duplicate',
          why: 'Its user name differs from the one in use only in capitals or domain.',
        }
      : one;
  });
}

const mayBeUsed = ({ usedBy }: { usedBy: readonly string[] }): boolean => usedBy.length > 0;

const shortName = (username: string | null): string => (username ?? '').toLowerCase().replace(/@.*$/, '');
