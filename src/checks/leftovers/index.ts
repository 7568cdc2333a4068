import type { AnyCheck } from '../check.ts';
import { addressBookUnlisted } from './address-book-unlisted.ts';
import { calendarIncomplete } from './calendar-incomplete.ts';
import { calendarLost } from './calendar-lost.ts';
import { emptyMailFolder } from './empty-mail-folder.ts';
import { orphanDirectory } from './orphan-directory.ts';
import { orphanIdentity } from './orphan-identity.ts';
import { orphanOutgoing } from './orphan-outgoing.ts';
import { orphanServer } from './orphan-server.ts';

export const leftoverChecks: readonly AnyCheck[] = [
  orphanServer,
  orphanIdentity,
  orphanOutgoing,
  emptyMailFolder,
  calendarIncomplete,
  calendarLost,
  orphanDirectory,
  addressBookUnlisted,
];
