/**
 * What of a profile could not be looked at: a check that found nothing there says nothing about it.
 */

import type { Profile } from '../profile/profile.ts';
import type { RootFacts } from '../profile/root-facts.ts';

export interface LeftOut {
  /** A path, or the name of a file in the profile. */
  what: string;
  reason: string;
}

/** A database that changes all the time, or that needs a part of mailmend that is not there, tells nothing either. */
const notLookedAt = new Set(['unreadable', 'too-large', 'changing', 'no-engine']);

export function leftOutOf(profile: Profile, root: RootFacts | null): LeftOut[] {
  const directories = new Map(
    [...[...profile.serverMail.values()].map(({ mail }) => mail), ...profile.unusedMail].map((mail) => [
      mail.path,
      mail,
    ]),
  );
  const { key4, cert9 } = profile.keys;
  const files = [
    { what: 'logins.json', state: profile.logins.logins.state, why: profile.logins.logins.why },
    { what: 'key4.db', state: key4.state, why: key4.why },
    { what: 'cert9.db', state: cert9.state, why: cert9.why },
  ];
  return [
    ...profile.notRead.map(({ what, why }) => ({ what, reason: why })),
    ...[...directories.values()]
      .filter(({ incomplete }) => incomplete)
      .map(({ path }) => ({ what: path, reason: 'not all of it could be listed' })),
    ...files
      .filter(({ state }) => notLookedAt.has(state))
      .map(({ what, why }) => ({ what, reason: why ?? 'it cannot be read' })),
    ...(root?.registry.state === 'unreadable'
      ? [{ what: root.registry.file, reason: root.registry.unreadable ?? 'it cannot be read' }]
      : []),
  ];
}
