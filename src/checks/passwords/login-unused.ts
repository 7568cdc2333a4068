/**
 * Looks for: saved logins of mail servers that no account uses.
 * Why: a removed account leaves its logins; that is normal. They matter only when the same server is set up again.
 * Found: an origin of a mail protocol that no account, outgoing server, address book or leftover server looks up.
 * Repaired: only when asked for: the row is taken out of logins.json and kept for undo.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { defineCheck } from '../check.ts';
import { isUsed, leftoverOf, mayBelongToWhatIsLost } from './login-use.ts';
import { spokenFor } from './look-ups.ts';
import { liveFile, liveRows, withoutRow } from './saved-rows.ts';

interface State {
  row: SavedLogin;
}

/** The last one: rows that a program of today has renamed, since another row had their name (formats.md 4.1). */
const mailSchemes = /^(imaps?|mailbox|pop3|smtps?|news|ews|graph|moz-pwmngr-fixed-[\w-]+):\/\//;

export const loginUnused = defineCheck<State>({
  meta: {
    id: 'passwords/login-unused',
    severity: 'info',
    title: 'A saved password that no account uses',
    looksFor: 'Saved passwords for mail servers that none of the accounts uses.',
    why: 'Removed accounts leave their passwords behind; that is normal. If the same server is set up again, the old password is used first.',
    repair: 'Only when asked for: the row is taken out of the list of saved passwords, and kept for undo.',
    faults: ['formats.md K7', 'postbox.md 8.1 A14'],
  },

  find({ profile }) {
    const file = liveFile(profile);
    if (file === null) return [];
    const isInUse = isUsed(profile);
    return liveRows(profile)
      .filter((row) => mailSchemes.test(row.origin ?? '') && !isInUse(row))
      .filter((row) => leftoverOf(profile, row) === null)
      .filter((row) => !mayBelongToWhatIsLost(profile, row) && !spokenFor(profile).has(row))
      .map((row) => ({
        subject: { kind: 'login' as const, id: row.guid ?? `${row.origin}#${row.id}` },
        evidence: [{ file: file.file, offset: row.offset, note: `a login saved for ${row.origin}` }],
        state: { row },
      }));
  },

  words({ state: { row } }) {
    return {
      title: `The saved login for ${row.origin} is used by no account`,
      detail: 'That is normal after an account was removed or its server was changed.',
    };
  },

  repair({ state: { row } }, { profile }) {
    const operation = withoutRow(profile, row);
    if (operation === null) return null;
    return {
      title: `Take the unused login for ${row.origin} out of the saved passwords`,
      risk: 'passwords',
      operations: [operation],
    };
  },
});
