/**
 * Looks for: a signature, a sound or an address book that the settings name and that is not on the disk.
 * Why: after a move to another computer, or a clean-up, the settings still name it. Mail goes out without the signature;
 * the program makes a new, empty book under the old name, without a word (formats.md 3.6, 7.2).
 * Found: src/profile/lost-files.ts and the books of the settings, but for the built-in ones: those are made at need.
 * Repaired: not: what the file held is not in the profile.
 */

import path from 'node:path';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfIdentity } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import type { Severity } from '../finding.ts';
import { programName } from '../wording.ts';

interface State {
  kind: 'signature' | 'sound' | 'address-book';
  pref: string;
  place: string;
  /** The address that signs with it, or the name of the book. */
  owner: string;
  accounts: string[];
}

export const fileGone = defineCheck<State>({
  meta: {
    id: 'interference/file-gone',
    severity: 'warning',
    title: 'A file that the settings name and that is gone',
    looksFor: 'Signatures, address books and sounds for new mail whose file is not on the disk any more.',
    why: 'Mail goes out without the signature, and an address book comes up empty, without a word from the program.',
    repair:
      'None: what was in the file is not in the profile. Backups or the computer it came from may have it.',
    example: 'An identity signs with signature.html in Documents, and there is no such file.',
    faults: ['formats.md 3.6', 'formats.md 7.2', 'postbox.md 8.3 R8'],
  },

  find({ profile }) {
    return [...namedFiles(profile), ...books(profile)].map((state) => ({
      subject: { kind: 'preference', id: state.pref },
      evidence: [prefEvidence(profile, state.pref), { file: state.place, note: 'there is no such file' }],
      severity: severityOf[state.kind],
      state,
      accounts: state.accounts,
    }));
  },

  words({ state: { kind, place, owner } }, { profile }) {
    const program = programName(profile.program);
    const name = path.basename(place.replaceAll('\\', '/'));
    if (kind === 'signature') {
      return {
        title: `The signature of ${owner} is gone (${name})`,
        detail: `The settings name ${place}, and there is no such file: mail of ${owner} goes out without a signature. Put the file back, or choose another one under Account Settings.`,
      };
    }
    if (kind === 'sound') {
      return {
        title: `The sound for new mail is gone (${name})`,
        detail: `The settings name ${place}, and there is no such file: new mail comes in silence. Choose another sound in the settings. Mail is not touched by it.`,
      };
    }
    return {
      title: `The file of the address book ${owner} is gone (${name})`,
      detail: `${program} makes a new, empty one under that name, without a word. If you miss contacts, look for ${name} in your backups or on the computer that the profile came from, and put it back while ${program} is closed.`,
    };
  },
});

const severityOf: Record<State['kind'], Severity> = {
  signature: 'warning',
  'address-book': 'warning',
  sound: 'info',
};

function namedFiles(profile: Profile): State[] {
  return profile.lostFiles.map(({ kind, pref, place, identityKey }) => ({
    kind,
    pref,
    place,
    owner: profile.identities.find(({ key }) => key === identityKey)?.email || (identityKey ?? ''),
    accounts: identityKey === null ? [] : accountsOfIdentity(profile, identityKey),
  }));
}

/** CardDAV books are fetched anew; the two built-in ones and those without a file name are other checks' business. */
function books({ addressBooks, prefs }: Profile): State[] {
  return addressBooks.flatMap(({ key, name, file, format, problem }): State[] => {
    if (key === null || file === null || format !== 'sqlite' || problem?.code !== 'missing') return [];
    const pref = `ldap_2.servers.${key}.filename`;
    const isOwn = prefs.has(pref) && !['abook.sqlite', 'history.sqlite'].includes(file);
    return isOwn ? [{ kind: 'address-book', pref, place: file, owner: name || key, accounts: [] }] : [];
  });
}
