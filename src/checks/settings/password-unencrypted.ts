/**
 * Looks for: a password that travels over a connection without encryption.
 * Why: whoever is on the way, in the café or at the provider, can read it (postbox.md 8.1 A5, A6).
 * Found: security "none" with a method that sends the password or token itself, to a server that is neither this
 * computer nor in the own network by its name. "STARTTLS, if available" counts: Thunderbird gave it up and takes it for
 * "none"; older programs let anyone on the way switch it off.
 * Repaired: not offline. What the server offers has to be asked, and mailmend does not ask it yet.
 */

import type { Authentication, Security } from '../../profile/connection.ts';
import { isLoopback, isPrivateNetwork } from '../../profile/nearby-host.ts';
import { type OutgoingServer, outgoingPrefix } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { type IncomingServer, serverPrefix } from '../../profile/servers.ts';
import { accountsOfOutgoing, accountsOfServer, listedServers } from '../accounts-of.ts';
import { defineCheck, type Problem } from '../check.ts';
import { prefEvidence } from '../evidence.ts';
import { listed, nameOfOutgoing, ownerOfServer, sendersThrough } from './owner-names.ts';
import { mismatchOf } from './port-security-mismatch.ts';
import { isThunderbird } from './starttls-if-available.ts';
import { userJsNote } from './user-js.ts';

interface State {
  who: string;
  host: string;
  security: Security;
  /** Name of the preference that says the security. */
  pref: string;
}

/** They send what signs in as it is, or may do so. */
const bare: ReadonlySet<Authentication | null> = new Set<Authentication>(['password', 'any', 'oauth2']);

export const passwordUnencrypted = defineCheck<State>({
  meta: {
    id: 'settings/password-unencrypted',
    severity: 'warning',
    title: 'A password is sent without encryption',
    looksFor: 'A mail server that is reached without encryption and gets the password as it is.',
    why: 'Everybody on the way to the server can read the password and the mail: in a public network, at the access provider, in between.',
    repair: 'None from the files alone: what the server offers only the server can say.',
    faults: ['postbox.md 8.1 A5', 'postbox.md 8.1 A6', 'formats.md A20'],
  },

  find({ profile }) {
    return [...incoming(profile), ...outgoing(profile)];
  },

  words({ state: { who, host, security, pref } }, { profile }) {
    const how =
      security === 'none'
        ? 'The connection to it is not encrypted'
        : 'It is set to encrypt "if available". Thunderbird does not know that choice any more and does not encrypt; older programs do not when somebody on the way suppresses it';
    return {
      title: `The password of ${who} is sent to ${host} without encryption`,
      detail: `${how}. Set Connection security to SSL/TLS or STARTTLS as your mail provider says.${userJsNote(profile, [pref])}`,
    };
  },
});

function incoming(profile: Profile): Problem<State>[] {
  return listedServers(profile).flatMap((server) => {
    if (!['imap', 'pop3'].includes(server.type ?? '')) return [];
    return problem(profile, server, `${serverPrefix(server.key)}socketType`, {
      subject: { kind: 'server', id: server.key },
      who: ownerOfServer(profile, server.key),
      accounts: accountsOfServer(profile, server.key),
    });
  });
}

/** Without user name nothing signs in: a relay that asks for no password. */
function outgoing(profile: Profile): Problem<State>[] {
  return profile.outgoing.servers.flatMap((server) => {
    if (!server.listed || server.type !== 'smtp' || server.username === '') return [];
    const senders = sendersThrough(profile, server.key);
    return problem(profile, server, `${outgoingPrefix(server.key)}try_ssl`, {
      subject: { kind: 'outgoing', id: server.key },
      who: senders.length > 0 ? listed(senders) : nameOfOutgoing(server),
      accounts: accountsOfOutgoing(profile, server.key),
    });
  });
}

function problem(
  profile: Profile,
  { type, host, port, security, authentication }: IncomingServer | OutgoingServer,
  pref: string,
  about: { subject: Problem['subject']; who: string; accounts: string[] },
): Problem<State>[] {
  if (security !== 'none' && security !== 'starttls-if-available') return [];
  // Thunderbird has it converted at its next start, or settings/starttls-if-available does.
  if (security === 'starttls-if-available' && isThunderbird(profile)) return [];
  if (!host || isLoopback(host) || isPrivateNetwork(host) || !bare.has(authentication)) return [];
  // On a port that encrypts from the first byte nothing is sent at all: settings/port-security-mismatch.
  if (type === null || mismatchOf(type, port, security) !== null) return [];
  // A security in quotes is settings/wrong-type.
  if (profile.prefs.has(pref) && profile.prefs.int(pref) === undefined) return [];
  return [
    {
      subject: about.subject,
      evidence: [
        prefEvidence(
          profile,
          pref,
          profile.prefs.has(pref) ? undefined : `${pref} is missing: not encrypted`,
        ),
      ],
      state: { who: about.who, host, security, pref },
      accounts: about.accounts,
    },
  ];
}
