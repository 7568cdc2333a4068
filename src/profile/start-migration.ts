/**
 * What the first start of Thunderbird 153 changes in the connections of a profile that an older one has used last
 * (formats.md 3.8, MailMigrator; measured with 153.7 on 2026-11-23). The profile knows how far it is by
 * `mail.ui-rdf.version`; without that number it counts as new, and nothing is changed.
 * Belongs here: the effect on settings that are shown. Nothing is written.
 */

import { authenticationName, defaultPort, securityName } from './connection.ts';
import type { Outgoing, OutgoingServer } from './outgoing.ts';
import type { Preferences } from './preferences.ts';
import type { Program } from './profile.ts';
import type { IncomingServer } from './servers.ts';

export interface Migrated {
  incoming(server: IncomingServer): IncomingServer;
  outgoing(server: OutgoingServer): OutgoingServer;
  /** An outgoing server of unknown type has become an SMTP one, so the list can be read. */
  heals: boolean;
}

const current = 61;
/** Versions below these take the step. */
const steps = { office365: 35, outgoingTypes: 43, startTls: 44 };

/** @param program Postbox has other steps; nothing is changed for it. */
export function migrationAtStart(prefs: Preferences, outgoing: Outgoing, program: Program): Migrated {
  const version = prefs.int('mail.ui-rdf.version') ?? 0;
  const isOld = program !== 'postbox' && version !== 0 && version < current;
  const signsInByOAuth = isOld && version < steps.office365;
  // The step reads all outgoing servers; where one cannot be read, all later steps are given up.
  const goesOn = isOld && !(signsInByOAuth && !isReadable(outgoing));
  const upgradesTls = goesOn && version < steps.startTls;
  const heals = goesOn && version < steps.outgoingTypes;
  return {
    incoming: (server) =>
      changed(server, {
        toOAuth: signsInByOAuth && (server.host ?? '').endsWith('outlook.office365.com'),
        toStartTls: upgradesTls,
      }),
    outgoing: (server) =>
      changed(heals ? asSmtp(server) : server, {
        toOAuth: goesOn && signsInByOAuth && server.host.toLowerCase().endsWith('smtp.office365.com'),
        toStartTls: upgradesTls,
      }),
    heals,
  };
}

function isReadable({ listed, servers, poisonedBy }: Outgoing): boolean {
  return poisonedBy.length === 0 && servers.filter(({ key }) => listed.includes(key)).every(hasAddress);
}

function hasAddress({ host, username, portSet }: OutgoingServer): boolean {
  if (host === '') return username === '' && !portSet;
  const name = host.includes(':') ? `[${host}]` : host;
  return URL.canParse(`http://${name}${portSet ? `:${portSet}` : ''}`);
}

function asSmtp(server: OutgoingServer): OutgoingServer {
  return { ...server, type: 'smtp', port: server.port ?? defaultPort('smtp', server.security) };
}

/** "STARTTLS, if available" became "STARTTLS" when the former was taken out. */
function changed<Server extends IncomingServer | OutgoingServer>(
  server: Server,
  { toOAuth, toStartTls }: { toOAuth: boolean; toStartTls: boolean },
): Server {
  const authMethod = toOAuth ? 10 : server.authMethod;
  const socketType = toStartTls && server.socketType === 1 ? 2 : server.socketType;
  if (authMethod === server.authMethod && socketType === server.socketType) return server;
  return {
    ...server,
    authMethod,
    authentication: authenticationName(authMethod),
    socketType,
    security: securityName(socketType),
  };
}
