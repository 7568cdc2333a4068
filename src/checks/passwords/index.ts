import type { AnyCheck } from '../check.ts';
import { certificatesDamaged } from './certificates-damaged.ts';
import { keyOfOtherProfile } from './key-of-other-profile.ts';
import { keyRefused } from './key-refused.ts';
import { keyStoreDamaged } from './key-store-damaged.ts';
import { keyStoreMissing } from './key-store-missing.ts';
import { loginBeforeCutOff } from './login-before-cut-off.ts';
import { loginBesideToken } from './login-beside-token.ts';
import { loginBlocksWindow } from './login-blocks-window.ts';
import { loginListOdd } from './login-list-odd.ts';
import { loginNotFound } from './login-not-found.ts';
import { loginOfLeftover } from './login-of-leftover.ts';
import { loginOfOtherUser } from './login-of-other-user.ts';
import { loginUnused } from './login-unused.ts';
import { loginsDamaged } from './logins-damaged.ts';
import { loginsEmptied } from './logins-emptied.ts';
import { loginsLeftBehind } from './logins-left-behind.ts';
import { loginsUnreadable } from './logins-unreadable.ts';
import { openPgpLocked } from './openpgp-locked.ts';
import { openPgpUnreadable } from './openpgp-unreadable.ts';
import { outgoingNotSaved } from './outgoing-not-saved.ts';
import { reencryptionPending } from './reencryption-pending.ts';
import { savingForbidden } from './saving-forbidden.ts';
import { tokenShadowed } from './token-shadowed.ts';

export const passwordChecks: readonly AnyCheck[] = [
  keyStoreMissing,
  keyStoreDamaged,
  certificatesDamaged,
  keyOfOtherProfile,
  keyRefused,
  loginsDamaged,
  loginsEmptied,
  loginsUnreadable,
  reencryptionPending,
  loginOfLeftover,
  loginUnused,
  loginNotFound,
  loginOfOtherUser,
  tokenShadowed,
  loginBlocksWindow,
  savingForbidden,
  openPgpUnreadable,
  openPgpLocked,
  loginBesideToken,
  loginBeforeCutOff,
  outgoingNotSaved,
  loginsLeftBehind,
  loginListOdd,
];
