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
} from './connection.ts';
import type { Preferences } from './preferences.ts';

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
  storage: 'mbox' | 'maildir';
  /** Key of the account whose Inbox takes this POP server's mail. */
  deferredTo: string | null;
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
  const int = (name: 'port' | 'authMethod'): number =>
    prefs.int(prefix + name) ?? prefs.int(`mail.server.default.${name}`) ?? builtIn[name];
  const type = prefs.string(`${prefix}type`) ?? null;
  const socketType = readSocketType(prefs, prefix);
  const security = securityName(socketType);
  const portSet = prefs.int(`${prefix}port`) ?? null;
  // -1 is "not set", and 0 cannot be used (nsMsgIncomingServer::GetPort).
  const wanted = int('port');
  return {
    key,
    type,
    host: prefs.string(`${prefix}hostname`) ?? null,
    username: prefs.string(`${prefix}userName`) ?? '',
    name: prefs.string(`${prefix}name`) ?? null,
    portSet,
    port: wanted === -1 || wanted === 0 ? defaultPort(type, security) : wanted,
    socketType,
    security,
    authMethod: int('authMethod'),
    authentication: authenticationName(int('authMethod')),
    hidden: prefs.bool(`${prefix}hidden`) ?? false,
    valid: prefs.bool(`${prefix}valid`) ?? true,
    storage: readStorage(prefs, prefix),
    deferredTo: prefs.string(`${prefix}deferred_to_account`) || null,
    prefNames: prefs.names(prefix),
  };
}

/** Without socketType the old `isSecure` decides (nsMsgIncomingServer::GetSocketType). */
function readSocketType(prefs: Preferences, prefix: string): number {
  const own = prefs.int(`${prefix}socketType`);
  if (own !== undefined) return own;
  if (prefs.bool(`${prefix}isSecure`) === true) return 3;
  return prefs.int('mail.server.default.socketType') ?? builtIn.socketType;
}

function readStorage(prefs: Preferences, prefix: string): 'mbox' | 'maildir' {
  const contract =
    prefs.string(`${prefix}storeContractID`) ?? prefs.string('mail.serverDefaultStoreContractID') ?? '';
  return contract.includes('maildirstore') ? 'maildir' : 'mbox';
}
