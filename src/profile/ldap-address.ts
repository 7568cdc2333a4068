/**
 * What is wrong with the address of an LDAP directory, as the program reads it: `ldap://host:port/base??scope?filter`
 * with the scheme in small letters (formats.md 3.9; read in 153.7). Null: nothing.
 */

export type LdapAddressFault =
  | {
      kind:
        | 'no-scheme'
        | 'scheme-capitals'
        | 'other-scheme'
        | 'no-host'
        | 'bad-host'
        | 'bad-port'
        | 'bad-base';
    }
  /** 636 and 3269 encrypt from the first byte, 389 and 3268 do not. */
  | { kind: 'port-security' };

export interface LdapAddressCheck {
  fault: LdapAddressFault['kind'];
  /** What it must be, where that is beyond doubt. */
  right: string | null;
}

const tlsPorts = [636, 3269];
const plainPorts = [389, 3268];

export function ldapAddressFault(uri: string): LdapAddressCheck | null {
  const trimmed = uri.trim();
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(trimmed) ?? [];
  if (scheme === undefined) {
    // A mere name says nothing of encryption and of where to search.
    return { fault: 'no-scheme', right: null };
  }
  const lower = scheme.toLowerCase();
  if (lower !== 'ldap' && lower !== 'ldaps') return { fault: 'other-scheme', right: null };
  if (scheme !== lower || trimmed !== uri) return { fault: 'scheme-capitals', right: `${lower}://${rest}` };
  const [, authority = '', base = ''] = /^([^/?#]*)(?:\/([^?#]*))?/.exec(rest) ?? [];
  const [, host, digits] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(authority) ?? [];
  if (host === undefined || /[\s@\\]/.test(host)) return { fault: 'bad-host', right: null };
  if (host === '') return { fault: 'no-host', right: null };
  const port = digits === undefined || digits === '' ? null : Number(digits);
  if (port !== null && !(Number.isInteger(port) && port >= 1 && port <= 65_535)) {
    return { fault: 'bad-port', right: uri.replace(`:${digits}`, '') };
  }
  if (base !== '' && !/^\s*[^=,]+=/.test(decoded(base))) return { fault: 'bad-base', right: null };
  const wrong = lower === 'ldap' ? tlsPorts : plainPorts;
  return port !== null && wrong.includes(port) ? { fault: 'port-security', right: null } : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
