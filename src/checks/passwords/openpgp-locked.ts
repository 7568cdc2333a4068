/**
 * Looks for: the pass phrase of the OpenPGP keys, put aside by the program itself.
 * Why: with a key store that does not fit, the program silently renames it to `.corrupt` and makes a new one; your own
 * OpenPGP keys, locked with the old one, cannot be used from then on (formats.md 8.4, K12; nss.md 8).
 * Found: encrypted-openpgp-passphrase.txt.corrupt beside a ring of secret keys.
 * Repaired: not by mailmend: the key4.db that belongs to it has to come back first, and only the owner has it.
 */

import { defineCheck } from '../check.ts';

const passPhrase = 'encrypted-openpgp-passphrase.txt';

interface State {
  files: string[];
}

export const openPgpLocked = defineCheck<State>({
  meta: {
    id: 'passwords/openpgp-locked',
    severity: 'warning',
    title: 'Your OpenPGP keys may be locked',
    looksFor:
      'The pass phrase of your OpenPGP keys under another name (.corrupt), as the program leaves it after the key store was replaced.',
    why: 'Encrypted mail cannot be read and mail cannot be signed with keys that were locked with the old pass phrase.',
    repair:
      'None: put the key4.db of that time back from a backup, then give the file its name back. Keep the .corrupt file.',
    example: 'encrypted-openpgp-passphrase.txt.corrupt lies beside secring.gpg.',
    faults: ['formats.md K12'],
  },

  find({ profile }) {
    const files = [...profile.topLevel].filter((name) => name.startsWith(`${passPhrase}.corrupt`)).sort();
    if (files.length === 0 || !profile.topLevel.has('secring.gpg')) return [];
    return [
      {
        subject: { kind: 'file', id: files[0] ?? passPhrase },
        evidence: files.map((file) => ({ file, note: 'put aside when the key store did not fit it' })),
        state: { files },
      },
    ];
  },

  words({ state: { files } }) {
    return {
      title: 'The pass phrase of your OpenPGP keys was put aside when the key store changed',
      detail: `Keys that you had before that may be locked. Keep ${files.join(', ')} and secring.gpg. If a backup has the key4.db of that time: put it back with the program closed, and name the file ${passPhrase} again. Ordinary mail is not affected.`,
    };
  },
});
