/**
 * Looks for: a file of contacts that no address book in the settings names.
 * Why: after old settings were put back, or a damaged prefs.js, the program shows only the books that it names
 * (formats.md D6). Removing a book in the program removes its file, so that one left over is mostly a loss.
 * Found: abook-1.sqlite, abook-2.sqlite …, the names that the program gives. By the name alone: info.
 * Repaired: when asked for: the book is entered again, under the name of its file.
 */

import { branchPrefix } from '../../profile/address-books.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefRepair } from '../pref-repair.ts';

export const addressBookUnlisted = defineCheck<{ file: string }>({
  meta: {
    id: 'leftovers/address-book-unlisted',
    severity: 'info',
    title: 'A file of contacts that no address book uses',
    looksFor: 'Files of address books in the profile that the settings do not name.',
    why: 'The program shows only the address books in its settings. The contacts in such a file are not shown.',
    repair:
      'When asked for by name, the address book is entered again under the name of its file. The file itself is not touched.',
    faults: ['formats.md D6', 'pains.md P12'],
  },

  find({ profile }) {
    const used = new Set(profile.addressBooks.map(({ file }) => file));
    return [...profile.topLevel]
      .filter((file) => /^abook-\d+\.sqlite$/.test(file) && !used.has(file))
      .sort()
      .map((file) => ({
        subject: { kind: 'file' as const, id: file },
        evidence: [{ file, note: 'no address book in the settings names it' }],
        state: { file },
      }));
  },

  words({ state: { file } }) {
    return {
      title: `No address book uses the contacts in ${file}`,
      detail: 'If you miss an address book, let mailmend enter it again. If not, the file does no harm.',
    };
  },

  repair({ state: { file } }, { profile }) {
    const prefix = branchPrefix(freeKey(profile, file));
    const wanted = [
      { name: `${prefix}description`, to: file.replace(/\.sqlite$/, '') },
      { name: `${prefix}dirType`, to: 101 },
      { name: `${prefix}filename`, to: file },
    ];
    return prefRepair(
      profile,
      `Enter the address book ${file} again`,
      wanted,
      `${file} is a file of contacts`,
    );
  },
});

/** Letters, digits and underscores only, as the program makes them. */
function freeKey({ prefs }: Profile, file: string): string {
  const stem = file.replace(/\.sqlite$/, '').replace(/\W/g, '_');
  for (let n = 0; ; n++) {
    const key = n === 0 ? stem : `${stem}_${n}`;
    if (prefs.names(branchPrefix(key)).length === 0) return key;
  }
}
