/**
 * Looks for: what is left of a directory or address book: lines without an address, a file or a kind.
 * Why: the program makes nothing of them; after a prefs.js that lost lines they are the trace of a directory that has
 * to be entered again (formats.md 3.9, postbox.md 8.1 A13).
 * Found: branches of `ldap_2.servers` other than the built-in ones. Where sign-in or search settings of an LDAP
 * directory are among them, its address was lost: a warning.
 * Repaired: the lines go, when asked for; those of a lost directory stay, for its owner to read.
 */

import { branchPrefix } from '../../profile/address-books.ts';
import type { Profile } from '../../profile/profile.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';

interface State {
  key: string;
  name: string;
  names: string[];
  /** Settings of it that only an LDAP directory has. */
  isLdap: boolean;
}

const builtIn = ['pab', 'history', 'default', 'osx', 'outlook'];
const ldapOnly = /\.(auth\.(dn|saslmech)|maxHits|protocolVersion|attrmap\..+|replication\..+|searchFilter)$/;

export const orphanDirectory = defineCheck<State>({
  meta: {
    id: 'leftovers/orphan-directory',
    severity: 'info',
    title: 'What is left of a directory or address book',
    looksFor: 'Settings of an address book or LDAP directory that name neither a file nor an address.',
    why: 'The program shows nothing for them. When sign-in settings are among them, a directory has lost its address.',
    repair:
      'Lines that are a mere rest are taken out when asked for. Those of a directory stay, so that it can be set up again.',
    faults: ['postbox.md 8.1 A13', 'formats.md 3.9'],
  },

  find({ profile }) {
    return rests(profile).map((state) => ({
      subject: { kind: 'preference', id: `ldap_2.servers.${state.key}` },
      evidence: state.names.slice(0, 3).map((name) => prefEvidence(profile, name)),
      state,
      severity: state.isLdap ? 'warning' : 'info',
    }));
  },

  words({ state: { key, name, isLdap } }) {
    return isLdap
      ? {
          title: `The directory ${name || key} has lost its address`,
          detail:
            'Its other settings are still there, but the program does not list it. Set it up again in the address book, under New, LDAP Directory; the administrator of the directory knows the address.',
        }
      : {
          title: `A rest of the address book ${name || key} is left in the settings`,
          detail: 'It names no file, so that the program shows nothing for it. It does no harm.',
        };
  },

  repair({ state: { key, name, names, isLdap } }, { profile }) {
    if (isLdap) return null;
    const wanted = names.map((one) => ({ name: one, to: null }));
    return prefRepair(
      profile,
      `Take the rest of ${name || key} out`,
      wanted,
      'nothing is made of these lines',
    );
  },
});

function rests({ prefs }: Profile): State[] {
  return prefs
    .children('ldap_2.servers.')
    .filter((key) => key !== '' && !builtIn.includes(key))
    .flatMap((key) => {
      const prefix = branchPrefix(key);
      const names = prefs.names(prefix);
      // A key can have dots in it: then the lines that count are further down.
      const isWhole = names.some((name) => /\.(uri|filename|dirType|carddav\.url)$/.test(name));
      if (isWhole || names.length === 0) return [];
      const name = prefs.string(`${prefix}description`) ?? '';
      return [{ key, name, names, isLdap: names.some((one) => ldapOnly.test(one)) }];
    });
}
