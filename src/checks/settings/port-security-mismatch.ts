/**
 * Looks for: a port that goes with another kind of encryption than the one that is set.
 * Why: on 993, 995, 465 and 563 servers encrypt from the first byte; on 143, 110, 587, 25 and 119 they do not. With the
 * wrong kind both sides wait for each other until the program gives up (formats.md A20, postbox.md 8.1 A3).
 * Found: the port that is used, also where it is not set. This computer is left out: bridges have their own ways.
 * Repaired: not offline. Which of the two is wrong the server says, and mailmend does not ask it yet.
 */

import type { Security } from '../../profile/connection.ts';
import { isLoopback } from '../../profile/nearby-host.ts';
import { outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { serverPrefix } from '../../profile/servers.ts';
import { accountsOfOutgoing, accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck, type Problem } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { listed, nameOfOutgoing, ownerOfServer, sendersThrough } from './owner-names.ts';
import { userJsNote } from './user-js.ts';

interface State {
  /** As its owner knows it. */
  who: string;
  host: string;
  port: number;
  security: Security;
  mismatch: Mismatch;
  prefs: string[];
}

export type Mismatch = 'encrypts-from-start' | 'does-not-encrypt-from-start';

const tlsPorts: Readonly<Record<string, number>> = { imap: 993, pop3: 995, smtp: 465, nntp: 563 };
const plainPorts: Readonly<Record<string, readonly number[]>> = {
  imap: [143],
  pop3: [110],
  smtp: [587, 25],
  nntp: [119],
};

const securityWords: Record<Security, string> = {
  none: 'None',
  'starttls-if-available': 'STARTTLS, if available',
  starttls: 'STARTTLS',
  tls: 'SSL/TLS',
};

export const portSecurityMismatch = defineCheck<State>({
  meta: {
    id: 'settings/port-security-mismatch',
    severity: 'error',
    title: 'Port and connection security do not go together',
    looksFor:
      'A port that servers use with another kind of encryption than the one that is set, such as 993 without SSL/TLS.',
    why: 'The program and the server wait for each other and the connection fails, often only after a minute.',
    repair: 'None from the files alone: which of the two is wrong only the server can say.',
    faults: ['formats.md A20', 'postbox.md 8.1 A3'],
  },

  find({ profile }) {
    return [...incoming(profile), ...outgoing(profile)];
  },

  words({ state: { who, host, port, security, mismatch, prefs } }, { profile }) {
    const isTls = mismatch === 'encrypts-from-start';
    const rule = isTls
      ? `On port ${port} servers encrypt from the first byte (SSL/TLS), so that this connection cannot succeed.`
      : `On port ${port} servers do not encrypt from the first byte, so that this connection will fail with nearly all of them.`;
    const other = isTls
      ? 'set Connection security to SSL/TLS'
      : 'set Connection security to STARTTLS, or take the port for SSL/TLS';
    return {
      title: `${who}: port ${port} and connection security "${securityWords[security]}" do not go together (${host})`,
      detail: `${rule} Compare both with the settings that your mail provider names; mostly it helps to ${other}.${userJsNote(profile, prefs)}`,
    };
  },
});

/** Null: they go together, or nobody knows. */
export function mismatchOf(type: string, port: number | null, security: Security | null): Mismatch | null {
  if (port === null || security === null) return null;
  if (port === tlsPorts[type]) return security === 'tls' ? null : 'encrypts-from-start';
  return security === 'tls' && plainPorts[type]?.includes(port) ? 'does-not-encrypt-from-start' : null;
}

function incoming(profile: Profile): Problem<State>[] {
  return listedServers(profile).flatMap(({ key, type, host, port, security }) => {
    const names = [`${serverPrefix(key)}port`, `${serverPrefix(key)}socketType`];
    return problem(profile, type, host, port, security, names, {
      subject: { kind: 'server', id: key },
      who: ownerOfServer(profile, key),
      accounts: accountsOfServer(profile, key),
    });
  });
}

function outgoing(profile: Profile): Problem<State>[] {
  return profile.outgoing.servers
    .filter((server) => server.listed)
    .flatMap((server) => {
      const { key, type, host, port, security } = server;
      const names = [`${outgoingPrefix(key)}port`, `${outgoingPrefix(key)}try_ssl`];
      const senders = sendersThrough(profile, key);
      return problem(profile, type, host, port, security, names, {
        subject: { kind: 'outgoing', id: key },
        who:
          senders.length > 0
            ? `Sending from ${listed(senders)}`
            : `The outgoing server ${nameOfOutgoing(server)}`,
        accounts: accountsOfOutgoing(profile, key),
      });
    });
}

function problem(
  profile: Profile,
  type: string | null,
  host: string | null,
  port: number | null,
  security: Security | null,
  prefs: string[],
  about: { subject: Problem['subject']; who: string; accounts: string[] },
): Problem<State>[] {
  const mismatch = type === null ? null : mismatchOf(type, port, security);
  if (mismatch === null || !host || isLoopback(host) || port === null || security === null) return [];
  // A port or a security in quotes is settings/wrong-type: the value that counts here is not the one that was meant.
  if (prefs.some((name) => profile.prefs.has(name) && profile.prefs.int(name) === undefined)) return [];
  return [
    {
      subject: about.subject,
      severity: mismatch === 'encrypts-from-start' ? 'error' : 'warning',
      evidence: prefs.map((name) => prefEvidence(profile, name)),
      state: { who: about.who, host, port, security, mismatch, prefs },
      accounts: about.accounts,
    },
  ];
}
