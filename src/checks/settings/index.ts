import type { AnyCheck } from '../check.ts';
import { accountHidden } from './account-hidden.ts';
import { accountList } from './account-list.ts';
import { accountNumberTooLow } from './account-number-too-low.ts';
import { accountWithoutServer } from './account-without-server.ts';
import { addressBookEntry } from './address-book-entry.ts';
import { addressBookOldFormat } from './address-book-old-format.ts';
import { addressBookWithoutVersion } from './address-book-without-version.ts';
import { authenticationUnknown } from './authentication-unknown.ts';
import { calendarTypeUnknown } from './calendar-type-unknown.ts';
import { cookiesRefused } from './cookies-refused.ts';
import { defaultAccountDangling } from './default-account-dangling.ts';
import { deferralDangling } from './deferral-dangling.ts';
import { directoryAddress } from './directory-address.ts';
import { directoryMissing } from './directory-missing.ts';
import { duplicateServer } from './duplicate-server.ts';
import { filterTargetDangling } from './filter-target-dangling.ts';
import { folderSettingDangling } from './folder-setting-dangling.ts';
import { hostMalformed } from './host-malformed.ts';
import { hostReplaced } from './host-replaced.ts';
import { identityDangling } from './identity-dangling.ts';
import { identityOutgoingMissing } from './identity-outgoing-missing.ts';
import { localFoldersDangling } from './local-folders-dangling.ts';
import { localFoldersTwice } from './local-folders-twice.ts';
import { mailFolderAway } from './mail-folder-away.ts';
import { mailFolderLost } from './mail-folder-lost.ts';
import { mailFolderPlace } from './mail-folder-place.ts';
import { outgoingDefaultDangling } from './outgoing-default-dangling.ts';
import { outgoingHostMalformed } from './outgoing-host-malformed.ts';
import { outgoingList } from './outgoing-list.ts';
import { outgoingPort25 } from './outgoing-port-25.ts';
import { outgoingTypeUnknown } from './outgoing-type-unknown.ts';
import { outgoingWithoutHost } from './outgoing-without-host.ts';
import { outgoingWithoutUser } from './outgoing-without-user.ts';
import { passwordUnencrypted } from './password-unencrypted.ts';
import { passwordsNotKept } from './passwords-not-kept.ts';
import { portImpossible } from './port-impossible.ts';
import { portSecurityMismatch } from './port-security-mismatch.ts';
import { proxyUnusable } from './proxy-unusable.ts';
import { savedSearchDangling } from './saved-search-dangling.ts';
import { securityUnknown } from './security-unknown.ts';
import { serverIncomplete } from './server-incomplete.ts';
import { serverOfOtherKind } from './server-of-other-kind.ts';
import { sharedDirectory } from './shared-directory.ts';
import { signInChecks } from './sign-in.ts';
import { starttlsIfAvailable } from './starttls-if-available.ts';
import { storageKindMismatch } from './storage-kind-mismatch.ts';
import { tlsLimits } from './tls-limits.ts';
import { unknownServerType } from './unknown-server-type.ts';
import { wrongType } from './wrong-type.ts';

/** What harms at the next start first. */
export const settingsChecks: readonly AnyCheck[] = [
  hostMalformed,
  hostReplaced,
  accountList,
  accountWithoutServer,
  serverIncomplete,
  unknownServerType,
  duplicateServer,
  mailFolderLost,
  mailFolderAway,
  sharedDirectory,
  mailFolderPlace,
  storageKindMismatch,
  localFoldersTwice,
  accountHidden,
  accountNumberTooLow,
  wrongType,
  identityDangling,
  outgoingTypeUnknown,
  outgoingList,
  outgoingWithoutHost,
  outgoingHostMalformed,
  outgoingDefaultDangling,
  identityOutgoingMissing,
  defaultAccountDangling,
  localFoldersDangling,
  deferralDangling,
  folderSettingDangling,
  filterTargetDangling,
  savedSearchDangling,
  portImpossible,
  portSecurityMismatch,
  securityUnknown,
  starttlsIfAvailable,
  passwordUnencrypted,
  authenticationUnknown,
  outgoingWithoutUser,
  outgoingPort25,
  serverOfOtherKind,
  cookiesRefused,
  passwordsNotKept,
  tlsLimits,
  proxyUnusable,
  directoryAddress,
  directoryMissing,
  addressBookEntry,
  addressBookOldFormat,
  addressBookWithoutVersion,
  calendarTypeUnknown,
  ...signInChecks,
];
