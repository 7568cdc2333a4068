/**
 * What shall be where both a repair and somebody after it changed the same setting: said by `--conflicts`, or asked, one
 * by one, before anything is written (design.md 6.5).
 */

import type { Conflict } from '../library/documents/undo.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { conflictReport } from '../report/terminal/conflict.ts';
import { ask } from './ask.ts';
import type { Session } from './session.ts';

export type Decision = 'keep' | 'take-back';

/** Null: nobody is there to say it. */
export type Decide = ((conflict: Conflict) => Decision) | null;

/** @param given of `--conflicts`. @throws MailmendError INTERRUPTED at Ctrl-C. */
export async function decideConflicts(
  session: Session,
  conflicts: readonly Conflict[],
  given: string | null,
): Promise<Decide> {
  if (given !== null) return () => (given === 'take-back' ? 'take-back' : 'keep');
  if (conflicts.length === 0) return null;
  if (!session.interactive) return null;
  const answers = new Map<string, Decision>();
  for (const [index, conflict] of conflicts.entries()) {
    const report = conflictReport(session.redact(conflict), index + 1, conflicts.length, session.noteContext);
    await session.output.note(`\n${report}`);
    answers.set(nameOf(conflict), await choose(session));
  }
  return (conflict) => {
    const answer = answers.get(nameOf(conflict));
    if (answer !== undefined) return answer;
    const message = `${conflict.key} changed again while you were asked. Nothing was taken back; run the same command again.`;
    throw new MailmendError('UNDO_CONFLICT', exitCode.refused, message);
  };
}

/** Enter alone, the end of the input, and anything that is not clearly the other leaves what is there now. */
async function choose({ io }: Session): Promise<Decision> {
  for (let times = 0; times < 3; times++) {
    const answer = (
      await ask(io, 'Keep what is there now, or put back what was before? (keep or back) [keep] ')
    )
      ?.trim()
      .toLowerCase();
    if (['b', 'back'].includes(answer ?? '')) return 'take-back';
    if (['k', 'keep', '', undefined].includes(answer)) return 'keep';
  }
  return 'keep';
}

/** With the value of now: an answer holds for what was shown. */
const nameOf = ({ path, key, now }: Conflict): string => [path, key, now].join('\0');
