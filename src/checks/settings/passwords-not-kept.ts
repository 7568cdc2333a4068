/**
 * Looks for: saving of passwords switched off for the whole program.
 * Why: the question for a password then has no box to save it, and comes at every start (read in 153.7; pains.md P21:
 * left behind by an add-on for passwords).
 * Found: `signon.rememberSignons` false. Where logins are saved, somebody wanted them saved: a warning. Without any, it
 * may be meant so: info.
 * Repaired: the line goes, where logins are saved.
 */

import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { liveRows } from '../passwords/saved-rows.ts';
import { prefRepair } from '../pref-repair.ts';
import { userJsNote } from './user-js.ts';

const name = 'signon.rememberSignons';
const mailSchemes = /^(imap|mailbox|smtp|oauth|ews):\/\//;

export const passwordsNotKept = defineCheck<{ saved: number }>({
  meta: {
    id: 'settings/passwords-not-kept',
    severity: 'warning',
    title: 'The program saves no passwords',
    looksFor: 'The setting that switches saving of passwords off for the whole program.',
    why: 'A new or changed password cannot be saved: the program asks for it at every start. Add-ons for passwords leave this setting behind.',
    repair:
      'When asked for by name, saving is allowed again, where passwords were saved before. Nothing is saved by that.',
    repairByName: true,
    faults: ['pains.md P21'],
  },

  find({ profile }) {
    if (profile.prefs.bool(name) !== false) return [];
    const saved = liveRows(profile).filter(({ origin }) => mailSchemes.test(origin ?? '')).length;
    return [
      {
        subject: { kind: 'preference', id: name },
        evidence: [prefEvidence(profile, name)],
        state: { saved },
        severity: saved > 0 ? 'warning' : 'info',
      },
    ];
  },

  words({ state: { saved } }, { profile }) {
    const effect =
      saved > 0
        ? `${saved === 1 ? 'One password for mail is' : `${saved} passwords for mail are`} saved, and can be used; a new or changed one cannot be saved, and is asked for at every start.`
        : 'No password for mail is saved; the program asks for each at every start. If you want that, all is well.';
    return {
      title: 'Saving of passwords is switched off',
      detail: `${effect} The switch is under Settings, Privacy & Security, Passwords.${userJsNote(profile, [name])}`,
    };
  },

  repair({ state: { saved } }, { profile }) {
    if (saved === 0) return null;
    return prefRepair(
      profile,
      'Allow passwords to be saved again',
      [{ name, to: null }],
      'passwords are saved',
    );
  },
});
