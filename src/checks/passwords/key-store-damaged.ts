/**
 * Looks for: saved logins whose key store cannot be opened.
 * Why: every saved password vanishes from the list without a message, new ones cannot be saved, and the pass phrase of
 * the OpenPGP keys is put aside as `.corrupt` (formats.md 4.2, Appendix A).
 * Found: key4.db is no SQLite database, cut short, fails its own check, or has lost its tables; judged from memory.
 * Repaired: not by mailmend: an undamaged key4.db has to come from a backup. Deleting it would lose the passwords for good.
 */

import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { damagedStates, savedCount } from './saved-rows.ts';

interface State {
  count: number;
  why: string | null;
}

export const keyStoreDamaged = defineCheck<State>({
  meta: {
    id: 'passwords/key-store-damaged',
    severity: 'error',
    title: 'The key to the saved passwords is damaged',
    looksFor: 'A key store (key4.db) that cannot be opened, beside saved passwords that need it.',
    why: 'No saved password can be read, and new ones cannot be saved. People are told to delete the file: then the passwords are lost for good.',
    repair: 'None: an undamaged key4.db has to come from a backup. Keep the damaged one and logins.json.',
    faults: ['formats.md K2', 'formats.md K5', 'pains.md P25'],
  },

  find({ profile }) {
    const { key4, live } = profile.keys;
    const count = savedCount(profile);
    if (count === 0 || live !== 'key4.db' || !damagedStates.includes(key4.state)) return [];
    return [
      {
        subject: { kind: 'file', id: 'key4.db' },
        start: profile.topLevel.has('encrypted-openpgp-passphrase.txt') ? 'loses' : 'safe',
        evidence: [{ file: 'key4.db', note: key4.why ?? 'its tables are not there' }],
        state: { count, why: key4.why },
      },
    ];
  },

  words({ state: { count } }, { profile }) {
    return {
      title: `The key store key4.db is damaged, so ${count === 1 ? 'the saved password' : `none of the ${count} saved passwords`} can${count === 1 ? 'not' : ''} be read`,
      detail: `${programName(profile.program)} asks for every password again and cannot save them.${
        profile.topLevel.has('encrypted-openpgp-passphrase.txt')
          ? ' At its next start it would also put the pass phrase of your OpenPGP keys aside.'
          : ''
      } Do not delete key4.db. Look for an undamaged one in a backup of this profile: put in its place it brings the passwords back.`,
    };
  },
});
