import type { AnyCheck } from '../check.ts';
import { certificatesDamaged } from './certificates-damaged.ts';
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
import { loginsLeftBehind } from './logins-left-behind.ts';
import { openPgpLocked } from './openpgp-locked.ts';
import { outgoingNotSaved } from './outgoing-not-saved.ts';
import { reencryptionPending } from './reencryption-pending.ts';
import { savingForbidden } from './saving-forbidden.ts';
import { tokenShadowed } from './token-shadowed.ts';

export const passwordChecks: readonly AnyCheck[] = [
  keyStoreMissing,
  keyStoreDamaged,
  certificatesDamaged,
  loginsDamaged,
  reencryptionPending,
  loginOfLeftover,
  loginUnused,
  loginNotFound,
  loginOfOtherUser,
  tokenShadowed,
  loginBlocksWindow,
  savingForbidden,
  openPgpLocked,
  loginBesideToken,
  loginBeforeCutOff,
  outgoingNotSaved,
  loginsLeftBehind,
  loginListOdd,
];
