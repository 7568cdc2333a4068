/**
 * Carries a plan out, with progress on the terminal, and stops at a signal.
 */

import type { ApplyDocument } from '../library/documents/apply.ts';
import { interruptible } from './interruptible.ts';
import type { Plan, SelectedProfile } from './library.ts';
import { type Progress, progressLine } from './progress.ts';
import type { Session } from './session.ts';

/**
 * @param again the words of the same call, for when it must be made once more.
 * @param selected where the list that is to name the profile does not name it yet.
 * @throws MailmendError PROFILE_IN_USE, PLAN_OUT_OF_DATE, WRITE_FAILED, INTERRUPTED … of the library.
 */
export async function carryOut(
  session: Session,
  plan: Plan,
  again: readonly string[],
  selected?: SelectedProfile,
): Promise<ApplyDocument> {
  const { io, library, world, runs, roots } = session;
  const line = progressLine(session);
  try {
    return await interruptible(io, (signal) =>
      library.applyPlan(world, plan, {
        signal,
        runs,
        roots,
        again,
        ...(selected === undefined ? {} : { selected }),
        onProgress: (progress: Progress) => line.show(progress),
      }),
    );
  } finally {
    line.clear();
  }
}
