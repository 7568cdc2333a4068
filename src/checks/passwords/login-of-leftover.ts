/**
 * Looks for: a saved login of a server that a broken-off set-up left behind.
 * Why: when the same server is set up again, the program finds a login with that name already there, swallows the
 * error and keeps the old password, right or wrong (formats.md 3.7, CreateInBackend).
 * Found: the row's origin is that of a leftover server, incoming or outgoing, and nothing else looks it up.
 * User names are encrypted: the origin alone decides, and it must be used by nothing else.
 * Repaired: the row is taken out of logins.json. It is kept for undo.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { defineCheck } from '../check.ts';
import { isUsed, leftoverOf, mayBelongToWhatIsLost } from './login-use.ts';
import { liveFile, liveRows, withoutRow } from './saved-rows.ts';

interface State {
  row: SavedLogin;
  who: string;
}

export const loginOfLeftover = defineCheck<State>({
  meta: {
    id: 'passwords/login-of-leftover',
    severity: 'warning',
    title: 'An old password waits for the next set-up',
    looksFor: 'A saved password for a server that a broken-off set-up left behind and that no account uses.',
    why: 'When the account is set up again, the program keeps this old password instead of the one that is typed in, and then asks for it again and again.',
    repair: 'This one row is taken out of the list of saved passwords. It is kept, and undo puts it back.',
    faults: ['formats.md K7', 'formats.md A1', 'postbox.md 8.1 A14', 'pains.md P23'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const isInUse = isUsed(profile);
    return liveRows(profile).flatMap((row) => {
      const leftover = leftoverOf(profile, row);
      if (leftover === null || isInUse(row) || mayBelongToWhatIsLost(profile, row)) return [];
      return [
        {
          subject: { kind: 'login', id: row.guid ?? `${row.origin}#${row.id}` },
          evidence: [{ file: file.file, offset: row.offset, note: `a login saved for ${row.origin}` }],
          state: { row, who: leftover.who },
        },
      ];
    });
  },

  words({ state: { row, who } }) {
    return {
      title: `A password for ${row.origin} is left from a set-up that broke off`,
      detail: `It was saved for ${who}, and no account uses it. When you set this account up again, the program would keep this old password instead of the new one.`,
    };
  },

  repair({ state: { row } }, { profile }) {
    const operation = withoutRow(profile, row);
    if (operation === null) return null;
    return {
      title: `Take the old login for ${row.origin} out of the saved passwords`,
      risk: 'passwords',
      operations: [operation],
      needs: [`The password for ${row.origin} is asked for when you set this account up again.`],
    };
  },
});
