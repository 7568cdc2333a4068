/**
 * Checks of what is stored besides mail: address books, calendars.
 */

import type { AnyCheck } from '../check.ts';
import { storeDamaged } from './store-damaged.ts';

export const storageChecks: readonly AnyCheck[] = [storeDamaged];
