/**
 * Which programs can sign in with OAuth2 in a way that lasts, and what is said where they cannot.
 * Thunderbird and Betterbird have registrations of their own. Those of Postbox belong to a vendor that is gone
 * (postbox.md 1): they may end any day, and nobody can renew them.
 */

import type { Profile } from '../../profile/profile.ts';

/** Careful on purpose: 102 still changed how it is registered with Microsoft, and older ones lack what is asked today. */
const oldestMajor = 115;

export function opensWindows({ program, version }: Profile): boolean {
  if (program !== 'thunderbird' && program !== 'betterbird') return false;
  return Number.parseInt(version ?? '', 10) >= oldestMajor;
}

/** A sentence: what to do with a program that cannot. */
export function migrateInstead({ program }: Profile): string {
  if (program === 'postbox') {
    return 'Postbox is not made any more, and its way to sign in with OAuth2 belonged to its vendor: set the account up in Thunderbird and move your mail there. Nothing in this profile has to be changed for that.';
  }
  return 'This needs OAuth2 in a program of today: update Thunderbird first, and set the authentication method to OAuth2 then.';
}
