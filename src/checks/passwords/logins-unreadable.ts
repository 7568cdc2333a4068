/**
 * Looks for: some saved logins that the key does not open, beside others that it does.
 * Why: the program leaves them out without a word, asks for these passwords, and saves new rows beside them (nss.md 3,
 * formats.md 4.7). They are what is left from before the key store was replaced.
 * Found: by opening them (`--unlock`).
 * Repaired: where another key store of the profile holds their key, it is added to key4.db.
 */

import { defineCheck } from '../check.ts';
import { isOfOtherKey, mendedKeyStore, needsUnlock, openedRows } from './opened-rows.ts';
import { liveFile, liveRows } from './saved-rows.ts';

interface State {
  origins: string[];
  from: string[];
}

export const loginsUnreadable = defineCheck<State>({
  meta: {
    id: 'passwords/logins-unreadable',
    severity: 'warning',
    title: 'Some saved passwords cannot be read',
    looksFor:
      'Saved passwords that the key store does not open, beside others that it opens (with --unlock).',
    why: 'The program does not show them and asks for these passwords. They were saved before the key store was replaced, or the rows are damaged.',
    repair:
      'Where an older key store in the profile holds their key, that key is added to key4.db. Else none: type these passwords once more.',
    example: 'Half of the rows were saved before key4.db was lost and made anew.',
    faults: ['formats.md 4.7-7'],
  },

  skip(facts) {
    return !facts.unlocked && liveRows(facts.profile).length > 0 ? needsUnlock : null;
  },

  find(facts) {
    const rows = openedRows(facts) ?? [];
    const bad = rows.filter((row) => isOfOtherKey(row) || row.opened.unreadable === 'damaged');
    if (bad.length === 0 || rows.every(isOfOtherKey)) return [];
    const file = liveFile(facts.profile)?.file ?? 'logins.json';
    const from = [...new Set(bad.flatMap(({ opened }) => opened.openedBy ?? []))];
    return [
      {
        subject: { kind: 'file', id: file },
        evidence: [
          ...bad.map(({ saved, opened }) => ({
            file,
            offset: saved.offset,
            note: `a login saved for ${saved.origin}, ${opened.unreadable === 'damaged' ? 'damaged' : 'of another key'}`,
          })),
          ...from.map((store) => ({ file: store, note: 'holds a key that opens some of them' })),
        ],
        state: { origins: [...new Set(bad.map(({ saved }) => saved.origin ?? ''))], from },
      },
    ];
  },

  words({ state: { origins, from } }) {
    const where = from.length > 0 ? ` The key to them is in ${from.join(', ')}.` : '';
    return {
      title: `Saved passwords for ${origins.join(', ')} cannot be read`,
      detail: `The others can. The program asks for these and saves them anew.${where}`,
    };
  },

  repair({ state: { from } }, facts) {
    const operation = mendedKeyStore(
      facts,
      `the key of older saved passwords comes back, from ${from.join(', ')}`,
    );
    if (operation === null || from.length === 0) return null;
    return {
      title: `Add the key from ${from.join(', ')} to the key store`,
      risk: 'passwords',
      operations: [operation],
    };
  },
});
