/**
 * Which outgoing servers the program can send through, and which one can stand in for one that is gone, where that is
 * beyond doubt (formats.md A10, A11, A12).
 */

import { bringsType } from '../../profile/add-ons.ts';
import { type OutgoingServer, outgoingPrefix, outgoingTypes } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';
import { sendersThrough } from './owner-names.ts';

export function isKnownType({ addOns }: Profile, type: string): boolean {
  return outgoingTypes.includes(type) || bringsType(addOns, type);
}

/** The list names it, and there is something behind it. */
export function isThere(profile: Profile, key: string): boolean {
  const server = profile.outgoing.servers.find((candidate) => candidate.key === key);
  return server?.listed === true && server.prefNames.length > 0 && isKnownType(profile, server.type);
}

/** Behind "The outgoing server X". */
export function whyNotThere(profile: Profile, key: string): string {
  const server = profile.outgoing.servers.find((candidate) => candidate.key === key);
  if (server === undefined || !server.listed) return 'is not in the list of outgoing servers';
  return server.prefNames.length === 0 ? 'does not exist' : 'is of a type that the program does not have';
}

/** The key is in the list, but written so that the program does not find it: settings/outgoing-list has it. */
export function isMisspelt(profile: Profile, key: string): boolean {
  return profile.outgoing.listed.some((item) => item !== key && item.split(/[\s;]+/).includes(key));
}

/** The server whose lines are all there and that only the list has lost. */
export function unlistedServer(profile: Profile, key: string): OutgoingServer | null {
  const server = profile.outgoing.servers.find((candidate) => candidate.key === key);
  const hasHost = profile.prefs.string(`${outgoingPrefix(key)}hostname`) !== undefined;
  return server !== undefined && !server.listed && hasHost && isUsable(profile, server) ? server : null;
}

/** In the order of the list, each once. */
export function usableServers(profile: Profile): OutgoingServer[] {
  return profile.outgoing.servers.filter(
    (server) => isThere(profile, server.key) && isUsable(profile, server),
  );
}

/** What identities without a server of their own use, or will use once settings/outgoing-default-dangling is repaired. */
export function defaultServer(profile: Profile): OutgoingServer | null {
  const { defaultKey } = profile.outgoing;
  const usable = usableServers(profile);
  if (defaultKey !== null && isThere(profile, defaultKey))
    return usable.find(({ key }) => key === defaultKey) ?? null;
  return standIn(profile);
}

/** For a default that is gone: the only usable server, or the first when it fits all who need the default. */
export function standIn(profile: Profile): OutgoingServer | null {
  const [first, second] = usableServers(profile);
  if (first === undefined) return null;
  const senders = sendersThrough(profile, null);
  const fitsAll = senders.length > 0 && senders.every((email) => fitsAddress(first, email));
  return second === undefined || fitsAll ? first : null;
}

/** Its host lies in the domain of the address: smtp.example.org for alice@example.org. */
export function fitsAddress({ host }: OutgoingServer, email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const name = host.toLowerCase();
  return email.includes('@') && domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}

/** The program can send through it, as far as the settings say. */
function isUsable(profile: Profile, { type, host }: OutgoingServer): boolean {
  return isKnownType(profile, type) && (type !== 'smtp' || host !== '');
}
