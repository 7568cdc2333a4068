/**
 * Looks for: a prefs.js that is missing, empty or all zero bytes in a profile that holds mail.
 * Why: the program takes it for a new profile, shows the account set-up, and writes a small new prefs.js (breakage.md):
 * the mail stays on the disk, but nothing shows it.
 * Found: by size and content, and by mail below Mail, ImapMail or News.
 * Repaired: from the newest complete older or half-saved copy that lists accounts. Without one: advice.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import { effectiveValues } from '../../formats/prefs/values.ts';
import type { PrefsText, Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { megabytes, programName } from '../wording.ts';

interface State {
  file: 'missing' | 'empty';
  mailBytes: number;
  folders: number;
  copy: PrefsText | null;
}

export const prefsEmpty = defineCheck<State>({
  meta: {
    id: 'profile/prefs-empty',
    severity: 'error',
    title: 'Settings gone while the mail is there',
    looksFor:
      'A profile that holds mail, and whose settings file prefs.js is missing, empty, or nothing but zero bytes.',
    why: 'After a power loss or a full disk the file can be left empty. The program then starts like a new one: no accounts, although the mail is all there.',
    repair:
      'The newest complete copy of the settings that lies beside it (prefs-1.js, Invalidprefs.js, prefs.js.bak) is put in its place. The empty file is kept.',
    faults: ['formats.md P2', 'formats.md P3', 'pains.md P12'],
    blocksOthers: true,
  },

  find({ profile }) {
    const text = profile.prefsText;
    if (text !== null && !text.blank) return [];
    const holding = profile.unusedMail.filter(
      (directory) => directory.holdsMessages || directory.hasSubfolders,
    );
    const copy = bestCopy(profile);
    if (holding.length === 0 && copy === null) return [];
    const state: State = {
      file: text === null ? 'missing' : 'empty',
      mailBytes: holding.reduce((sum, directory) => sum + directory.bytes, 0),
      folders: holding.length,
      copy,
    };
    return [
      {
        subject: { kind: 'file', id: 'prefs.js' },
        start: 'loses',
        evidence: [
          {
            file: 'prefs.js',
            note: text === null ? 'there is no such file' : `${text.size} bytes, no setting among them`,
          },
          ...holding.map((directory) => ({
            file: path.relative(profile.path, directory.path),
            note: `${megabytes(directory.bytes)} of mail`,
          })),
          ...(copy === null
            ? []
            : [{ file: copy.file, note: `a complete copy with ${copy.parsed.entries.length} settings` }]),
        ],
        state,
      },
    ];
  },

  words({ state }, { profile }) {
    const program = programName(profile.program);
    return {
      title: `The settings file prefs.js is ${state.file === 'missing' ? 'missing' : 'empty'}, and the mail is still there`,
      detail: `${program} would start like a new program, without accounts, and write new settings. ${
        state.folders > 0 ? `${megabytes(state.mailBytes)} of mail lie in this profile, untouched. ` : ''
      }${
        state.copy === null
          ? 'There is no copy of the settings beside it: look for one in your backups before you start the program, or make the accounts anew in a fresh profile.'
          : `A complete copy of the settings lies beside it: ${state.copy.file}.`
      }`,
    };
  },

  repair({ state: { copy } }, { profile }) {
    if (copy === null) return null;
    return {
      title: `Put ${copy.file} back as prefs.js`,
      risk: 'settings',
      operations: [
        {
          op: 'write',
          path: path.join(profile.path, 'prefs.js'),
          content: Buffer.from(copy.parsed.source).toString('base64'),
          mode: 0o600,
          why: `${copy.file} is the newest complete copy of the settings`,
        },
      ],
    };
  },
});

/** Complete, and with at least one account. */
function bestCopy(profile: Profile): PrefsText | null {
  return (
    profile.generations.find(
      (older) =>
        older.complete &&
        older.parsed.problems.length === 0 &&
        String(effectiveValues(older.parsed).get('mail.accountmanager.accounts')?.value ?? '') !== '',
    ) ?? null
  );
}
