/**
 * One line on the terminal that says how far the writing has come; it is wiped when the writing is done.
 */

import type { Session } from './session.ts';

export interface Progress {
  done: number;
  total: number;
}

export interface ProgressLine {
  show(progress: Progress): void;
  clear(): void;
}

export function progressLine({
  io: { stderr },
  quiet,
  json,
}: Pick<Session, 'io' | 'quiet' | 'json'>): ProgressLine {
  if (stderr.isTTY !== true || quiet || json) return { show: () => {}, clear: () => {} };
  const wipe = '\r\u001b[K';
  return {
    show: ({ done, total }) => stderr.write(`${wipe}${done} of ${total} steps`),
    clear: () => stderr.write(wipe),
  };
}
