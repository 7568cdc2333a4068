/**
 * Looks for: an entry of an address book in the settings that makes no book: without a file name, with one that the
 * program refuses, with the old .mab, or with the file of another book.
 * Why: the program leaves the book out, without a word (formats.md 3.9, 7, D4, D5; measured with 153.7).
 * Found: branches of `ldap_2.servers`; a .mab of an entry of the old kind is settings/address-book-old-format.
 * Repaired: a .mab whose converted file lies beside it, named the same, and that no other book has, is replaced by that
 * file; a second entry for one file goes: the book itself stays in sight under the first. Nothing else is certain.
 */

import { branchPrefix } from '../../profile/address-books.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { userJsNote } from './user-js.ts';

interface State {
  key: string;
  name: string;
  file: string | null;
  kind: 'old-file' | 'same-file' | 'file-name';
  /** For `old-file`: the converted one; null: there is none. */
  converted: string | null;
}

export const addressBookEntry = defineCheck<State>({
  meta: {
    id: 'settings/address-book-entry',
    severity: 'warning',
    title: 'An address book in the settings that is not shown',
    looksFor:
      'Address books in the settings without a usable file, or with the file of another address book.',
    why: 'The program leaves such a book out without a word: its contacts are not shown and not offered.',
    repair:
      'A book that still names its old .mab file gets the converted file beside it; a second entry for the same file is taken out. No contact is touched.',
    faults: ['formats.md D4', 'formats.md D5', 'pains.md P43'],
  },

  find({ profile }) {
    return entries(profile).map((state) => ({
      subject: { kind: 'preference', id: `ldap_2.servers.${state.key}` },
      evidence: [prefEvidence(profile, `${branchPrefix(state.key)}filename`)],
      state,
    }));
  },

  words({ state: { key, name, file, kind, converted } }, { profile }) {
    const words: Record<State['kind'], [title: string, detail: string]> = {
      'old-file': [
        `still names its old file (${file})`,
        converted === null
          ? 'Today’s Thunderbird does not read it. The contacts are in that file: import it under Tools, Import.'
          : `Today’s Thunderbird does not read it; ${converted} lies beside it.`,
      ],
      'same-file': [
        `has the file of another book (${file})`,
        'The program shows the book once. No contact is missing because of it.',
      ],
      'file-name': [
        file === null ? 'names no file' : `has a file name that the program refuses (${file})`,
        'The program leaves it out. If contacts are missing, look for files named abook-1.sqlite, abook-2.sqlite … in the profile.',
      ],
    };
    const [title, detail] = words[kind];
    return {
      title: `The address book ${name || key} ${title}`,
      detail: `${detail}${userJsNote(profile, [`${branchPrefix(key)}filename`])}`,
    };
  },

  repair({ state: { key, name, kind, converted } }, { profile }) {
    const prefix = branchPrefix(key);
    if (kind === 'same-file') {
      const wanted = profile.prefs.names(prefix).map((pref) => ({ name: pref, to: null }));
      return prefRepair(
        profile,
        `Take the second entry (${name || key}) out`,
        wanted,
        'the book has an entry already',
      );
    }
    if (converted === null) return null;
    const wanted = [{ name: `${prefix}filename`, to: converted }];
    return prefRepair(
      profile,
      `Let ${name || key} use ${converted}`,
      wanted,
      'the converted file lies beside the old one',
    );
  },
});

function entries({ prefs, addressBooks, topLevel }: Profile): State[] {
  const used = new Set(addressBooks.filter(({ shown }) => shown !== false).map(({ file }) => file));
  return addressBooks.flatMap(({ key, name, file, format, shown, problem }): State[] => {
    if (key === null || format === 'ldap') return [];
    const own = { key, name, file };
    if (format === 'mork') {
      if (shown === true) return [];
      // dirType 2 is a book of the old kind; another kind with such a file is a leftover of the conversion.
      if (prefs.int(`${branchPrefix(key)}dirType`) === 2) return [];
      const converted = file?.replace(/\.mab$/i, '.sqlite') ?? null;
      const isFree = converted !== null && topLevel.has(converted) && !used.has(converted);
      return [{ ...own, kind: 'old-file', converted: isFree ? converted : null }];
    }
    if (problem?.code === 'file-of-other-book') return [{ ...own, kind: 'same-file', converted: null }];
    return problem?.code === 'file-name' ? [{ ...own, kind: 'file-name', converted: null }] : [];
  });
}
