import type { AnyCheck } from '../check.ts';
import { conflictCopies } from './conflict-copies.ts';
import { fileGone } from './file-gone.ts';
import { filePutAside } from './file-put-aside.ts';
import { inboxEmptied } from './inbox-emptied.ts';
import { settingsLeftBehind } from './settings-left-behind.ts';

export const interferenceChecks: readonly AnyCheck[] = [
  inboxEmptied,
  conflictCopies,
  filePutAside,
  settingsLeftBehind,
  fileGone,
];
