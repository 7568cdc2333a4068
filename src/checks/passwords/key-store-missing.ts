/**
 * Looks for: saved logins whose key store is missing or empty.
 * Why: the program makes a new, empty key store at its next start; every saved password vanishes from the list, without
 * a message, and the pass phrase of the OpenPGP keys is put aside as `.corrupt` (formats.md 4.2, breakage.md).
 * Found: rows in the live login store, and no key4.db or key3.db, or one of 0 bytes.
 * Repaired: not by mailmend: the right key store is in a backup or an older copy of the profile. The rows are kept by
 * the program, so putting the old file back brings the passwords back.
 */

import { defineCheck } from '../check.ts';
import { programName } from '../wording.ts';
import { liveFile, savedCount } from './saved-rows.ts';

interface State {
  file: string;
  state: 'missing' | 'empty';
  count: number;
}

export const keyStoreMissing = defineCheck<State>({
  meta: {
    id: 'passwords/key-store-missing',
    severity: 'error',
    title: 'The key to the saved passwords is gone',
    looksFor: 'Saved passwords without the file that holds the key to them (key4.db).',
    why: 'Without the key no saved password can be read. The program says nothing, makes a new key and asks for every password again.',
    repair:
      'None: the old key4.db has to come from a backup. As long as logins.json is kept, putting the old key4.db beside it brings all passwords back.',
    faults: ['formats.md K5', 'pains.md P25'],
  },

  find({ profile }) {
    const { key4, key3, live } = profile.keys;
    const count = savedCount(profile);
    const missing = live === null;
    const empty = key4.state === 'empty' || (live === 'key3.db' && key3.state === 'empty');
    if (count === 0 || (!missing && !empty)) return [];
    // Postbox, of Gecko 52, has never had another one.
    const file = live === 'key3.db' || profile.program === 'postbox' ? 'key3.db' : 'key4.db';
    return [
      {
        subject: { kind: 'file', id: file },
        start: profile.topLevel.has('encrypted-openpgp-passphrase.txt') ? 'loses' : 'safe',
        evidence: [
          { file, note: missing ? 'there is no such file' : '0 bytes' },
          { file: liveFile(profile)?.file ?? 'logins.json', note: `${count} saved logins that need the key` },
        ],
        state: { file, state: missing ? 'missing' : 'empty', count },
      },
    ];
  },

  words({ state: { file, state, count } }, { profile }) {
    const program = programName(profile.program);
    const openPgp = profile.topLevel.has('encrypted-openpgp-passphrase.txt')
      ? ` ${program} would also put the pass phrase of your OpenPGP keys aside at its next start.`
      : '';
    return {
      title: `The key store ${file} is ${state}, so ${count === 1 ? 'the saved password' : `none of the ${count} saved passwords`} can${count === 1 ? 'not' : ''} be read`,
      detail: `${program} would make a new key and ask for every password again.${openPgp} Look for ${file} in a backup or an older copy of this profile before you start it: put back beside logins.json it brings the passwords back. Keep logins.json in any case.`,
    };
  },
});
