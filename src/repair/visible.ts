/**
 * Text from a profile, made safe to show: a profile is hostile input (design.md 6.11).
 * Belongs here: escaping for lines that people read. Colours and layout are src/report.
 */

import type { PrefValue } from '../formats/prefs/prefs.ts';

/** Control characters, line separators and characters that turn the direction of text. */
const unsafe = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

export function visible(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Keys whose values are nobody's business (design.md 6.10). */
const secret = /passw|token|secret/i;

/** A value as a person reads it: `"text"`, `25`, `true`, or that there is none; `[redacted]` by the name of its key. */
export function shownValue(key: string, value: PrefValue | null): string {
  if (value === null) return 'not set';
  if (secret.test(key)) return '[redacted]';
  return visible(typeof value === 'string' ? JSON.stringify(value) : String(value));
}
