import type { AnyCheck } from '../check.ts';
import { accountList } from './account-list.ts';
import { accountNumberTooLow } from './account-number-too-low.ts';
import { accountWithoutServer } from './account-without-server.ts';
import { defaultAccountDangling } from './default-account-dangling.ts';
import { deferralDangling } from './deferral-dangling.ts';
import { duplicateServer } from './duplicate-server.ts';
import { hostMalformed } from './host-malformed.ts';
import { hostReplaced } from './host-replaced.ts';
import { identityDangling } from './identity-dangling.ts';
import { identityOutgoingMissing } from './identity-outgoing-missing.ts';
import { localFoldersDangling } from './local-folders-dangling.ts';
import { mailFolderLost } from './mail-folder-lost.ts';
import { outgoingDefaultDangling } from './outgoing-default-dangling.ts';
import { outgoingList } from './outgoing-list.ts';
import { outgoingTypeUnknown } from './outgoing-type-unknown.ts';
import { outgoingWithoutHost } from './outgoing-without-host.ts';
import { passwordUnencrypted } from './password-unencrypted.ts';
import { portSecurityMismatch } from './port-security-mismatch.ts';
import { serverIncomplete } from './server-incomplete.ts';
import { sharedDirectory } from './shared-directory.ts';
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
  sharedDirectory,
  accountNumberTooLow,
  wrongType,
  identityDangling,
  outgoingTypeUnknown,
  outgoingList,
  outgoingWithoutHost,
  outgoingDefaultDangling,
  identityOutgoingMissing,
  defaultAccountDangling,
  localFoldersDangling,
  deferralDangling,
  portSecurityMismatch,
  passwordUnencrypted,
];
