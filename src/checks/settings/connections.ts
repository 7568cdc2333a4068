/**
 * Every connection that the program makes for mail: the servers of listed accounts and the outgoing servers in the
 * list, under one shape, with the names of the preferences behind each value.
 */

import type { Authentication, Security } from '../../profile/connection.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfOutgoing, accountsOfServer, listedServers } from '../accounts-of.ts';
import type { Subject } from '../finding.ts';
import { listed, nameOfOutgoing, ownerOfServer, sendersThrough } from './owner-names.ts';

export interface Connection {
  subject: Subject;
  protocol: 'imap' | 'pop3' | 'nntp' | 'smtp';
  /** As its owner knows it; begins a sentence. */
  who: string;
  /** Addresses that send through it; empty for incoming servers. */
  senders: string[];
  accounts: string[];
  host: string;
  username: string;
  port: number | null;
  portSet: number | null;
  security: Security | null;
  socketType: number;
  authentication: Authentication | null;
  authMethod: number;
  /** Names of preferences. */
  prefs: { host: string; port: string; security: string; authentication: string; username: string };
}

/** Without those that have no host: they have findings of their own. */
export const connections: (profile: Profile) => Connection[] = oncePerProfile((profile) => [
  ...listedServers(profile).flatMap((server) => incoming(profile, server)),
  ...profile.outgoing.servers.flatMap((server) => outgoing(profile, server)),
]);

/** A number in quotes is settings/wrong-type: what counts then is not what was meant. */
export const isNumberOrUnset = ({ prefs }: Profile, name: string): boolean =>
  !prefs.has(name) || prefs.int(name) !== undefined;

function incoming(profile: Profile, server: IncomingServer): Connection[] {
  const { key, type, host, username, port, portSet, security, socketType } = server;
  if ((type !== 'imap' && type !== 'pop3' && type !== 'nntp') || !host) return [];
  const prefix = serverPrefix(key);
  return [
    {
      subject: { kind: 'server', id: key },
      protocol: type,
      who: ownerOfServer(profile, key),
      senders: [],
      accounts: accountsOfServer(profile, key),
      ...{ host, username, port, portSet, security, socketType },
      authentication: server.authentication,
      authMethod: server.authMethod,
      prefs: {
        host: `${prefix}hostname`,
        port: `${prefix}port`,
        security: `${prefix}socketType`,
        authentication: `${prefix}authMethod`,
        username: `${prefix}userName`,
      },
    },
  ];
}

function outgoing(profile: Profile, server: OutgoingServer): Connection[] {
  const { key, type, host, username, port, portSet, security, socketType } = server;
  if (!server.listed || type !== 'smtp' || host === '') return [];
  const prefix = outgoingPrefix(key);
  const byDefault = key === profile.outgoing.defaultKey ? sendersThrough(profile, null) : [];
  const senders = [...new Set([...sendersThrough(profile, key), ...byDefault])];
  return [
    {
      subject: { kind: 'outgoing', id: key },
      protocol: 'smtp',
      who:
        senders.length > 0
          ? `Sending from ${listed(senders)}`
          : `The outgoing server ${nameOfOutgoing(server)}`,
      senders,
      accounts: accountsOfOutgoing(profile, key),
      ...{ host, username, port, portSet, security, socketType },
      authentication: server.authentication,
      authMethod: server.authMethod,
      prefs: {
        host: `${prefix}hostname`,
        port: `${prefix}port`,
        security: `${prefix}try_ssl`,
        authentication: `${prefix}authMethod`,
        username: `${prefix}username`,
      },
    },
  ];
}
