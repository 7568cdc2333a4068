/**
 * Looks for: a key of the saved logins whose seal (MAC) is missing or wrong.
 * Why: NSS since 3.69 refuses such a key: no password can be read and none be saved, although the key is intact
 * (nss.md 1.4).
 * Found: by opening it (`--unlock`).
 * Repaired: the same key is written into key4.db once more, with its seal.
 */

import { defineCheck } from '../check.ts';
import { mendedKeyStore, openedRows } from './opened-rows.ts';

interface State {
  count: number;
}

export const keyRefused = defineCheck<State>({
  meta: {
    id: 'passwords/key-refused',
    severity: 'error',
    title: 'The program refuses the key to the saved passwords',
    looksFor:
      'A key in key4.db whose seal is missing or wrong, so that the program does not use it (with --unlock).',
    why: 'No saved password can be read and none be saved, although nothing is lost.',
    repair: 'The same key is written into key4.db once more, with its seal.',
    example: 'The row sig_key_… of the key is missing in key4.db.',
    faults: ['formats.md K2'],
  },

  find(facts) {
    const refused = (openedRows(facts) ?? []).filter(({ opened }) => opened.refused);
    if (refused.length === 0) return [];
    return [
      {
        subject: { kind: 'file', id: 'key4.db' },
        evidence: [
          { file: 'key4.db', note: 'the key of the saved passwords is there, and its seal is not right' },
        ],
        state: { count: refused.length },
      },
    ];
  },

  words({ state: { count } }) {
    return {
      title: `The program refuses the key of ${count === 1 ? 'the saved password' : `${count} saved passwords`}`,
      detail:
        'The key is intact, and its seal in key4.db is missing or wrong; so the program does not use it.',
    };
  },

  repair(_problem, facts) {
    const operation = mendedKeyStore(
      facts,
      'the key is written once more, with the seal that the program asks for',
    );
    if (operation === null || facts.unlocked?.mended?.seals !== true) return null;
    return { title: 'Write the key once more, with its seal', risk: 'passwords', operations: [operation] };
  },
});
