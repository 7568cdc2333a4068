/**
 * Looks for: a mail account that is hidden.
 * Why: it stays in the list and is not shown: no folder, no mail (formats.md 3.5, A23). The program has no switch for
 * it; add-ons and hands set it.
 * Found: `hidden` at a listed account of a mail type. The unified folders are hidden by the program; Local Folders are
 * hidden by people who do not need them: info.
 * Repaired: the line of a mail account goes.
 */

import type { Account } from '../../profile/accounts.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { ownerOfAccount } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

const mailTypes = ['imap', 'pop3', 'ews', 'graph', 'nntp', 'rss'];

export const accountHidden = defineCheck<Account>({
  meta: {
    id: 'settings/account-hidden',
    severity: 'warning',
    title: 'An account that is there and not shown',
    looksFor: 'Accounts in the list that are set to hidden.',
    why: 'The program fetches nothing for such an account and shows none of its folders, as if it were gone.',
    repair:
      'When asked for by name, a mail account is shown again. Hidden Local Folders are left as they are: many hide them on purpose.',
    repairByName: true,
    faults: ['formats.md A23', 'formats.md 3.5'],
  },

  find({ profile }) {
    return profile.accountList.accounts
      .filter(({ server }) => server.hidden && profile.prefs.bool(hiddenOf(server.key)) === true)
      .filter(({ server }) => server.host !== 'smart mailboxes')
      .filter(({ server }) => server.type === 'none' || mailTypes.includes(server.type ?? ''))
      .map((state) => ({
        subject: { kind: 'account', id: state.key },
        evidence: [prefEvidence(profile, hiddenOf(state.server.key))],
        state,
        severity: state.server.type === 'none' ? 'info' : 'warning',
        accounts: [state.key],
      }));
  },

  words({ state }, { profile }) {
    const owner = ownerOfAccount(profile, state.key);
    const note = userJsNote(profile, [hiddenOf(state.server.key)]);
    return state.server.type === 'none'
      ? {
          title: `${owner} is hidden`,
          detail: `Its mail stays on the disk and is not shown. Many hide it on purpose. To see it again, take ${hiddenOf(state.server.key)} out of the settings (Config Editor).${note}`,
        }
      : {
          title: `The account ${owner} is hidden`,
          detail: `It is in the list of accounts, but the program shows none of its folders. Its mail is untouched.${note}`,
        };
  },

  repair({ state }, { profile }) {
    if (state.server.type === 'none') return null;
    const wanted = [{ name: hiddenOf(state.server.key), to: null }];
    return prefRepair(
      profile,
      `Show ${ownerOfAccount(profile, state.key)} again`,
      wanted,
      'a hidden account shows no mail',
    );
  },
});

const hiddenOf = (serverKey: string): string => `${serverPrefix(serverKey)}hidden`;
