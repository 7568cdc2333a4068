/**
 * Looks for: a prefs.js that is missing, empty or all zero bytes, or that knows no account, in a profile that holds mail.
 * Why: the program takes it for a new profile, shows the account set-up, and writes a small new prefs.js (breakage.md):
 * the mail stays on the disk, but nothing shows it.
 * Found: by size and content, and by mail below Mail, ImapMail or News. No account: also no sender and no outgoing
 * server, which stay when accounts are removed in the program.
 * Repaired: from the newest complete older or half-saved copy that lists accounts; without a complete one from the
 * one that still says most. Without any: advice.
 */

import { Buffer } from 'node:buffer';
import path from 'node:path';
import type { MailDirectory } from '../../profile/folders.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck, type StartEffect } from '../check.ts';
import { megabytes, programName } from '../wording.ts';
import { bestCopy, type SettingsCopy } from './settings-copy.ts';
import { type Emptiness, emptiness, mailWithoutAccount } from './settings-state.ts';

interface State {
  emptiness: Emptiness;
  mail: MailDirectory[];
  copy: SettingsCopy | null;
}

const titles: Record<Emptiness, string> = {
  missing: 'The settings file prefs.js is missing, and the mail is still there',
  empty: 'The settings file prefs.js is empty, and the mail is still there',
  'no-account': 'The settings file prefs.js knows no account any more, and the mail is still there',
};

/** With `no-account` the loss has happened; starting again makes it no worse. */
const starts: Record<Emptiness, StartEffect> = { missing: 'loses', empty: 'loses', 'no-account': 'safe' };

export const prefsEmpty = defineCheck<State>({
  meta: {
    id: 'profile/prefs-empty',
    severity: 'error',
    title: 'Settings gone while the mail is there',
    looksFor:
      'A profile that holds mail, and whose settings file prefs.js is missing, empty, nothing but zero bytes, or without any account.',
    why: 'After a power loss or a full disk the file can be left empty. The program then starts like a new one and writes new settings: no accounts, although the mail is all there.',
    repair:
      'The newest complete copy of the settings that lies beside it (prefs-1.js, Invalidprefs.js, prefs.js.bak) is put in its place. The empty file is kept.',
    faults: ['formats.md P2', 'formats.md P3', 'pains.md P12'],
    blocksOthers: true,
  },

  find({ profile }) {
    const state = emptiness(profile);
    if (state === null) return [];
    const mail = mailWithoutAccount(profile);
    const copy = bestCopy(profile);
    return [
      {
        subject: { kind: 'file', id: 'prefs.js' },
        start: starts[state],
        evidence: [
          { file: 'prefs.js', note: whatItHolds(profile) },
          ...mail.map((directory) => ({
            file: path.relative(profile.path, directory.path),
            note: `${megabytes(directory.bytes)} of mail`,
          })),
          ...(copy === null
            ? []
            : [
                {
                  file: copy.file,
                  note: `${copy.complete ? 'a complete' : 'an incomplete'} copy with ${copy.settings} settings`,
                },
              ]),
        ],
        state: { emptiness: state, mail, copy },
      },
    ];
  },

  words({ state }, { profile }) {
    const program = programName(profile.program);
    const effect =
      state.emptiness === 'no-account'
        ? `${program} shows no account and asks to set one up. That happens after it was started once with an empty settings file.`
        : `${program} would start like a new program, without accounts, and write new settings.`;
    return {
      title: titles[state.emptiness],
      detail: [effect, mailWords(state), copyWords(state)].filter(Boolean).join(' '),
    };
  },

  repair({ state: { copy } }, { profile }) {
    if (copy === null) return null;
    return {
      title: `Put ${copy.file} back as prefs.js`,
      risk: 'settings',
      operations: [
        copy.complete
          ? {
              op: 'copy',
              path: path.join(profile.path, 'prefs.js'),
              from: path.join(profile.path, copy.file),
              why: `${copy.file} is the newest complete copy of the settings`,
            }
          : {
              op: 'write',
              path: path.join(profile.path, 'prefs.js'),
              content: Buffer.from(copy.content).toString('base64'),
              mode: 0o600,
              why: `${copy.file} is the copy that still says most of the settings`,
            },
      ],
    };
  },
});

function whatItHolds({ prefsText }: Profile): string {
  if (prefsText === null) return 'there is no such file';
  return prefsText.blank
    ? `${prefsText.size} bytes, no setting among them`
    : `${prefsText.parsed.entries.length} settings, none of an account`;
}

function mailWords({ mail }: State): string {
  const bytes = mail.reduce((sum, directory) => sum + directory.bytes, 0);
  return bytes > 0 ? `${megabytes(bytes)} of mail lie in this profile, untouched.` : '';
}

function copyWords({ copy, emptiness: state }: State): string {
  if (copy?.complete === true) return `A complete copy of the settings lies beside it: ${copy.file}.`;
  if (copy !== null) {
    return `A copy lies beside it, ${copy.file}. It breaks off before its end, but lists the accounts; what it lacks is asked for or can be set again.`;
  }
  return state === 'no-account'
    ? 'There is no copy of the settings beside it: look for an older prefs.js in your backups. Without one, set the accounts up anew: mail on the server comes back by itself, and the folders that are here stay where they are.'
    : 'There is no copy of the settings beside it: look for one in your backups before you start the program, or make the accounts anew in a fresh profile.';
}
