/**
 * Looks for: an LDAP directory (the company address book, mostly of Exchange) whose address cannot work.
 * Why: the directory is missing from the address books, or finds nobody and holds up every address that is typed
 * (postbox.md 8.1 A13, formats.md 3.9).
 * Found: scheme, host, port, the port against the encryption, the place to search from, a password without encryption.
 * Repaired: a scheme in capitals or a blank around the address, and a port that does not exist. The rest only the
 * administrator knows.
 */

import { branchesWith, branchPrefix } from '../../profile/address-books.ts';
import { type LdapAddressCheck, ldapAddressFault } from '../../profile/ldap-address.ts';
import { isLoopback, isPrivateNetwork } from '../../profile/nearby-host.ts';
import type { Profile } from '../../profile/profile.ts';
import { withoutPassword } from '../../profile/uri.ts';
import { defineCheck } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { prefRepair } from '../pref-repair.ts';
import { userJsNote } from './user-js.ts';

type Kind = LdapAddressCheck['fault'] | 'unencrypted' | 'no-base';

interface State {
  key: string;
  name: string;
  uri: string;
  kind: Kind;
  right: string | null;
}

export const directoryAddress = defineCheck<State>({
  meta: {
    id: 'settings/directory-address',
    severity: 'error',
    title: 'An LDAP directory whose address cannot work',
    looksFor:
      'Directories of a company or school (LDAP, mostly Exchange): whether address, port, encryption and search base can work.',
    why: 'The directory then finds nobody, or is missing from the address books, and typing an address may hang for a while.',
    repair:
      'An address with capitals in "ldap:" or a blank around it is written properly, and a port that does not exist is taken out. The rest only the administrator of the directory knows.',
    faults: ['postbox.md 8.1 A13', 'formats.md 3.9'],
  },

  find({ profile }) {
    return directories(profile).flatMap((directory) => {
      const found = faultOf(profile, directory.key, directory.uri);
      if (found === null) return [];
      const state = { ...directory, uri: withoutPassword(directory.uri), ...found };
      return [
        {
          subject: { kind: 'preference' as const, id: `ldap_2.servers.${directory.key}` },
          evidence: [prefEvidence(profile, uriOf(directory.key), `${uriOf(directory.key)} = "${state.uri}"`)],
          state,
          ...lesserSeverity(found.kind),
        },
      ];
    });
  },

  words({ state: { key, name, uri, kind } }, { profile }) {
    const [what, advice] = words[kind];
    return {
      title: `The directory ${name || key}: ${what} (${uri})`,
      detail: `${advice} Its properties are in the address book; compare them with what the administrator of the directory gives.${userJsNote(profile, [uriOf(key)])}`,
    };
  },

  repair({ state: { key, name, right } }, { profile }) {
    // A password in the address would stand in the plan.
    if (right === null || right !== withoutPassword(right)) return null;
    const wanted = [{ name: uriOf(key), to: right }];
    return prefRepair(
      profile,
      `Write the address of ${name || key} properly`,
      wanted,
      'the program reads it so',
    );
  },
});

const words: Record<Kind, [title: string, detail: string]> = {
  'no-scheme': [
    'its address does not say ldap:// or ldaps://',
    'The program does not know it as a directory, and does not list it.',
  ],
  'scheme-capitals': [
    'its address is not written as the program reads it',
    'The program wants "ldap://" or "ldaps://" in small letters, without a blank, and does not list this one.',
  ],
  'other-scheme': [
    'its address is not one of a directory',
    'Only addresses that begin with ldap:// or ldaps:// are directories: the program does not list this one.',
  ],
  'no-host': ['its address names no server', 'Nothing can be looked up there.'],
  'bad-host': ['its server name is not a name', 'Nothing can be looked up there.'],
  'bad-port': ['its port does not exist', 'Port numbers go from 1 to 65535: nothing can be looked up there.'],
  'bad-base': [
    'the place to search from is not one',
    'A search base reads like dc=example,dc=org; with any other text the server answers with an error.',
  ],
  'port-security': [
    'port and encryption do not go together',
    'On ports 636 and 3269 directories encrypt from the first byte (ldaps://), on 389 and 3268 they do not (ldap://). The connection cannot succeed as it is.',
  ],
  unencrypted: [
    'its password is sent without encryption',
    'Everybody on the way to the directory can read it. Use ldaps:// (port 636) if the directory offers it.',
  ],
  'no-base': [
    'no place to search from is set',
    'Many directories, Exchange among them, then find nobody on port 389 or 636. It is right for some.',
  ],
};

/** The others are errors. */
function lesserSeverity(kind: Kind): { severity?: 'warning' | 'info' } {
  if (kind === 'unencrypted') return { severity: 'warning' };
  return kind === 'no-base' ? { severity: 'info' } : {};
}

const uriOf = (key: string): string => `${branchPrefix(key)}uri`;

/** Branches that are meant as directories: not the books that have an address of another kind. */
function directories({ prefs }: Profile): { key: string; name: string; uri: string }[] {
  return branchesWith(prefs, 'uri').flatMap((key) => {
    const prefix = branchPrefix(key);
    const uri = prefs.string(`${prefix}uri`) ?? '';
    const isOther = /^(moz-|jsaddrbook|jscarddav|https?:)/i.test(uri) && prefs.int(`${prefix}dirType`) !== 0;
    return uri === '' || isOther ? [] : [{ key, name: prefs.string(`${prefix}description`) ?? '', uri }];
  });
}

function faultOf({ prefs }: Profile, key: string, uri: string): Pick<State, 'kind' | 'right'> | null {
  const fault = ldapAddressFault(uri);
  if (fault !== null) return { kind: fault.fault, right: fault.right };
  const [, host = '', base = ''] = /^ldaps?:\/\/(\[[^\]]*\]|[^:/?#]*)[^/?#]*\/?([^?#]*)/.exec(uri) ?? [];
  const isNear = isLoopback(host) || isPrivateNetwork(host);
  const signsIn = (prefs.string(`${branchPrefix(key)}auth.dn`) ?? '') !== '';
  if (uri.startsWith('ldap:') && signsIn && !isNear) return { kind: 'unencrypted', right: null };
  return base === '' ? { kind: 'no-base', right: null } : null;
}
