/**
 * The servers of a profile as the checks of `settings/sign-in-…` look at them: every listed incoming server and every
 * outgoing server that somebody sends through, with how it signs in and what its provider takes.
 */

import { loginKeyOf, registrationOf } from '../../profile/login-keys.ts';
import { isLoopback } from '../../profile/nearby-host.ts';
import type { OAuthRegistration } from '../../profile/oauth-registry.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { providerOfServer } from '../../providers/find-provider.ts';
import { matchesHost, type Protocol, type Provider } from '../../providers/provider.ts';
import { accountsOfOutgoing, accountsOfServer, listedServers } from '../accounts-of.ts';
import type { Subject } from '../finding.ts';
import { listed, nameOfOutgoing, ownerOfServer, sendersThrough } from './owner-names.ts';

/** `window`: OAuth2. `password`: it sends, or proves that it knows, a password. */
export type Method = 'window' | 'password';

export interface SignInServer {
  server: IncomingServer | OutgoingServer;
  host: string;
  protocol: Protocol;
  method: Method;
  /** Null: not one of the table. */
  provider: Provider | null;
  /** The host is one that the provider has given up. */
  isFormerHost: boolean;
  /** Null: the program cannot open a sign-in window for it. */
  registration: OAuthRegistration | null;
  subject: Subject;
  /** As its owner knows it: addresses. */
  who: string;
  accounts: string[];
  /** Name of the preference that holds the method. */
  pref: string;
}

const passwordMethods: readonly (string | null)[] = [
  'password',
  'encrypted-password',
  'ntlm',
  'any-secure',
  'any',
];

/** In the order of the accounts, then of the outgoing servers. Servers on this computer are left out: bridges. */
export const signInServers: (profile: Profile) => SignInServer[] = oncePerProfile((profile) => [
  ...listedServers(profile).flatMap((server) => incoming(profile, server)),
  ...profile.outgoing.servers.flatMap((server) => outgoing(profile, server)),
]);

function incoming(profile: Profile, server: IncomingServer): SignInServer[] {
  const { key, type } = server;
  if (type !== 'imap' && type !== 'pop3') return [];
  const who = ownerOfServer(profile, key);
  return describe(profile, server, type, who, {
    subject: { kind: 'server', id: key },
    accounts: accountsOfServer(profile, key),
    pref: `${serverPrefix(key)}authMethod`,
  });
}

/** Without user name nothing signs in; one that nobody sends through harms nobody. */
function outgoing(profile: Profile, server: OutgoingServer): SignInServer[] {
  const { key } = server;
  if (!server.listed || server.type !== 'smtp' || server.username === '') return [];
  const accounts = accountsOfOutgoing(profile, key);
  if (accounts.length === 0) return [];
  const isDefault = profile.outgoing.defaultKey === key;
  const senders = [
    ...new Set([...sendersThrough(profile, key), ...(isDefault ? sendersThrough(profile, null) : [])]),
  ];
  return describe(profile, server, 'smtp', senders.length > 0 ? listed(senders) : nameOfOutgoing(server), {
    subject: { kind: 'outgoing', id: key },
    accounts,
    pref: `${outgoingPrefix(key)}authMethod`,
  });
}

function describe(
  profile: Profile,
  server: IncomingServer | OutgoingServer,
  protocol: Protocol,
  who: string,
  about: Pick<SignInServer, 'subject' | 'accounts' | 'pref'>,
): SignInServer[] {
  const { host, authentication, username } = server;
  if (!host || isLoopback(host)) return [];
  const method = methodOf(authentication);
  if (method === null) return [];
  // A method in quotes is settings/wrong-type: the one that counts here is not the one that was meant.
  if (profile.prefs.has(about.pref) && profile.prefs.int(about.pref) === undefined) return [];
  const address = username.includes('@') ? username : who;
  const provider = providerOfServer(host, protocol, address);
  const isFormerHost = provider?.former.some((pattern) => matchesHost(pattern, host)) ?? false;
  return [
    {
      server,
      host,
      protocol,
      method,
      provider,
      isFormerHost,
      registration: registrationOf(server),
      who,
      ...about,
    },
  ];
}

function methodOf(authentication: string | null): Method | null {
  if (authentication === 'oauth2') return 'window';
  return passwordMethods.includes(authentication) ? 'password' : null;
}

/** Only preferences of its own say so; the program takes no OAuth2 without a registration otherwise. */
export const hasOwnOAuthDetails = ({ server }: SignInServer): boolean =>
  server.prefNames.some((name) => name.includes('.oauth2.'));

/** Saved under exactly the name that the program looks up. User names are encrypted: it may be of another user. */
export function hasSavedLogin(profile: Profile, { server }: SignInServer): boolean {
  const key = loginKeyOf(server);
  const { live, logins, backup } = profile.logins;
  const rows = [logins, backup].find(({ file }) => file === live)?.logins ?? [];
  return rows.some((row) => !row.deleted && row.origin === key?.origin);
}

export const isFetching = ({ protocol }: SignInServer): boolean => protocol !== 'smtp';

/** What the method is called in the account settings of the program. */
export const oAuth2Setting = 'Authentication method: OAuth2';
