/**
 * Keys for new accounts and servers: above every number that was ever handed out, so that nothing is inherited and
 * nothing overwritten (formats.md 3.5).
 */

import { accountBranches } from '../profile/accounts.ts';
import { oncePerProfile } from '../profile/once.ts';
import type { Profile } from '../profile/profile.ts';

export const freeAccountKey: (profile: Profile) => string = oncePerProfile(({ prefs, accountList }) => {
  const { items, lastKey } = accountList;
  const used = [...accountBranches(prefs), ...items].map((key) => accountNumber(key));
  return `account${Math.max(0, lastKey ?? 0, ...used) + 1}`;
});

export function freeServerKey({ prefs }: Profile): string {
  return `server${Math.max(0, ...prefs.children('mail.server.').map((key) => numberOf('server', key))) + 1}`;
}

/** 0 for a key that the program did not make. */
export const accountNumber = (key: string): number => numberOf('account', key);

const numberOf = (stem: string, key: string): number =>
  Number(new RegExp(`^${stem}(\\d{1,9})$`).exec(key)?.[1] ?? 0);
