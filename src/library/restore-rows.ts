/**
 * Which logins of a backup come into a profile, and which stay out: what is there with the same password, or was changed
 * later, is kept; what is older is replaced (issue 5: a newer one never silently).
 */

import type { UnlockedLogin } from '../unlock/opened.ts';
import type { BackedUpLogin } from './password-backup-content.ts';

export interface RestoreChoice {
  added: BackedUpLogin[];
  replaced: { login: BackedUpLogin; row: UnlockedLogin }[];
  kept: { login: BackedUpLogin; why: string }[];
}

export function chooseRestored(
  backup: readonly BackedUpLogin[],
  there: readonly UnlockedLogin[],
): RestoreChoice {
  const rows = new Map<string, UnlockedLogin>();
  for (const row of there) {
    const { origin, realm, formSubmitUrl } = row.saved;
    const name = placeOf({ origin, realm, formSubmitUrl, username: row.username });
    if (row.unreadable === null && !rows.has(name)) rows.set(name, row);
  }
  const choice: RestoreChoice = { added: [], replaced: [], kept: [] };
  const taken = new Set<string>();
  for (const login of newestFirst(backup)) {
    const name = placeOf(login);
    const row = rows.get(name);
    if (taken.has(name)) {
      choice.kept.push({ login, why: 'The backup has a newer one for the same user.' });
      continue;
    }
    taken.add(name);
    if (row === undefined) choice.added.push(login);
    else if (sameBytes(row, login)) choice.kept.push({ login, why: 'The same is saved already.' });
    else if (isNewer(row, login))
      choice.kept.push({ login, why: 'The profile has a newer one, which stays.' });
    else choice.replaced.push({ login, row });
  }
  // As they stood: of several sign-ins of one provider the program takes the first.
  const inOrder = (a: BackedUpLogin, b: BackedUpLogin): number => backup.indexOf(a) - backup.indexOf(b);
  choice.added.sort(inOrder);
  choice.replaced.sort((a, b) => inOrder(a.login, b.login));
  choice.kept.sort((a, b) => inOrder(a.login, b.login));
  return choice;
}

interface Place {
  origin: string | null;
  realm: string | null;
  formSubmitUrl: string | null;
  username: string | null;
}

const placeOf = ({ origin, realm, formSubmitUrl, username }: Place): string =>
  JSON.stringify([origin, realm, formSubmitUrl, username]);

const changed = (milliseconds: number | null): number => milliseconds ?? 0;

const newestFirst = (logins: readonly BackedUpLogin[]): BackedUpLogin[] =>
  logins.toSorted((a, b) => changed(b.timePasswordChanged) - changed(a.timePasswordChanged));

const sameBytes = ({ password }: UnlockedLogin, login: BackedUpLogin): boolean =>
  password !== null && Buffer.compare(password.bytes, login.password.bytes) === 0;

const isNewer = ({ saved }: UnlockedLogin, login: BackedUpLogin): boolean =>
  changed(saved.timePasswordChanged) > changed(login.timePasswordChanged);
