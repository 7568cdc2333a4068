/**
 * Which saved logins are in use: by an account, also one that the program drops or that is only lost, or by an outgoing
 * server. User names are encrypted, so the origin alone decides, and where it is in doubt the login counts as used.
 */

import { domainToASCII } from 'node:url';
import type { SavedLogin } from '../../formats/logins-json.ts';
import { hostFate } from '../../profile/host-name.ts';
import { type LoginKey, loginKeyOf } from '../../profile/login-keys.ts';
import { oncePerProfile } from '../../profile/once.ts';
import { outgoingPrefix, readOutgoing } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import type { IncomingServer } from '../../profile/servers.ts';
import { unlistedServers } from '../../profile/unlisted.ts';
import { outgoingOfBrokenOffSetUps } from '../leftovers/still-needed.ts';
import { olderSettings } from '../profile/older-accounts.ts';

/** What set-ups that broke off have left, by the keys that their servers look a password up under. */
const leftoverKeys: (profile: Profile) => { key: LoginKey; who: string }[] = oncePerProfile((profile) => {
  const incoming = unlistedServers(profile)
    .filter(({ lost }) => lost === null)
    .map(({ server }) => server);
  return [...incoming, ...outgoingOfBrokenOffSetUps(profile)].flatMap((server) => {
    const key = loginKeyOf(server);
    return key === null || key.realm === null
      ? []
      : [{ key, who: server.username || (server.host ?? server.key) }];
  });
});

/** The leftover that would look the row up. */
export function leftoverOf(profile: Profile, row: SavedLogin): { key: LoginKey; who: string } | null {
  const named = leftoversByOrigin(profile).get(row.origin ?? '') ?? [];
  return named.find(({ key }) => isLookedUpBy(row, key)) ?? null;
}

const leftoversByOrigin = oncePerProfile((profile) => {
  const byOrigin = new Map<string, { key: LoginKey; who: string }[]>();
  for (const one of leftoverKeys(profile)) {
    byOrigin.set(one.key.origin, [...(byOrigin.get(one.key.origin) ?? []), one]);
  }
  return byOrigin;
});

/** By anything but leftovers. */
export function isUsed(profile: Profile): (row: SavedLogin) => boolean {
  const leftovers = new Set(
    unlistedServers(profile)
      .filter(({ lost }) => lost === null)
      .map(({ server }) => server.key),
  );
  const brokenOff = new Set(outgoingOfBrokenOffSetUps(profile).map(({ key }) => key));
  const older = olderSettings(profile);
  const used = [
    ...profile.servers.filter(({ key }) => !leftovers.has(key)).flatMap(keysOfServer),
    ...profile.outgoing.servers.filter(({ key }) => !brokenOff.has(key)).map(loginKeyOf),
    ...older.flatMap(({ accounts }) => accounts.map(({ account }) => loginKeyOf(account.server))),
    ...older.flatMap((one) => readOutgoing(one.older).servers.map(loginKeyOf)),
  ].flatMap((key) => (key === null ? [] : [comparableOrigin(key.origin)]));
  const origins = new Set(used);
  return (row) => origins.has(comparableOrigin(row.origin ?? ''));
}

/** A server that has lost its type may have been either. */
function keysOfServer(server: IncomingServer): (LoginKey | null)[] {
  if (server.type !== null) return [loginKeyOf(server)];
  return ['imap', 'pop3'].map((type) => loginKeyOf({ ...server, type }));
}

/**
 * While an account or a sender has lost its server, or a server its name, nobody knows whose login it is that no server
 * has: that of a prefs.js that was cut short at the end of a line, or of a name that was pasted with its port.
 */
export function mayBelongToWhatIsLost(profile: Profile, { origin }: SavedLogin): boolean {
  const lost = whatIsLost(profile);
  return (origin ?? '').startsWith('smtp://') ? lost.outgoing : lost.incoming;
}

const whatIsLost = oncePerProfile((profile) => {
  const reasons = ['no-server', 'server-without-type', 'server-without-host'];
  const account = profile.accountList.dropped.some(({ reason }) => reasons.includes(reason));
  const named = [profile.outgoing.defaultKeySet, ...profile.identities.map(({ outgoing }) => outgoing)];
  const outgoing = named.some(
    (key) => key !== null && profile.prefs.string(`${outgoingPrefix(key)}hostname`) === undefined,
  );
  // The password waits under the name that was meant: settings/outgoing-host-malformed.
  const pasted = profile.outgoing.servers.some(
    ({ type, listed, host }) =>
      listed && type === 'smtp' && host !== '' && hostFate('smtp', host) !== 'accepted',
  );
  return {
    incoming: account || profile.servers.some(hasNoUsableHost),
    outgoing: account || outgoing || pasted,
  };
});

const hasNoUsableHost = ({ key, type, host }: IncomingServer): boolean =>
  !host || host === `${key}.invalid` || hostFate(type ?? 'imap', host) !== 'accepted';

/** As the program compares: exactly; a null realm of ours stands for any. */
function isLookedUpBy(row: SavedLogin, key: LoginKey): boolean {
  return row.origin === key.origin && (key.realm === null || row.realm === key.realm);
}

/** An international host name is saved in one form and looked up in another (breakage.md); it is the same host. */
function comparableOrigin(origin: string): string {
  const [scheme = '', host = ''] = origin.split('://', 2);
  return `${scheme}://${domainToASCII(host) || host.toLowerCase()}`;
}
