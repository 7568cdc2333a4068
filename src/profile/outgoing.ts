/**
 * Outgoing servers: the list `mail.smtpservers` and every `mail.smtpserver.<key>.*` branch (formats.md 3.4).
 * The list is split at commas, empty items fall out, blanks are not trimmed: " smtp2" is a key of its own.
 * Measured with Thunderbird 153.7 on 2026-11-23: a key that is listed twice is shown twice; for Exchange only the type
 * is read from that branch, the rest is in `mail.outgoingserver.<key>.*`, with a web address in place of a host.
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
import { isExchange } from './server-types.ts';

export interface OutgoingServer {
  key: string;
  /** "smtp" where the preference is missing, as the program takes it. */
  type: string;
  /** In `mail.smtpservers`. */
  listed: boolean;
  host: string;
  username: string;
  description: string | null;
  portSet: number | null;
  port: number | null;
  socketType: number;
  security: Security | null;
  authMethod: number;
  authentication: Authentication | null;
  prefNames: string[];
}

export interface Outgoing {
  /** As written, in order, blanks kept. */
  listed: string[];
  /** The listed ones in order, then the others. */
  servers: OutgoingServer[];
  /** `mail.smtp.defaultserver`, null when unset. */
  defaultKeySet: string | null;
  /** The one that the program uses as default; null: there is none, and nothing without a server of its own can be sent. */
  defaultKey: string | null;
  /** A listed key of a type that the program cannot make: the whole list throws, nothing can be sent. */
  poisonedBy: string[];
}

/** Types that Thunderbird 153 and later can make. */
export const outgoingTypes: readonly string[] = ['smtp', 'ews', 'graph'];

export const outgoingPrefix = (key: string): string => `mail.smtpserver.${key}.`;

export function readOutgoing(prefs: Preferences): Outgoing {
  const listed = (prefs.string('mail.smtpservers') ?? '').split(',').filter((key) => key !== '');
  const branches = prefs.children('mail.smtpserver.').filter((key) => key !== 'default' && key !== '');
  const keys = [...new Set([...listed, ...branches])];
  const servers = keys.map((key) => readServer(prefs, key, listed.includes(key)));
  const defaultKeySet = prefs.string('mail.smtp.defaultserver') || null;
  return {
    listed,
    servers,
    defaultKeySet,
    // Unset: the first of the list becomes default. Set but not in the list: no default (OutgoingServerService).
    defaultKey:
      defaultKeySet === null ? (listed[0] ?? null) : listed.includes(defaultKeySet) ? defaultKeySet : null,
    poisonedBy: servers.filter((s) => s.listed && !outgoingTypes.includes(s.type)).map((s) => s.key),
  };
}

function readServer(prefs: Preferences, key: string, listed: boolean): OutgoingServer {
  const type = prefs.string(`${outgoingPrefix(key)}type`) ?? 'smtp';
  const prefNames = prefs.names(outgoingPrefix(key));
  const values = isExchange(type) ? readExchange(prefs, key, type) : readSmtp(prefs, key, type);
  return { key, type, listed, ...values, prefNames };
}

type Values = Omit<OutgoingServer, 'key' | 'type' | 'listed' | 'prefNames'>;

function readSmtp(prefs: Preferences, key: string, type: string): Values {
  const prefix = outgoingPrefix(key);
  const int = (name: string): number | undefined =>
    prefs.int(prefix + name) ?? prefs.int(`mail.smtpserver.default.${name}`);
  const socketType = int('try_ssl') ?? 0;
  const authMethod = int('authMethod') ?? 3;
  const portSet = prefs.int(`${prefix}port`) ?? null;
  const security = securityName(socketType);
  return {
    host: prefs.string(`${prefix}hostname`) ?? '',
    username: prefs.string(`${prefix}username`) ?? '',
    description: prefs.string(`${prefix}description`) || null,
    portSet,
    port: portSet === null || portSet === 0 ? defaultPort(type, security) : portSet,
    socketType,
    security,
    authMethod,
    authentication: authenticationName(authMethod),
  };
}

function readExchange(prefs: Preferences, key: string, type: string): Values {
  const prefix = `mail.outgoingserver.${key}.`;
  const address = prefs.string(`${prefix}ews_url`) ?? '';
  const url = URL.canParse(address) ? new URL(address) : null;
  const socketType = url?.protocol === 'https:' ? 3 : 0;
  const authMethod = prefs.int(`${prefix}auth_method`) ?? 0;
  return {
    host: url?.hostname ?? '',
    username: prefs.string(`${prefix}username`) ?? '',
    description: prefs.string(`${prefix}description`) || null,
    portSet: urlPort(address),
    port: url === null ? null : (urlPort(address) ?? defaultPort(type, securityName(socketType))),
    socketType,
    security: url === null ? null : securityName(socketType),
    authMethod,
    authentication: authenticationName(authMethod),
  };
}
