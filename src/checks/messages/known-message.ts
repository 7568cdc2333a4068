/**
 * An error message as a search key: the words by which it is known, in the languages in which they are known, and what
 * it means in our own words.
 * Every way is a list of fragments that all have to be there, in lower case; matching is looking for fixed text, so it
 * is linear in the length of the message. A fragment with a blank in front and behind is a word of its own.
 */

import { type NextStep, nextStep } from '../../repair/error.ts';
import type { CheckId } from '../finding.ts';

/** Of messages with one topic only the first that fits is told: the others say the same, less exactly. */
export type Topic =
  | 'sign-in'
  | 'connection'
  | 'sending'
  | 'copies'
  | 'folder'
  | 'start'
  | 'set-up'
  | 'directory'
  | 'passwords'
  | 'space';

export interface KnownMessage {
  topic: Topic;
  /** As the program or the server words it in English; `…` for names. */
  message: string;
  meaning: string;
  checks: readonly CheckId[];
  next: readonly NextStep[];
  ways: readonly (readonly string[])[];
}

export const lookAtSignIn: NextStep = nextStep(
  'Look at how your accounts sign in and at the saved passwords; nothing is changed by it.',
  'check',
  '--only',
  'settings',
  '--only',
  'passwords',
  '--verbose',
);
export const lookAtSettings: NextStep = nextStep(
  'Look at the settings of your accounts; nothing is changed by it.',
  'check',
  '--only',
  'settings',
  '--verbose',
);
export const lookAtAll: NextStep = nextStep('Look at the profile; nothing is changed by it.', 'check');
export const compareSheet: NextStep = nextStep(
  'Compare the settings with those that your mail provider names.',
  'inspect',
  '--sheet',
);
export const seeProfiles: NextStep = nextStep(
  'See which profiles there are and which one opens.',
  'profiles',
);
