/**
 * What several checks ask of one profile is worked out once. A profile never changes: a new reading is a new object.
 */

import type { Profile } from './profile.ts';

export function oncePerProfile<T>(workOut: (profile: Profile) => T): (profile: Profile) => T {
  const known = new WeakMap<Profile, { value: T }>();
  return (profile) => {
    const found = known.get(profile) ?? { value: workOut(profile) };
    known.set(profile, found);
    return found.value;
  };
}
