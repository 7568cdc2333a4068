/**
 * Looks for: a server for which passwords are never to be saved.
 * Why: the question for the password then has no box to save it, and comes back at every start (read in 153.7:
 * the box is left out where saving is denied for the name of the server).
 * Found: in the program's permissions, or in the lists of older programs; only where no password is saved already.
 * Repaired: not by mailmend: it is one row of a database of all permissions, and somebody has chosen so.
 */

import type { NeverSaved } from '../../profile/never-saved.ts';
import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { type LookUp, passwordLookUps, rowsFor } from './look-ups.ts';

interface State {
  wanted: LookUp;
  never: NeverSaved;
}

export const savingForbidden = defineCheck<State>({
  meta: {
    id: 'passwords/saving-forbidden',
    severity: 'warning',
    title: 'The password of a server is never saved',
    looksFor: 'Servers of accounts that are on the list of those for which passwords are never saved.',
    why: 'The program asks for the password at every start, and offers no box to save it.',
    repair:
      'None by mailmend: the server has to be taken off that list, which stands among the permissions of the program.',
    example: 'permissions.sqlite says for imap://imap.example.org that logins are never saved.',
    faults: ['postbox.md 8.2 P1', 'pains.md P21'],
  },

  find({ profile }) {
    const seen = new Set<string>();
    return passwordLookUps(profile).flatMap((wanted) => {
      const { origin } = wanted.key;
      const never = profile.neverSaved.find((one) => one.origin.toLowerCase() === origin.toLowerCase());
      if (never === undefined || seen.has(origin) || rowsFor(profile, wanted).length > 0) return [];
      seen.add(origin);
      return [
        {
          subject: { kind: 'login' as const, id: origin },
          evidence: [{ file: never.file, note: `${origin}: never save` }],
          state: { wanted, never },
          accounts: wanted.accounts,
        },
      ];
    });
  },

  words({ state: { wanted, never } }, { profile }) {
    const { origin } = wanted.key;
    const todo =
      never.file === 'permissions.sqlite'
        ? `If you did not want that, open the error console of the program (Ctrl+Shift+J, on a Mac Cmd+Shift+J), type Services.logins.setLoginSavingEnabled("${origin}", true) and press Enter; the next question for the password has the box again.`
        : 'If you did not want that, take it off the list of exceptions in the settings of the program, where the saved passwords are.';
    return {
      title: `The password of ${wanted.who} for ${wanted.host} is never saved`,
      detail: `${programName(profile.program)} was told so once (${never.file}), so it asks at every start and offers no box to save the password. ${todo}`,
    };
  },
});
