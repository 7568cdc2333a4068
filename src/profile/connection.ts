/**
 * Connection security and authentication: the numbers in preferences and their names (formats.md 3.2, design.md 5).
 */

export type Security = 'none' | 'starttls-if-available' | 'starttls' | 'tls';

export type Authentication =
  | 'none'
  | 'password'
  | 'encrypted-password'
  | 'kerberos'
  | 'ntlm'
  | 'tls-certificate'
  | 'any-secure'
  | 'any'
  | 'oauth2';

/** socketType and try_ssl. Null: a number that no program knows. */
export function securityName(socketType: number): Security | null {
  const names: Record<number, Security> = { 0: 'none', 1: 'starttls-if-available', 2: 'starttls', 3: 'tls' };
  return names[socketType] ?? null;
}

/** authMethod. Null: a number that no program knows (0 is the invalid one of nsMsgAuthMethod). */
export function authenticationName(authMethod: number): Authentication | null {
  const names: Record<number, Authentication> = {
    1: 'none',
    2: 'password',
    3: 'password',
    4: 'encrypted-password',
    5: 'kerberos',
    6: 'ntlm',
    7: 'tls-certificate',
    8: 'any-secure',
    9: 'any',
    10: 'oauth2',
  };
  return names[authMethod] ?? null;
}

/** The port that a protocol has without a setting; null where there is none (Local Folders, feeds, chat). */
export function defaultPort(type: string | null, security: Security | null): number | null {
  const ports: Record<string, [plain: number, tls: number]> = {
    imap: [143, 993],
    pop3: [110, 995],
    nntp: [119, 563],
    smtp: [587, 465],
    ews: [80, 443],
    graph: [80, 443],
  };
  const pair = type === null ? undefined : ports[type];
  return pair === undefined ? null : pair[security === 'tls' ? 1 : 0];
}

/** The port that stands in a web address; null without one, or without an address. */
export function urlPort(url: string | undefined): number | null {
  const port = url !== undefined && URL.canParse(url) ? new URL(url).port : '';
  return port === '' ? null : Number(port);
}
