/**
 * Every check there is, in the order of the causes.
 */

import type { AnyCheck } from './check.ts';
import { interferenceChecks } from './interference/index.ts';
import { leftoverChecks } from './leftovers/index.ts';
import { passwordChecks } from './passwords/index.ts';
import { profileChecks } from './profile/index.ts';
import { settingsChecks } from './settings/index.ts';
import { storageChecks } from './storage/index.ts';

export const allChecks: readonly AnyCheck[] = [
  ...profileChecks,
  ...settingsChecks,
  ...passwordChecks,
  ...leftoverChecks,
  ...interferenceChecks,
  ...storageChecks,
];
