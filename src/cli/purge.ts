/**
 * `undo --purge`: the one way to delete anything. Every file is listed first; one run is named, or `--all`.
 */

import type { UndoDocument } from '../library/documents/undo.ts';
import { type ExitCode, exitCode, MailmendError, nextStep } from '../repair/error.ts';
import { purgeDone, purgeNotDone, purgePlanReport } from '../report/terminal/purge.ts';
import { runsReport } from '../report/terminal/undo.ts';
import { isWanted } from './confirm.ts';
import type { SelectedProfile } from './library.ts';
import type { Session } from './session.ts';

export interface PurgeChoice {
  id: string | null;
  all: boolean;
  apply: boolean;
}

/** @throws MailmendError of the library; BAD_ARGUMENTS unless it is clear what is meant. */
export async function purge(
  session: Session,
  selected: SelectedProfile,
  document: UndoDocument,
  { id, all, apply }: PurgeChoice,
): Promise<ExitCode> {
  const { library, world, runs } = session;
  if (id === null && document.runs.length === 0) {
    await session.answer(document, runsReport);
    return exitCode.done;
  }
  if ((id === null) !== all) throw unclear(selected, all);
  const plan = library.previewPurgeRun(world, selected, { runs, run: id });
  await session.say(plan, purgePlanReport);
  const nothing = plan.toDelete.length === 0;
  if (!nothing && (await isWanted(session, apply, 'Shall mailmend delete this now?'))) {
    await session.answer(await library.purgeRun(world, selected, { runs, run: id }), purgeDone);
  } else {
    await session.answer(plan, purgeNotDone(nothing ? null : (id ?? '--all')));
  }
  return exitCode.done;
}

function unclear({ path }: SelectedProfile, all: boolean): MailmendError {
  const message = all
    ? '--all means every run, and --run one of them: give one of the two.'
    : 'Say which run: --purge deletes what is kept for it.';
  return new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, message, [
    nextStep('The runs are listed by:', 'undo', path, '--list'),
    nextStep('To see what would go of all that are no longer needed:', 'undo', path, '--purge', '--all'),
  ]);
}
