/**
 * `mailmend undo`: takes the last run back, or another; lists the runs; deletes what is kept for them.
 */

import type { Run, UndoDocument } from '../../library/documents/undo.ts';
import { type ExitCode, exitCode, MailmendError, nextStep } from '../../repair/error.ts';
import {
  canBeUndone,
  runsReport,
  undoDone,
  undoNotDone,
  undoPlanReport,
} from '../../report/terminal/undo.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { decideConflicts } from '../decide-conflicts.ts';
import { interruptible } from '../interruptible.ts';
import type { SelectedProfile } from '../library.ts';
import { type Args, flag, optionalText, profileArgument } from '../options.ts';
import { progressLine } from '../progress.ts';
import { purge } from '../purge.ts';
import { openProfile } from '../select-profile.ts';
import type { Session } from '../session.ts';

export const undo: Command = {
  name: 'undo',
  positional: '[profile]',
  describe: 'Takes back what mailmend changed; changes something only after a yes',
  aliases: ['revert', 'restore'],
  options: ['list', 'run', 'conflicts', 'purge', 'all', 'apply', 'runs'],
  async run(args, session) {
    const selected = await openProfile(session, profileArgument(args));
    const document = session.library.listRuns(session.world, selected, { runs: session.runs });
    const id = optionalText(args, 'run');
    const [all, apply] = [flag(args, 'all'), flag(args, 'apply')];
    if (flag(args, 'list')) return list(session, document);
    if (flag(args, 'purge')) return purge(session, selected, document, { id, all, apply });
    if (all) throw new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, '--all goes with --purge only.');
    return takeBack(session, selected, document, args);
  },
};

async function list(session: Session, document: UndoDocument): Promise<ExitCode> {
  await session.answer(document, runsReport);
  return exitCode.done;
}

async function takeBack(
  session: Session,
  selected: SelectedProfile,
  document: UndoDocument,
  args: Args,
): Promise<ExitCode> {
  const { library, world, runs, io } = session;
  const [id, given, apply] = [
    optionalText(args, 'run'),
    optionalText(args, 'conflicts'),
    flag(args, 'apply'),
  ];
  const run = id === null ? document.runs.find(lastMeant) : runCalled(document, id);
  if (run === undefined) {
    if (apply) await library.settleRuns(world, selected, { runs });
    return list(session, document);
  }
  refuseIfDamaged(document, run);
  refuseIfOver(document, run);
  const plan = library.previewRun(world, selected, { runs, run: run.id });
  // Those that are asked about are shown with their question.
  const asked = session.interactive && given === null;
  const shownPlan = asked ? { ...plan, conflicts: [] } : plan;
  await session.say(shownPlan, (shown, context) => undoPlanReport(shown, run.id, context));
  const decide = await decideConflicts(session, plan.conflicts, given);
  const words = ['--run', run.id, ...(given === null ? [] : ['--conflicts', given]), '--apply'];
  if (await isWanted(session, apply, 'Shall mailmend take this back now?')) {
    const line = progressLine(session);
    const done = await interruptible(io, (signal) =>
      library.undoRun(world, selected, {
        run: run.id,
        runs,
        signal,
        onProgress: line.show,
        ...(decide === null ? {} : { decide }),
        again: ['undo', selected.path, ...words],
      }),
    ).finally(line.clear);
    await session.answer(done, undoDone);
  } else {
    const open = plan.conflicts.length > 0 && given === null;
    const choices = open ? ['keep', 'take-back'].map((how) => [...words, '--conflicts', how]) : [words];
    await session.answer(plan, undoNotDone(choices));
  }
  return exitCode.done;
}

/** A damaged one is not passed over in silence when the last run is to be taken back. */
const lastMeant = (run: Run): boolean => canBeUndone(run) || run.state === 'damaged';

function refuseIfDamaged({ runs, profile }: UndoDocument, run: Run): void {
  if (run.state !== 'damaged') return;
  const other = runs.find(canBeUndone);
  const message = `Run ${run.id} cannot be taken back: ${run.why}. Nothing was changed.`;
  const next = other
    ? nextStep('Another run can still be taken back.', 'undo', profile.path, '--run', other.id)
    : nextStep('The runs are listed by:', 'undo', profile.path, '--list');
  throw new MailmendError('UNDO_CONFLICT', exitCode.refused, message, [next]);
}

/** One of another profile is refused by the library, which knows whose it is. */
function refuseIfOver({ profile }: UndoDocument, { id, state }: Run): void {
  const over = { undone: 'it already was', 'rolled-back': 'it took itself back', purged: 'it is deleted' };
  const why = Object.entries(over).find(([name]) => name === state)?.[1];
  if (why === undefined) return;
  const message = `Run ${id} cannot be taken back: ${why}. Nothing was changed.`;
  throw new MailmendError('NO_SUCH_RUN', exitCode.cannotAnswer, message, [
    nextStep('The runs are listed by:', 'undo', profile.path, '--list'),
  ]);
}

function runCalled(document: UndoDocument, id: string): Run {
  const run = document.runs.find((one) => one.id === id);
  if (run !== undefined) return run;
  throw new MailmendError('NO_SUCH_RUN', exitCode.cannotAnswer, `There is no run ${id} in this profile.`, [
    nextStep('The runs are listed by:', 'undo', document.profile.path, '--list'),
  ]);
}
