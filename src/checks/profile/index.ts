import type { AnyCheck } from '../check.ts';
import { accountListLost } from './account-list-lost.ts';
import { accountUnlisted } from './account-unlisted.ts';
import { accountsInOlderSettings } from './accounts-in-older-settings.ts';
import { folderMissing } from './folder-missing.ts';
import { installOpensEmpty } from './install-opens-empty.ts';
import { localFoldersLost } from './local-folders-lost.ts';
import { mailWithoutAccount } from './mail-without-account.ts';
import { newerVersion } from './newer-version.ts';
import { prefsDamaged } from './prefs-damaged.ts';
import { prefsEmpty } from './prefs-empty.ts';
import { registryHole } from './registry-hole.ts';

export const profileChecks: readonly AnyCheck[] = [
  prefsDamaged,
  prefsEmpty,
  accountListLost,
  accountUnlisted,
  accountsInOlderSettings,
  localFoldersLost,
  mailWithoutAccount,
  newerVersion,
  registryHole,
  folderMissing,
  installOpensEmpty,
];
