/**
 * Looks for: a directory that addresses are completed from and that is not there.
 * Why: while an address is typed, nobody is found in it, without a word (postbox.md 8.1 A13).
 * Found: `ldap_2.autoComplete.directoryServer`, where it is switched on, and the directories of identities that have
 * one of their own; against the branches with an address.
 * Repaired: the line goes; where it was the program's only one, it is switched off with it.
 */

import { identityPrefix } from '../../profile/identities.ts';
import type { Profile } from '../../profile/profile.ts';
import { accountsOfIdentity } from '../accounts-of.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { userJsNote } from './user-js.ts';

interface State {
  name: string;
  /** The switch that goes with it. */
  switch: string;
  target: string;
  /** Address of the sender; null: of the whole program. */
  who: string | null;
  accounts: string[];
}

export const directoryMissing = defineCheck<State>({
  meta: {
    id: 'settings/directory-missing',
    severity: 'warning',
    title: 'Addresses are completed from a directory that is not there',
    looksFor: 'A setting for completing addresses that names a directory of which no setting is left.',
    why: 'Nobody is found in it while you type an address, and the program does not say why.',
    repair: 'The setting is taken out. The address books on this computer are searched as before.',
    faults: ['postbox.md 8.1 A13', 'formats.md 3.9'],
  },

  find({ profile }) {
    return dangling(profile).map((state) => ({
      subject: { kind: 'preference', id: state.name },
      evidence: [prefEvidence(profile, state.name), prefEvidence(profile, `${state.target}.uri`)],
      state,
      accounts: state.accounts,
    }));
  },

  words({ state: { name, target, who } }, { profile }) {
    return {
      title: `Addresses${who === null ? '' : ` for ${who}`} are to be completed from a directory that is not there ("${target}")`,
      detail: `Nobody is found in it. The address books on this computer are searched all the same.${userJsNote(profile, [name])}`,
    };
  },

  repair({ state }, { profile }) {
    const wanted = [
      { name: state.name, to: null },
      { name: state.switch, to: null },
    ];
    return prefRepair(
      profile,
      'Take the missing directory out',
      wanted,
      `there is no directory ${state.target}`,
    );
  },
});

function dangling(profile: Profile): State[] {
  const { prefs, accountList } = profile;
  const common = 'ldap_2.autoComplete.directoryServer';
  const identities = accountList.accounts.flatMap((account) => account.identities);
  const named: State[] = [
    ...(prefs.bool('ldap_2.autoComplete.useDirectory') === true
      ? [{ name: common, switch: 'ldap_2.autoComplete.useDirectory', who: null, accounts: [] }]
      : []),
    ...[...new Map(identities.map((identity) => [identity.key, identity])).values()]
      .filter(({ key }) => prefs.bool(`${identityPrefix(key)}overrideGlobal_Pref`) === true)
      .map(({ key, email }) => ({
        name: `${identityPrefix(key)}directoryServer`,
        switch: `${identityPrefix(key)}overrideGlobal_Pref`,
        who: email || key,
        accounts: accountsOfIdentity(profile, key),
      })),
  ].flatMap((one) => {
    const target = prefs.string(one.name) ?? '';
    return target === '' ? [] : [{ ...one, target }];
  });
  // One whose address is wrong is settings/directory-address.
  return named.filter(({ target }) => {
    return !prefs.string(`${target}.uri`);
  });
}
