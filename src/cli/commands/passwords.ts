/**
 * `mailmend passwords`: the list, and the commands that belong to it.
 */

import type { Command } from '../command.ts';
import { passwordsBackup } from './passwords-backup.ts';
import { passwordsExport } from './passwords-export.ts';
import { passwordsList } from './passwords-list.ts';
import { passwordsRemove } from './passwords-remove.ts';
import { passwordsRestore } from './passwords-restore.ts';

export const passwords: Command = {
  ...passwordsList,
  name: 'passwords',
  describe: 'The saved logins; also list, remove, backup, restore and export',
  parts: [passwordsList, passwordsRemove, passwordsBackup, passwordsRestore, passwordsExport],
};
