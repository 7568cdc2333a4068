/**
 * The checks of how accounts sign in, in one list: by what their provider takes now (src/providers).
 */

import type { AnyCheck } from '../check.ts';
import { signInConditions } from './sign-in-conditions.ts';
import { signInDiffers } from './sign-in-differs.ts';
import { signInEnding } from './sign-in-ending.ts';
import { signInExchange } from './sign-in-exchange.ts';
import { signInOfPostbox } from './sign-in-of-postbox.ts';
import { signInRefused } from './sign-in-refused.ts';
import { signInUnregistered } from './sign-in-unregistered.ts';

export const signInChecks: readonly AnyCheck[] = [
  signInRefused,
  signInUnregistered,
  signInDiffers,
  signInEnding,
  signInOfPostbox,
  signInConditions,
  signInExchange,
];
