import type { AnyCheck } from '../check.ts';
import { certificatesDamaged } from './certificates-damaged.ts';
import { keyStoreDamaged } from './key-store-damaged.ts';
import { keyStoreMissing } from './key-store-missing.ts';
import { loginOfLeftover } from './login-of-leftover.ts';
import { loginUnused } from './login-unused.ts';
import { loginsDamaged } from './logins-damaged.ts';
import { reencryptionPending } from './reencryption-pending.ts';

export const passwordChecks: readonly AnyCheck[] = [
  keyStoreMissing,
  keyStoreDamaged,
  certificatesDamaged,
  loginsDamaged,
  reencryptionPending,
  loginOfLeftover,
  loginUnused,
];
