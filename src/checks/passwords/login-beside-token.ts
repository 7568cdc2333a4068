/**
 * Looks for: a saved password of a server that signs in with OAuth2 now.
 * Why: nothing looks it up, and it does no harm there; it is a trace of how the account signed in before (formats.md
 * 4.7). Whoever follows old advice and sets the method back would have it used again.
 * Found: a row under the server's own name, and no server with a password that looks it up.
 * Repaired: only when asked for.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { defineCheck } from '../check.ts';
import { type LookUp, rowsBesideToken, tokenLookUps } from './look-ups.ts';
import { liveFile, withoutRow } from './saved-rows.ts';

interface State {
  wanted: LookUp;
  row: SavedLogin;
}

export const loginBesideToken = defineCheck<State>({
  meta: {
    id: 'passwords/login-beside-token',
    severity: 'info',
    title: 'A password from before the account changed to OAuth2',
    looksFor: 'Saved passwords for servers that sign in with OAuth2 now.',
    why: 'They are not used and do no harm. They are an old password that lies around.',
    repair: 'Only when asked for: the row is taken out of the list of saved passwords, and kept for undo.',
    example: 'imap.gmail.com signs in with OAuth2, and a password for imap://imap.gmail.com is still saved.',
    faults: ['formats.md K7', 'postbox.md 8.6 G1', 'postbox.md 8.6 M2'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const seen = new Set<SavedLogin>();
    return tokenLookUps(profile).flatMap((wanted) =>
      rowsBesideToken(profile, wanted).flatMap((row) => {
        if (seen.has(row)) return [];
        seen.add(row);
        return [
          {
            subject: { kind: 'login' as const, id: row.guid ?? `${row.origin}#${row.id}` },
            evidence: [{ file: file.file, offset: row.offset, note: `a login saved for ${row.origin}` }],
            state: { wanted, row },
            accounts: wanted.accounts,
          },
        ];
      }),
    );
  },

  words({ state: { wanted, row } }) {
    return {
      title: `A password for ${row.origin} is saved, and ${wanted.who} signs in there with OAuth2`,
      detail: 'It is not used. That is normal after an account was changed to OAuth2.',
    };
  },

  repair({ state: { row } }, { profile }) {
    const operation = withoutRow(profile, row);
    if (operation === null) return null;
    return {
      title: `Take the unused password for ${row.origin} out of the saved passwords`,
      risk: 'passwords',
      operations: [{ ...operation, why: 'the server signs in with OAuth2 and does not look it up' }],
    };
  },
});
