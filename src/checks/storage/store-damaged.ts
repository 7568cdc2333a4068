/**
 * Looks for: an address book or the store of the local calendars that is no whole database any more.
 * Why: the program leaves the book, or all local calendars, out without a word, and leaves the file as it is (formats.md
 * D1, D8; breakage.md, measured with 153.7). What was in it seems gone, though much of the file may still be whole.
 * Found: the header of the database, its length, and SQLite's own check of the book.
 * Repaired: not here: what is whole has to be read out of it. Nothing may be overwritten until then.
 */

import type { BookProblem } from '../../profile/address-book-content.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { listed } from '../settings/owner-names.ts';

interface State {
  file: string;
  /** As the owner knows it; null: the calendars on this computer. */
  book: string | null;
  calendars: string[];
  copies: string[];
}

const calendarStore = 'calendar-data/local.sqlite';
const damaged: readonly BookProblem[] = ['not-sqlite', 'truncated', 'damaged'];

export const storeDamaged = defineCheck<State>({
  meta: {
    id: 'storage/store-damaged',
    severity: 'error',
    title: 'A damaged address book or calendar',
    looksFor: 'Files of address books and of the calendars on this computer that are damaged or cut short.',
    why: 'The program does not show what is in such a file, and does not say why: contacts or appointments seem to be gone.',
    repair: 'None yet: the file stays as it is, since much in it may still be whole.',
    faults: ['formats.md D1', 'formats.md D8'],
  },

  find({ profile }) {
    return [...books(profile), ...calendars(profile)].map(({ state, why, isUsed }) => ({
      subject: { kind: 'file' as const, id: state.file },
      severity: isUsed ? ('error' as const) : ('info' as const),
      evidence: [{ file: state.file, note: why }],
      state,
    }));
  },

  words({ state: { file, book, calendars: names, copies } }) {
    const beside =
      copies.length === 0
        ? 'Look for an older copy of it in your backups'
        : `An older copy lies beside it (${listed(copies)}); look in your backups too`;
    const keep = 'Do not delete the damaged file: much in it may still be whole.';
    if (book !== null) {
      return {
        title: `The address book ${book} is damaged (${file})`,
        detail: `The program does not show its contacts, and leaves the file as it is. ${beside}. ${keep}`,
      };
    }
    return {
      title: `The calendars on this computer are damaged: ${listed(names)}`,
      detail: `Their appointments and tasks are all in ${file}, which cannot be opened; the program shows none of these calendars and begins an empty one. ${beside}. ${keep}`,
    };
  },
});

interface Damaged {
  state: State;
  why: string;
  /** Every profile has a calendar, switched off until somebody uses it. */
  isUsed: boolean;
}

function books({ addressBooks, topLevel }: Profile): Damaged[] {
  return addressBooks.flatMap(({ name, file, problem }) => {
    if (file === null || problem === null || !damaged.includes(problem.code)) return [];
    // Copies that the program made before it changed the format (formats.md 7.1): abook.v3.sqlite.
    const stem = file.replace(/\.sqlite$/i, '');
    const copies = [...topLevel].filter(
      (other) => other.startsWith(`${stem}.`) && /\.(?:v\d+|bak)/.test(other),
    );
    return [
      {
        state: { file, book: name || file, calendars: [], copies: copies.sort() },
        why: problem.why,
        isUsed: true,
      },
    ];
  });
}

function calendars({ calendars: all }: Profile): Damaged[] {
  const hidden = all.filter(({ shown }) => !shown);
  if (hidden.length === 0) return [];
  const names = hidden.map(({ name, id }) => name || id);
  return [
    {
      state: { file: calendarStore, book: null, calendars: names, copies: [] },
      why: 'it is no whole database',
      isUsed: hidden.some(({ disabled }) => !disabled),
    },
  ];
}
