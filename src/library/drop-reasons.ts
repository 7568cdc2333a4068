/**
 * Why the program would not show an account, in words for its owner (formats.md 3.5).
 */

import type { DroppedAccount } from '../profile/accounts.ts';

export function dropReasonInWords({ reason, serverKey, keptBy }: DroppedAccount): string {
  const server = serverKey ?? 'its server';
  switch (reason) {
    case 'no-server':
      return 'no incoming server is entered for it';
    case 'server-of-earlier-account':
      return `its server ${server} already belongs to ${keptBy ?? 'another account'}`;
    case 'server-without-type':
      return `its server ${server} has no type such as IMAP or POP, or does not exist`;
    case 'server-without-host':
      return `its server ${server} has no name`;
    case 'unknown-type':
      return `its server ${server} is of a type that the program does not know`;
    case 'host-refused':
      return `the program does not accept the name of its server ${server}`;
    case 'host-malformed':
      return `the name of its server ${server} has a blank, an @ or a slash in it`;
    case 'host-crashes':
      return `the name of its server ${server} has a colon in it, over which the program crashes`;
    case 'duplicate-server':
      return `it has the same server and user as ${keptBy ?? 'an earlier account'}`;
  }
}
