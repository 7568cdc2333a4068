/**
 * Incoming servers: every `mail.server.<key>.*` branch, listed in an account or not (formats.md 3.2).
 * Defaults: a missing value is that of `mail.server.default.*`, which a user can set too, else the built-in one.
 */

import {
  type Authentication,
  authenticationName,
  defaultPort,
  type Security,
  securityName,
  urlPort,
} from './connection.ts';
import type { Preferences } from './preferences.ts';
import { isExchange, isScripted } from './server-types.ts';

export interface IncomingServer {
  key: string;
  /** Null: the program has nothing to make a server from. */
  type: string | null;
  host: string | null;
  username: string;
  name: string | null;
  /** What the preference says; null without one. */
  portSet: number | null;
  /** The one that is used; null for types that have none. */
  port: number | null;
  socketType: number;
  security: Security | null;
  authMethod: number;
  authentication: Authentication | null;
  hidden: boolean;
  valid: boolean;
  /** Null: a kind of store that the program does not have; it shows no folder then. */
  storage: 'mbox' | 'maildir' | null;
  /** Key of the account whose Inbox takes this POP server's mail. */
  deferredTo: string | null;
  /** Of a type that no add-on offers now: the account is kept for some time, not shown. */
  isWaitedFor: boolean;
  /** Every preference of the branch, sorted. */
  prefNames: string[];
}

export const serverPrefix = (key: string): string => `mail.server.${key}.`;

const builtIn = { port: -1, socketType: 0, authMethod: 3 };

export function readServers(prefs: Preferences): IncomingServer[] {
  return prefs
    .children('mail.server.')
    .filter((key) => key !== 'default' && key !== '')
    .map((key) => readServer(prefs, key))
    .filter((server) => server.prefNames.length > 0);
}

function readServer(prefs: Preferences, key: string): IncomingServer {
  const prefix = serverPrefix(key);
  const either = <T>(read: (name: string) => T | undefined, name: string): T | undefined =>
    read(prefix + name) ?? read(`mail.server.default.${name}`);
  const type = prefs.string(`${prefix}type`) ?? null;
  const socketType = readSocketType(prefs, prefix);
  const security = securityName(socketType);
  const authMethod = either(prefs.int, 'authMethod') ?? builtIn.authMethod;
  return {
    key,
    type,
    host: prefs.string(`${prefix}hostname`) ?? null,
    username: prefs.string(`${prefix}userName`) || prefs.string('mail.server.default.userName') || '',
    name: either(prefs.string, 'name') ?? null,
    portSet: prefs.int(`${prefix}port`) ?? null,
    port: isExchange(type)
      ? (urlPort(prefs.string(`${prefix}ews_url`)) ?? defaultPort(type, security))
      : effectivePort(type, either(prefs.int, 'port') ?? builtIn.port, security),
    socketType,
    security,
    authMethod,
    // Chat has neither; its preferences are elsewhere.
    authentication: type === 'im' ? null : authenticationName(authMethod),
    hidden: either(prefs.bool, 'hidden') ?? false,
    valid: either(prefs.bool, 'valid') ?? true,
    storage: type === 'im' ? null : storageName(either(prefs.string, 'storeContractID') ?? ''),
    deferredTo: prefs.string(`${prefix}deferred_to_account`) || null,
    isWaitedFor: isWaitedFor(prefs, prefix),
    prefNames: prefs.names(prefix),
  };
}

/**
 * -1 is "not set", and 0 cannot be used (nsMsgIncomingServer::GetPort); those written in JavaScript take no port below
 * 2 (MsgIncomingServer). Chat has none in any case.
 */
function effectivePort(type: string | null, wanted: number, security: Security | null): number | null {
  const isSet = isScripted(type) ? wanted > 1 : wanted !== -1 && wanted !== 0 && type !== 'im';
  return isSet ? wanted : defaultPort(type, security);
}

/** Without socketType the old `isSecure` decides (nsMsgIncomingServer::GetSocketType). */
function readSocketType(prefs: Preferences, prefix: string): number {
  const own = prefs.int(`${prefix}socketType`);
  if (own !== undefined) return own;
  if (prefs.bool(`${prefix}isSecure`) === true) return 3;
  return prefs.int('mail.server.default.socketType') ?? builtIn.socketType;
}

/** `mail.serverDefaultStoreContractID` is for new accounts only; without an own value it is mbox. */
function storageName(contract: string): IncomingServer['storage'] {
  const names: Record<string, IncomingServer['storage']> = {
    '': 'mbox',
    '@mozilla.org/msgstore/berkeleystore;1': 'mbox',
    '@mozilla.org/msgstore/maildirstore;1': 'maildir',
  };
  return names[contract] ?? null;
}

/** Certain only for the first start without the add-on, which notes the time; later ones may be too late. */
function isWaitedFor(prefs: Preferences, prefix: string): boolean {
  return (
    (prefs.int(`${prefix}secondsToLeaveUnavailable`) ?? 0) !== 0 &&
    (prefs.int(`${prefix}timeFoundUnavailable`) ?? 0) === 0
  );
}
