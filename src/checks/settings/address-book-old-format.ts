/**
 * Looks for: address books in the old format (.mab) that today's program does not read.
 * Why: a profile that comes straight from Postbox or an old Thunderbird shows no contacts; nothing converts them
 * (formats.md 7.2, D3; pains.md P43).
 * Found: in profiles of a program that is past it (78): .mab files without a converted file of the same name. One that
 * lies beside its conversion is an ordinary rest.
 * Repaired: not here: the contacts have to be imported.
 */

import { keepsMorkBooks } from '../../profile/address-books.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { listed } from './owner-names.ts';

export const addressBookOldFormat = defineCheck<{ files: string[] }>({
  meta: {
    id: 'settings/address-book-old-format',
    severity: 'warning',
    title: 'Contacts in a format that the program does not read',
    looksFor: 'Address books as .mab files that were never converted, in a profile of today’s program.',
    why: 'Thunderbird since 78 does not read them and no longer converts them by itself: the contacts seem to be gone.',
    repair:
      'None yet: import the files in the program under Tools, Import, Address Books. They stay as they are.',
    faults: ['formats.md D3', 'pains.md P43'],
  },

  find({ profile }) {
    const files = unconverted(profile);
    if (files.length === 0) return [];
    return [
      {
        subject: { kind: 'file', id: files[0] ?? '' },
        evidence: files.map((file) => ({ file, note: 'an address book in the old format' })),
        state: { files },
      },
    ];
  },

  words({ state: { files } }) {
    return {
      title: `The contacts in ${listed(files)} are not shown: the program does not read this format`,
      detail:
        'The contacts are in the file, untouched. Import it in the program under Tools, Import, Address Books, as a Mork database (.mab).',
    };
  },
});

function unconverted({ program, version, addressBooks, topLevel }: Profile): string[] {
  if ((program !== 'thunderbird' && program !== 'betterbird') || version === null) return [];
  if (keepsMorkBooks(program, version)) return [];
  const files = addressBooks.flatMap(({ format, file }) =>
    format === 'mork' && file !== null ? [file] : [],
  );
  return [...new Set(files)].filter(
    (file) => topLevel.has(file) && !topLevel.has(file.replace(/\.mab$/i, '.sqlite')),
  );
}
