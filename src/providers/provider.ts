/**
 * What a mail provider asks of people who use a mail program: data, in our own words, with its sources and the day on
 * which they were looked at (providers.md b). Belongs here: the shape of a record, and matching a host to it.
 * What is not known stays null; nothing is filled in by guessing.
 */

export type Protocol = 'imap' | 'pop3' | 'smtp';

/**
 * How a provider lets a mail program sign in: a window of the provider's own (OAuth2), a password made for this one
 * program, or the password of the account.
 */
export type SignIn = 'oauth2' | 'app-password' | 'password';

/** A day on which the provider stopped, or stops, taking the password of the account from mail programs. */
export interface PasswordEnd {
  /** YYYY-MM-DD. */
  on: string;
  of: readonly Protocol[];
  /** `stopped`: none is taken any more. `off-by-default`: an administrator can allow it again. */
  how: 'stopped' | 'off-by-default';
  /** Part of a sentence, behind "since" or "on": what happened, for whom. */
  say: string;
}

export interface Ask {
  of: readonly Protocol[];
  /** With which of the ways to sign in it is asked. */
  with: readonly SignIn[];
  kind: 'app-password' | 'switch-on' | 'plan' | 'administrator' | 'user-name' | 'bridge' | 'moved';
  /** What has to be done and where, in full sentences for the owner of the mail. */
  say: string;
}

export interface Source {
  what: string;
  where: string;
  /** `primary`: the provider's own words. `reported`: of others. `knowledge`: the project's notes, not checked again. */
  grade: 'primary' | 'reported' | 'knowledge';
}

export interface Provider {
  id: string;
  /** As its users know it. */
  name: string;
  /** Host names; `*.` in front stands for one label or more. */
  incoming: readonly string[];
  outgoing: readonly string[];
  /** Names that the provider used and gave up, or keeps for old set-ups only. */
  former: readonly string[];
  /** Domains of addresses that nobody else gives away. */
  mailDomains: readonly string[];
  /** Best first. An empty list: the provider does not offer the protocol. Null: not known. */
  takes: Readonly<Record<Protocol, readonly SignIn[] | null>>;
  ends: readonly PasswordEnd[];
  asks: readonly Ask[];
  sources: readonly Source[];
  /** YYYY-MM-DD. */
  checkedOn: string;
}

export const fetching: readonly Protocol[] = ['imap', 'pop3'];
export const everyProtocol: readonly Protocol[] = ['imap', 'pop3', 'smtp'];
export const anyPassword: readonly SignIn[] = ['app-password', 'password'];
export const anySignIn: readonly SignIn[] = ['oauth2', 'app-password', 'password'];

/** @param pattern a host name, or one with `*.` in front. */
export function matchesHost(pattern: string, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}

/** Whether the password of the account can be right for a mail program at all; null: not known. */
export function takesPasswords(provider: Provider, protocol: Protocol): boolean | null {
  const ways = provider.takes[protocol];
  return ways === null ? null : ways.some((way) => way !== 'oauth2');
}

/** Only a window of the provider's own; no password of any kind. */
export function takesOnlyOAuth(provider: Provider, protocol: Protocol): boolean {
  const ways = provider.takes[protocol];
  return ways !== null && ways.length > 0 && ways.every((way) => way === 'oauth2');
}
