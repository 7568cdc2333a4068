/**
 * Looks for: a prefs.js that is older than the last use of the profile.
 * Why: the program saves its settings each time it quits. An older file was put back from a copy, or could not be saved:
 * what was set since then is missing (formats.md P8, R12).
 * Found: by the time of sessionCheckpoints.json, which is written at every start and end. A date alone is a weak sign;
 * with a folder of mail that no account of this file has, it is a strong one.
 * Repaired: nothing: what the newer settings were, no file says. Told, so that the newer copy can be put back.
 */

import path from 'node:path';
import { defineCheck } from '../check.ts';
import { blockerOf, mailWithoutAccount } from './settings-state.ts';

const dayNs = 24n * 60n * 60n * 1_000_000_000n;

interface State {
  saved: string;
  used: string;
  /** Folders with mail that these settings do not know, within the profile. */
  unknown: string[];
}

export const settingsPutBack = defineCheck<State>({
  meta: {
    id: 'profile/settings-put-back',
    severity: 'info',
    title: 'The settings are older than the last use',
    looksFor:
      'A prefs.js that is more than a day older than the last time the program was used with this profile.',
    why: 'The program saves it whenever it quits. An older one was put back from a copy, or the program may not write it: accounts and settings made since are missing.',
    repair:
      'None: what was set since, no file says. Put a newer copy of the whole profile back if there is one.',
    faults: ['formats.md P8', 'formats.md R12', 'pains.md P12'],
  },

  find({ profile }) {
    const { prefsText, lastSession } = profile;
    if (prefsText === null || lastSession === null || blockerOf(profile) !== null) return [];
    if (lastSession.mtimeNs - prefsText.mtimeNs < dayNs) return [];
    const unknown = mailWithoutAccount(profile).map((mail) => path.relative(profile.path, mail.path));
    const [saved, used] = [dayOf(prefsText.mtimeNs), dayOf(lastSession.mtimeNs)];
    return [
      {
        subject: { kind: 'file', id: 'prefs.js' },
        severity: unknown.length > 0 ? 'warning' : 'info',
        evidence: [
          { file: 'prefs.js', note: `saved on ${saved}` },
          { file: 'sessionCheckpoints.json', note: `the program was used on ${used}` },
          ...unknown.map((folder) => ({ file: folder, note: 'mail that no account of these settings has' })),
        ],
        state: { saved, used, unknown },
      },
    ];
  },

  words({ state: { saved, used, unknown } }) {
    const missing =
      unknown.length === 0
        ? ''
        : ` Mail of an account that they do not know lies in ${unknown.join(', ')}; it is untouched.`;
    return {
      title: `The settings are of ${saved}, and the program was used on ${used}`,
      detail: `Either an older copy of prefs.js was put back, or the program could not save it (is the file or its folder write-protected?). What was set in between is missing.${missing} If you have a newer copy of the whole profile, put that back; files of different days do not fit together.`,
    };
  },
});

const dayOf = (ns: bigint): string => new Date(Number(ns / 1_000_000n)).toISOString().slice(0, 10);
