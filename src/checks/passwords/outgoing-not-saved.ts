/**
 * Looks for: an account whose password for fetching is saved and whose password for sending is not.
 * Why: the program asks for it when something is sent, not before, which looks like a fault; after old passwords were
 * taken out one tends to forget that half (formats.md K11, postbox.md 8.2 P3).
 * Found: by the names of the saved rows.
 * Repaired: nothing is broken: the answer is to send a message and type the password.
 */

import { hostFate } from '../../profile/host-name.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { type LookUp, nearRows, passwordLookUps, rowsFor } from './look-ups.ts';

interface State {
  outgoing: LookUp;
}

export const outgoingNotSaved = defineCheck<State>({
  meta: {
    id: 'passwords/outgoing-not-saved',
    severity: 'info',
    title: 'The password for sending is not saved',
    looksFor: 'Accounts whose password for fetching mail is saved and whose password for sending is not.',
    why: 'The program asks for it at the next message that is sent, not before.',
    repair: 'None is needed: send a message and type the password when it is asked for.',
    example: 'The password for imap.example.org is saved, that for smtp.example.org is not.',
    faults: ['formats.md K11', 'postbox.md 8.2 P3'],
  },

  find({ profile }) {
    const lookUps = passwordLookUps(profile);
    const fetching = new Set(
      lookUps
        .filter((one) => !one.isOutgoing && rowsFor(profile, one).length > 0)
        .flatMap((one) => one.accounts),
    );
    return (
      lookUps
        .filter((one) => one.isOutgoing && one.accounts.some((account) => fetching.has(account)))
        // The password waits under the name that was meant: settings/outgoing-host-malformed.
        .filter((one) => hostFate('smtp', one.host) === 'accepted')
        .filter((one) => rowsFor(profile, one).length === 0 && nearRows(profile, one).length === 0)
        .map((outgoing) => ({
          subject: { kind: 'outgoing' as const, id: outgoing.server.key },
          evidence: [prefEvidence(profile, outgoing.hostPref)],
          state: { outgoing },
          accounts: outgoing.accounts,
        }))
    );
  },

  words({ state: { outgoing } }) {
    return {
      title: `No password is saved for sending from ${outgoing.who} (${outgoing.host})`,
      detail:
        'That is normal if you type it each time, or have taken it out: it is asked for when you send a message.',
    };
  },
});
