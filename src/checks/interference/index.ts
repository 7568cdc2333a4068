import type { AnyCheck } from '../check.ts';
import { conflictCopies } from './conflict-copies.ts';
import { diskFull } from './disk-full.ts';
import { downloadedMark } from './downloaded-mark.ts';
import { fileGone } from './file-gone.ts';
import { filePutAside } from './file-put-aside.ts';
import { heldOpen } from './held-open.ts';
import { immutable } from './immutable.ts';
import { inboxEmptied } from './inbox-emptied.ts';
import { notWritable } from './not-writable.ts';
import { programPlaceChanges } from './program-place-changes.ts';
import { settingsLeftBehind } from './settings-left-behind.ts';
import { syncedFolder } from './synced-folder.ts';

export const interferenceChecks: readonly AnyCheck[] = [
  diskFull,
  immutable,
  notWritable,
  heldOpen,
  inboxEmptied,
  conflictCopies,
  filePutAside,
  settingsLeftBehind,
  fileGone,
  syncedFolder,
  programPlaceChanges,
  downloadedMark,
];
