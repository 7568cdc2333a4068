/**
 * Looks for: two saved sign-ins (OAuth2 tokens) of one provider that are good for the same, the older one first.
 * Why: the program takes the first row of that provider and user that is good for enough. An older, wider one that the
 * provider has ended hides the newer one, and the sign-in window comes back again and again (formats.md 4.6, K8).
 * Found: same issuer, both good for what a server needs, the first in the file granted more or the same and earlier.
 * Whose they are is encrypted: only where one user name of the settings uses that provider, and the lengths fit.
 * Repaired: the older row is taken out and kept for undo.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { isFoundBy } from '../../profile/login-keys.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { type LookUp, mayBeOf, tokenLookUps } from './look-ups.ts';
import { liveFile, liveRows, withoutRow } from './saved-rows.ts';

interface State {
  wanted: LookUp;
  older: SavedLogin;
}

export const tokenShadowed = defineCheck<State>({
  meta: {
    id: 'passwords/token-shadowed',
    severity: 'warning',
    title: 'An old sign-in hides a newer one',
    looksFor:
      'Two saved sign-ins of one provider for the same account, of which the older one is found first.',
    why: 'The program uses the first one that it finds. If the provider has ended it, the sign-in window comes back again and again, although you have signed in anew.',
    repair: 'The older one is taken out of the saved passwords, and kept for undo.',
    example:
      'A sign-in at Google of 2025 for mail, contacts and calendar stands before the one of today for mail alone.',
    faults: ['formats.md K8', 'pains.md P23', 'pains.md P24'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const lookUps = tokenLookUps(profile);
    return [...new Set(lookUps.map(({ key }) => key.origin))].flatMap((origin) => {
      const users = new Set(
        [...lookUps.filter((one) => one.key.origin === origin)].map(({ key }) => key.username),
      );
      const wanted = lookUps.find((one) => one.key.origin === origin);
      const [user] = users;
      if (users.size !== 1 || user === undefined || wanted === undefined) return [];
      const rows = tokensOf(profile, wanted, user);
      return rows.slice(0, -1).flatMap((older, i) => {
        const newer = rows.slice(i + 1).find((row) => isNewer(row, older) && isNoWider(row, older));
        if (newer === undefined) return [];
        return [
          {
            subject: { kind: 'login' as const, id: older.guid ?? `${origin}#${older.id}` },
            evidence: [
              {
                file: file.file,
                offset: older.offset,
                note: `a sign-in saved for ${origin} on ${day(older)}`,
              },
              { file: file.file, offset: newer.offset, note: `a newer one behind it, of ${day(newer)}` },
            ],
            state: { wanted, older },
            accounts: wanted.accounts,
          },
        ];
      });
    });
  },

  words({ state: { wanted, older } }) {
    const issuer = wanted.key.origin.replace('oauth://', '');
    return {
      title: `An older sign-in of ${wanted.who} at ${issuer} is used instead of the newer one`,
      detail: `It was saved on ${day(older)} and is found first. If the sign-in window comes back again and again, this is why: take it out, and the newer one is used; at worst you are asked to sign in once more.`,
    };
  },

  repair({ state: { wanted, older } }, { profile }) {
    const operation = withoutRow(profile, older);
    if (operation === null) return null;
    return {
      title: `Take the older sign-in of ${wanted.who} out of the saved passwords`,
      risk: 'passwords',
      operations: [
        { ...operation, why: 'the program finds it before the newer one, which is good for the same' },
      ],
      needs: [`${wanted.who} may have to sign in once more, in a window of the provider.`],
    };
  },
});

/** In file order, which is the order in which they are found. */
const tokensOf = (profile: Profile, { key }: LookUp, user: string): SavedLogin[] =>
  liveRows(profile).filter((row) => isFoundBy(row, key) && mayBeOf(row, user));

const isNewer = (row: SavedLogin, than: SavedLogin): boolean =>
  row.timePasswordChanged !== null &&
  than.timePasswordChanged !== null &&
  row.timePasswordChanged > than.timePasswordChanged;

function isNoWider(row: SavedLogin, than: SavedLogin): boolean {
  const granted = new Set((than.realm ?? '').split(/\s+/));
  return (row.realm ?? '').split(/\s+/).every((scope) => granted.has(scope));
}

const day = ({ timePasswordChanged }: SavedLogin): string =>
  timePasswordChanged === null ? 'an unknown day' : isoDay(timePasswordChanged);

/** YYYY-MM-DD of milliseconds; any number may stand in the file. */
export function isoDay(milliseconds: number): string {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? 'an impossible day' : date.toISOString().slice(0, 10);
}
