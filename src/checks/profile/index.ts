import type { AnyCheck } from '../check.ts';
import { accountListLost } from './account-list-lost.ts';
import { accountUnlisted } from './account-unlisted.ts';
import { accountsInOlderSettings } from './accounts-in-older-settings.ts';
import { companySettings } from './company-settings.ts';
import { crashLoop } from './crash-loop.ts';
import { folderMissing } from './folder-missing.ts';
import { installOpensEmpty } from './install-opens-empty.ts';
import { localFoldersLost } from './local-folders-lost.ts';
import { mailWithoutAccount } from './mail-without-account.ts';
import { newerVersion } from './newer-version.ts';
import { openElsewhere } from './open-elsewhere.ts';
import { prefsDamaged } from './prefs-damaged.ts';
import { prefsEmpty } from './prefs-empty.ts';
import { profileUnlisted } from './profile-unlisted.ts';
import { registryDuplicate } from './registry-duplicate.ts';
import { registryEntryWrong } from './registry-entry-wrong.ts';
import { registryHole } from './registry-hole.ts';
import { registryLost } from './registry-lost.ts';
import { settingsPutBack } from './settings-put-back.ts';
import { userJsFights } from './user-js-fights.ts';
import { workOffline } from './work-offline.ts';

export const profileChecks: readonly AnyCheck[] = [
  prefsDamaged,
  prefsEmpty,
  accountListLost,
  accountUnlisted,
  accountsInOlderSettings,
  localFoldersLost,
  mailWithoutAccount,
  newerVersion,
  registryLost,
  registryHole,
  registryEntryWrong,
  registryDuplicate,
  folderMissing,
  profileUnlisted,
  openElsewhere,
  crashLoop,
  settingsPutBack,
  userJsFights,
  workOffline,
  companySettings,
  installOpensEmpty,
];
