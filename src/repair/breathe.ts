/**
 * Lets signals in: every file operation is synchronous, so that Ctrl-C would wait for the end of the run.
 */

import { setImmediate } from 'node:timers/promises';
import { MailmendError } from './error.ts';

/** @throws MailmendError INTERRUPTED when the signal was given. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  if (signal?.aborted) throw new MailmendError('INTERRUPTED', 130, 'Interrupted.');
}
