import type { AnyCheck } from '../check.ts';
import { conflictCopies } from './conflict-copies.ts';
import { diskFull } from './disk-full.ts';
import { fileGone } from './file-gone.ts';
import { filePutAside } from './file-put-aside.ts';
import { inboxEmptied } from './inbox-emptied.ts';
import { notWritable } from './not-writable.ts';
import { settingsLeftBehind } from './settings-left-behind.ts';
import { syncedFolder } from './synced-folder.ts';

export const interferenceChecks: readonly AnyCheck[] = [
  diskFull,
  notWritable,
  inboxEmptied,
  conflictCopies,
  filePutAside,
  settingsLeftBehind,
  fileGone,
  syncedFolder,
];
