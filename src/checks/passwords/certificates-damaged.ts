/**
 * Looks for: a damaged certificate store beside saved logins.
 * Why: NSS opens key4.db and cert9.db as a pair. When cert9.db is garbage no password can be read, although the key is
 * fine; without cert9.db the program makes a new one and every password is back (formats.md 4.2, measured).
 * Found: cert9.db is no SQLite database, cut short, or fails its own check.
 * Repaired: cert9.db is moved aside. Certificates of your own and exceptions in it go with it: only when asked for.
 */

import path from 'node:path';
import { defineCheck } from '../check.ts';
import { damagedStates, savedCount } from './saved-rows.ts';

interface State {
  count: number;
  why: string | null;
}

export const certificatesDamaged = defineCheck<State>({
  meta: {
    id: 'passwords/certificates-damaged',
    severity: 'error',
    title: 'A damaged certificate store hides the passwords',
    looksFor: 'A certificate store (cert9.db) that cannot be opened.',
    why: 'The program then cannot open the key store beside it either: all saved passwords vanish, without a message, although they are undamaged.',
    repair:
      'cert9.db is moved aside; the program makes a new one at its next start and the passwords are back. Personal certificates (S/MIME) that were in it have to be imported again.',
    faults: ['formats.md K4', 'pains.md P19'],
  },

  find({ profile }) {
    const { cert9, key4 } = profile.keys;
    // Without a sound key store it would bring nothing back: that one has to be put right first.
    if (['missing', 'empty', ...damagedStates].includes(key4.state)) return [];
    const count = savedCount(profile);
    const openPgp = profile.topLevel.has('encrypted-openpgp-passphrase.txt');
    if (!cert9.hidesPasswords || (count === 0 && !openPgp)) return [];
    return [
      {
        subject: { kind: 'file', id: 'cert9.db' },
        start: openPgp ? 'loses' : 'safe',
        evidence: [{ file: 'cert9.db', note: cert9.why ?? 'it cannot be opened' }],
        state: { count, why: cert9.why },
      },
    ];
  },

  words({ state: { count } }) {
    const what =
      count === 0
        ? 'the pass phrase of your OpenPGP keys'
        : count === 1
          ? 'the saved password'
          : `the ${count} saved passwords`;
    return {
      title: `The certificate store cert9.db is damaged and hides ${what}`,
      detail:
        'The passwords themselves are not damaged. With cert9.db out of the way the program makes a new one and finds them again. Certificates of your own that were in it have to be imported again.',
    };
  },

  repair(_problem, { profile }) {
    return {
      title: 'Move the damaged cert9.db aside',
      risk: 'passwords',
      operations: [
        {
          op: 'move-aside',
          path: path.join(profile.path, 'cert9.db'),
          why: 'the program makes a new one and can open the key store again',
        },
      ],
      needs: ['Certificates of your own (S/MIME) have to be imported again.'],
    };
  },
});
