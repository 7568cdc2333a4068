/**
 * Looks for: an address book whose database has its tables, but the version 0.
 * Why: the program takes it for a new file, cannot make the tables that are there already, and leaves the book out; its
 * contacts seem gone (formats.md 7.1, D7; measured with 153.7). Tools that copy a book table by table leave it so.
 * Found: SQLite's user_version, tables and columns.
 * Repaired: the version is written into the file's header, where tables and cards say without doubt which one it is.
 */

import path from 'node:path';
import type { VersionedBook } from '../../profile/address-book-content.ts';
import { defineCheck } from '../check.ts';

interface State {
  name: string;
  file: string;
  cards: number | null;
  versioned: VersionedBook | null;
}

export const addressBookWithoutVersion = defineCheck<State>({
  meta: {
    id: 'settings/address-book-without-version',
    severity: 'warning',
    title: 'An address book that lost its version',
    looksFor: 'Address books whose database is whole, but has no version number.',
    why: 'The program takes such a file for a new one, fails to set it up, and leaves the book out: its contacts seem to be gone.',
    repair: 'The version number is written into the file. No contact is touched.',
    faults: ['formats.md D7'],
  },

  find({ profile }) {
    return profile.addressBooks.flatMap(({ name, file, cards, problem, versioned }) =>
      file === null || problem?.code !== 'no-version'
        ? []
        : [
            {
              subject: { kind: 'file', id: file },
              evidence: [{ file, offset: 60, note: 'the version of the database (user_version) is 0' }],
              state: { name, file, cards, versioned: versioned ?? null },
            },
          ],
    );
  },

  words({ state: { name, file, cards, versioned } }) {
    const held =
      cards === null ? 'Its contacts are' : `Its ${cards} ${cards === 1 ? 'contact is' : 'contacts are'}`;
    const way =
      versioned === null
        ? ' Which version it had cannot be told from it, so nothing is changed: keep the file, and look for an older copy of it in your backups.'
        : '';
    return {
      title: `The address book ${name || file} is not shown: its file has lost its version number`,
      detail: `${held} in ${file}, untouched. The program takes the file for a new one and fails to open it.${way}`,
    };
  },

  repair({ state: { name, file, versioned } }, { profile }) {
    if (versioned === null) return null;
    return {
      title: `Give ${name || file} its version number (${versioned.version}) back`,
      risk: 'settings',
      operations: [
        {
          op: 'write',
          path: path.join(profile.path, file),
          content: Buffer.from(versioned.bytes).toString('base64'),
          mode: null,
          why: 'only the version number in the header of the database is changed',
        },
      ],
    };
  },
});
