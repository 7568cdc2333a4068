/**
 * Looks for: passwords saved for a server, none of which can be for the user name that is set.
 * Why: the program compares the user name letter by letter: a row for "alice" is not one for "alice@example.org", so it
 * asks although a password is saved (formats.md K10, 4.7).
 * Found: user names are encrypted, but their encrypted length rules names out: text is padded to the next block of 16
 * bytes (8 in older rows). Where every row under the name that is looked up is ruled out, none is found.
 * Rows in which user name and password are both of one block, all over the list, are what a re-encryption with a wrong
 * key leaves: empty ones (formats.md K6).
 * Repaired: not by mailmend: whether the user name or the row is wrong the owner knows.
 */

import type { SavedLogin } from '../../formats/logins-json.ts';
import { encryptedLength } from '../../formats/sdr.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { programName } from '../wording.ts';
import { type LookUp, mayBeOf, passwordLookUps, rowsFor } from './look-ups.ts';
import { openedRows } from './opened-rows.ts';
import { liveFile, liveRows } from './saved-rows.ts';

interface State {
  wanted: LookUp;
  count: number;
  /** All saved logins look as if they were empty. */
  emptied: boolean;
}

export const loginOfOtherUser = defineCheck<State>({
  meta: {
    id: 'passwords/login-of-other-user',
    severity: 'warning',
    title: 'A password saved for another user name',
    looksFor: 'Saved passwords for the server of an account, none of which can be for its user name.',
    why: 'The program wants the user name to the letter. With another one it finds no password and asks for it, although one is saved.',
    repair:
      'None: whether the user name in the account settings or the saved password is the wrong one, mailmend cannot know.',
    example:
      'The outgoing server has the user name "alice"; the saved password is for a name of 16 letters or more.',
    faults: ['formats.md K10', 'formats.md K6', 'postbox.md 8.1 A4', 'postbox.md 8.6 I1'],
  },

  find(facts) {
    const { profile } = facts;
    const file = liveFile(profile);
    if (file === null) return [];
    // Of those passwords/logins-emptied speaks.
    const empty = new Set(
      (openedRows(facts) ?? []).filter(({ opened }) => opened.emptied).map(({ saved }) => saved),
    );
    const emptied = looksEmptied(profile);
    return passwordLookUps(profile).flatMap((wanted) => {
      const { server, key, userPref } = wanted;
      // Bytes of other letters are taken apart differently by server type: nothing is certain of their length.
      if (
        !/^[\x20-\x7e]+$/.test(server.username) ||
        profile.prefs.has(`mail.server.${server.key}.realuserName`)
      )
        return [];
      const rows = rowsFor(profile, wanted).filter((row) => !empty.has(row));
      if (rows.length === 0 || rows.some((row) => mayBeOf(row, server.username))) return [];
      return [
        {
          subject: { kind: 'login' as const, id: `${key.origin} ${server.key}` },
          evidence: [
            prefEvidence(profile, userPref),
            ...rows.map((row) => ({
              file: file.file,
              offset: row.offset,
              note: `a login saved for ${row.origin}, for a user name of another length`,
            })),
          ],
          state: { wanted, count: rows.length, emptied },
          accounts: wanted.accounts,
        },
      ];
    });
  },

  words({ state: { wanted, count, emptied } }, { profile }) {
    const { who, host, server } = wanted;
    const program = programName(profile.program);
    const saved = count === 1 ? 'The password' : `None of the ${count} passwords`;
    const hint = emptied
      ? ' All saved logins look empty: that is what a re-encryption with a wrong key leaves. Look for an older logins.json and key4.db in a backup.'
      : server.username.includes('@')
        ? ' Perhaps it was saved when the user name was only the part before the @.'
        : ' Perhaps it was saved when the user name was the whole address.';
    return {
      title: `${saved} saved for ${host} ${count === 1 ? 'is not' : 'is'} for the user name of ${who}`,
      detail: `${program} looks for the user name "${server.username}", to the letter, and asks for the password. ${hint.trim()} If the user name in the account settings is right, type the password when it is asked for and let it be saved.`,
    };
  },
});

/** One row proves nothing: a short user name with a short password is of one block, too. */
function looksEmptied(profile: Profile): boolean {
  const rows = liveRows(profile);
  return rows.length > 1 && rows.every(isOneBlock);
}

function isOneBlock({ username, password }: SavedLogin): boolean {
  return [username, password].every(
    (one) => one !== null && one.cipher !== null && one.length === encryptedLength(0, one.cipher),
  );
}
