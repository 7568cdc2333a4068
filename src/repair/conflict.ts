/**
 * What mailmend and the program have both changed: told, and decided by the person whose it is (design.md 6.5).
 * Belongs here: the types, and the words. Values that may be secret are never in them.
 */

import type { PrefValue } from '../formats/prefs/prefs.ts';
import { shownValue, visible } from './visible.ts';

/** Null: no such key. */
export interface KeyConflict {
  path: string;
  key: string;
  before: PrefValue | null;
  ours: PrefValue | null;
  theirs: PrefValue | null;
  /** It is a row of a list, and `key` says which; what is in it is nobody's business, and in none of the values. */
  row?: true;
}

/** What to do about a conflict: leave what the program wrote, or put back what was there before mailmend. */
export type Decision = 'keep' | 'take-back';

/** Null: not decided. */
export type Decide = (conflict: KeyConflict) => Decision | null;

/** Conflicts are told, and left as they are. */
export const undecided: Decide = () => null;

/** What becomes of a file of which single pieces are taken back. */
export interface TakenBack {
  /** Null: nothing of ours is left in the file. */
  bytes: Uint8Array | null;
  conflicts: KeyConflict[];
  /** What of ours stays in the file all the same, and why. */
  stays: string[];
}

/** One for each thing that is in conflict. */
export function conflictName({ path, key }: KeyConflict): string {
  return `${path}\0${key}`;
}

/** As a person reads them; of a row it is not said what is in it. */
export function conflictValues({ key, before, ours, theirs, row }: KeyConflict): {
  before: string;
  made: string;
  now: string;
} {
  if (row === true) return { before: 'there', made: 'taken out', now: 'another one with the same id' };
  const shown = (value: PrefValue | null): string => shownValue(key, value);
  return { before: shown(before), made: shown(ours), now: shown(theirs) };
}

/** Half a sentence that begins with the path. */
export function conflictInWords(conflict: KeyConflict): string {
  const { before, made, now } = conflictValues(conflict);
  return `${conflict.path}: ${visible(conflict.key)} was ${before}, mailmend made it ${made}, now it is ${now}`;
}
