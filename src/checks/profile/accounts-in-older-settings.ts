/**
 * Looks for: accounts that an older or quarantined copy of the settings lists, whose mail is on the disk, and of which
 * prefs.js has no server any more.
 * Why: after a damaged prefs.js the program goes on with the rest and leaves the whole file as Invalidprefs.js, which
 * nobody reads (formats.md 2.3, P1, P2, P7). A half-saved prefs-1.js is never read either (breakage.md).
 * Found: older-accounts.ts. Certain where the damage in that copy took the account, or where the copy is from a time
 * with more accounts; otherwise its owner may have removed it, and it is only mentioned.
 * Repaired: the settings of those accounts are copied over; nothing that is there is overwritten.
 */

import type { Preferences } from '../../profile/preferences.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { defineCheck, waitsFor } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { editPrefsOperation } from '../pref-operations.ts';
import { accountName, megabytes } from '../wording.ts';
import { type OlderAccount, type OlderSettings, olderSettings } from './older-accounts.ts';
import { blockerOf } from './settings-state.ts';
import { transplant } from './transplant.ts';

export const accountsInOlderSettings = defineCheck<OlderSettings>({
  meta: {
    id: 'profile/accounts-in-older-settings',
    severity: 'error',
    title: 'An account that only an older copy of the settings knows',
    looksFor:
      'An account in Invalidprefs.js or a half-saved prefs-1.js whose mail is still on the disk and that the present settings do not have.',
    why: 'After damage to prefs.js the program carries on with what is left and never looks into the copy again. The account seems deleted; its mail is not.',
    repair:
      'The settings of the account are taken over from the copy, and the account goes back into the list. Where you may have removed it yourself, only when you ask for it.',
    faults: ['formats.md P1', 'formats.md P2', 'formats.md P7', 'pains.md P12'],
  },

  skip({ profile }) {
    const blocker = blockerOf(profile);
    return blocker === null ? null : waitsFor(blocker);
  },

  find({ profile }) {
    if (blockerOf(profile) !== null) return [];
    return olderSettings(profile).map((state) => ({
      subject: { kind: 'file' as const, id: state.file },
      severity: state.certain ? ('error' as const) : ('info' as const),
      evidence: [
        ...state.accounts.map((one) => ({
          file: state.file,
          ...lineOf(state.older, one),
          note: `lists ${nameOf(one)}`,
        })),
        prefEvidence(profile, 'mail.accountmanager.accounts'),
      ],
      state,
    }));
  },

  words({ state: { file, accounts, certain } }) {
    const bytes = accounts.reduce((sum, { mail }) => sum + mail.bytes, 0);
    const mail = `${megabytes(bytes)} of ${accounts.length === 1 ? 'its' : 'their'} mail are still on the disk.`;
    return {
      title: `${subjectOf(accounts)} only in ${file}, a copy of older settings`,
      detail: certain
        ? `The present settings have lost ${accounts.length === 1 ? 'it' : 'them'}; ${mail}`
        : `If you removed ${accounts.length === 1 ? 'it' : 'them'} yourself, all is well. If not: ${mail} mailmend can take the settings over from there.`,
    };
  },

  repair({ state: { file, older, accounts } }, { profile }) {
    const wanted = transplant(
      profile,
      older,
      accounts.map(({ account }) => account),
    );
    const edit = editPrefsOperation(profile, wanted, `the settings come from ${file}`);
    return edit === null
      ? null
      : {
          title: `Take the account${accounts.length === 1 ? '' : 's'} ${accounts.map(nameOf).join(', ')} over from ${file}`,
          risk: 'settings',
          operations: [edit],
        };
  },
});

const nameOf = ({ account }: OlderAccount): string => accountName(account);

function subjectOf(accounts: readonly OlderAccount[]): string {
  const names = accounts.map(nameOf).join(', ');
  return accounts.length === 1 ? `The account ${names} is` : `The accounts ${names} are`;
}

function lineOf(older: Preferences, { account }: OlderAccount): { line?: number } {
  const where = older.where(`${serverPrefix(account.server.key)}hostname`);
  return where === null ? {} : { line: where.line };
}
