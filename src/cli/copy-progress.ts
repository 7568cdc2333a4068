/**
 * One line on the terminal that says how much has been copied, and about how long it will still take; wiped at the end.
 */

import { copyProgressText } from '../report/terminal/backup.ts';
import type { Progress, ProgressLine } from './progress.ts';
import type { Session } from './session.ts';

/** Milliseconds: more often nobody can read it. */
const pause = 250;

/** @param now milliseconds, from any beginning. */
export function copyProgress(
  { io: { stderr }, quiet, json }: Pick<Session, 'io' | 'quiet' | 'json'>,
  word: string,
  now: () => number = () => performance.now(),
): ProgressLine {
  if (stderr.isTTY !== true || quiet || json) return { show: () => {}, clear: () => {} };
  const wipe = '\r\u001b[K';
  const begun = now();
  let shown = Number.NEGATIVE_INFINITY;
  return {
    show(progress: Progress) {
      const time = now();
      if (time - shown < pause) return;
      shown = time;
      stderr.write(`${wipe}${word} ${copyProgressText(progress, time - begun)}`);
    },
    clear: () => stderr.write(wipe),
  };
}
