/**
 * LDAP directories: `ldap_2.servers.<key>.*` with an LDAP address (formats.md 3.9, RFC 4516).
 */

import { bookName, branchesWith, branchPrefix, compareBookNames, isLdapAddress } from './address-books.ts';
import { canonicalHost } from './host-name.ts';
import type { Preferences } from './preferences.ts';
import { withoutPassword } from './uri.ts';

export interface LdapDirectory {
  key: string;
  /** "" where the preference is missing. */
  name: string;
  /** As in preferences; a password in it is left out. */
  uri: string;
  /** In small letters and Punycode, as the program asks for it; without the brackets of an IPv6 address; null where there is none. */
  host: string | null;
  /** The effective one. */
  port: number;
  /** Decoded; "" searches from the top. */
  baseDn: string;
  /** Who signs in; null = anonymous. */
  bindDn: string | null;
  security: 'none' | 'tls';
  maxHits: number;
}

/** By name, as the program lists them. */
export function readLdapDirectories(prefs: Preferences): LdapDirectory[] {
  return branchesWith(prefs, 'uri')
    .flatMap((key): LdapDirectory[] => {
      const uri = prefs.string(`${branchPrefix(key)}uri`);
      return isLdapAddress(uri) ? [readDirectory(prefs, key, uri)] : [];
    })
    .sort((a, b) => compareBookNames(a.name, b.name));
}

function readDirectory(prefs: Preferences, key: string, uri: string): LdapDirectory {
  const prefix = branchPrefix(key);
  return {
    key,
    name: bookName(prefs, key),
    uri: withoutPassword(uri),
    ...splitAddress(uri),
    bindDn: prefs.string(`${prefix}auth.dn`) || null,
    maxHits: prefs.int(`${prefix}maxHits`) ?? 100,
  };
}

function splitAddress(uri: string): Pick<LdapDirectory, 'host' | 'port' | 'baseDn' | 'security'> {
  const security = uri.startsWith('ldaps:') ? 'tls' : 'none';
  const [, authority = '', dn = ''] = /^ldaps?:\/\/([^/?#]*)(?:\/([^?#]*))?/.exec(uri) ?? [];
  const address = authority.slice(authority.lastIndexOf('@') + 1);
  const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(address) ?? [];
  const port = Number(digits || 0);
  const host = decode(bracketed ?? plain ?? address);
  return {
    host: host === '' ? null : canonicalHost(host),
    port: port > 0 && port <= 65535 ? port : security === 'tls' ? 636 : 389,
    baseDn: decode(dn),
    security,
  };
}

/** What is no percent-encoded UTF-8 stays as it is written. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
