/**
 * Which outgoing server can stand in for one that is gone, where that is beyond doubt (formats.md A11, A12).
 */

import { outgoingPrefix, type OutgoingServer, outgoingTypes } from '../../profile/outgoing.ts';
import type { Profile } from '../../profile/profile.ts';

/** The program can send through it, as far as the settings say. */
export const isUsable = ({ type, host }: OutgoingServer): boolean => outgoingTypes.includes(type) && (type !== 'smtp' || host !== '');

/** The key is in the list, but written so that the program does not find it: settings/outgoing-list has it. */
export function isMisspelt(profile: Profile, key: string): boolean {
  return profile.outgoing.listed.some((item) => item !== key && item.split(/[\s;]+/).includes(key));
}

/** The server whose lines are all there and that only the list has lost. */
export function unlistedServer(profile: Profile, key: string): OutgoingServer | null {
  const server = profile.outgoing.servers.find((candidate) => candidate.key === key);
  const hasHost = profile.prefs.string(`${outgoingPrefix(key)}hostname`) !== undefined;
  return server !== undefined && !server.listed && hasHost && isUsable(server) ? server : null;
}

/** Its host lies in the domain of the address: smtp.example.org for alice@example.org. */
export function fitsAddress({ host }: OutgoingServer, email: string): boolean {
  const domain = email.slice(email.lastIndexOf('@') + 1).toLowerCase();
  const name = host.toLowerCase();
  return email.includes('@') && domain !== '' && (name === domain || name.endsWith(`.${domain}`));
}

/** What the program will use for identities without a server of their own; null when that is not a usable one. */
export function defaultServer(profile: Profile): OutgoingServer | null {
  const server = profile.outgoing.servers.find(({ key }) => key === profile.outgoing.defaultKey);
  return server !== undefined && isUsable(server) ? server : null;
}
