/**
 * The yes before anything is written: `--apply`, or an answer on a terminal (design.md 3).
 */

import { ask } from './ask.ts';
import type { Session } from './session.ts';

/** Whether it shall be done. Without `--apply` and without somebody to ask: no. */
export async function isWanted(session: Session, apply: boolean, question: string): Promise<boolean> {
  if (apply) return true;
  return session.interactive && confirm(session, question);
}

/** Enter alone, the end of the input, and anything that is not clearly a yes mean no. */
async function confirm({ io, output }: Session, question: string): Promise<boolean> {
  await output.note('\n');
  for (let times = 0; times < 3; times++) {
    const answer = (await ask(io, `${question} (yes or no) `))?.trim().toLowerCase() ?? 'no';
    if (['y', 'yes'].includes(answer)) return true;
    if (['', 'n', 'no'].includes(answer)) return false;
  }
  return false;
}
