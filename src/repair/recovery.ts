/**
 * Is there a run that was cut off? Commands that write then refuse (exit 5); those that read answer, and say so.
 */

import { MailmendError, nextStep } from './error.ts';
import type { ReadableFileSystem } from './file-system.ts';
import { type Run, readRuns } from './run.ts';

/** The run that was cut off while it was applied or taken back; null when there is none. Writes nothing. */
export function openRun(fs: ReadableFileSystem, profile: string, runs: string | null = null): Run | null {
  return readRuns(fs, profile, runs).find(isCutOff) ?? null;
}

export function isCutOff(run: Run): boolean {
  return run.state === 'open' || run.state === 'undoing';
}

export function cutOffError(run: Run, said = 'An earlier run was cut off', cause?: unknown): MailmendError {
  const message = `${said}. Taking it back makes everything as it was before run ${run.id}.`;
  return new MailmendError(
    'EARLIER_RUN_CUT_OFF',
    5,
    message,
    [nextStep('Take it back.', 'undo', run.opened.plan.profile.path)],
    cause,
  );
}
