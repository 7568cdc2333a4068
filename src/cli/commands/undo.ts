/**
 * `mailmend undo`: takes the last run back, or another; lists the runs; deletes what is kept for one.
 */

import type { Run, UndoDocument } from '../../library/documents/undo.ts';
import { type ExitCode, exitCode, MailmendError } from '../../repair/error.ts';
import {
  canBeUndone,
  purgePlanReport,
  runsReport,
  undoDone,
  undoNotDone,
  undoPlanReport,
} from '../../report/terminal/undo.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { interruptible } from '../interruptible.ts';
import type { SelectedProfile } from '../library.ts';
import { flag, optionalText, profileArgument } from '../options.ts';
import { openProfile } from '../select-profile.ts';
import type { Session } from '../session.ts';

export const undo: Command = {
  name: 'undo',
  positional: '[profile]',
  describe: 'Takes back what mailmend changed; changes something only after a yes',
  aliases: ['revert', 'restore'],
  options: ['list', 'run', 'purge', 'apply', 'runs'],
  async run(args, session) {
    const selected = await openProfile(session, profileArgument(args));
    const document = session.library.listRuns(session.world, selected, { runs: session.runs });
    const id = optionalText(args, 'run');
    if (flag(args, 'list')) return list(session, document);
    if (flag(args, 'purge')) return purge(session, selected, document, id, flag(args, 'apply'));
    return takeBack(session, selected, document, id, flag(args, 'apply'));
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
  id: string | null,
  apply: boolean,
): Promise<ExitCode> {
  const run = id === null ? document.runs.find(lastMeant) : runCalled(session, document, id);
  if (run === undefined) {
    if (apply) await session.library.settleRuns(session.world, selected, { runs: session.runs });
    return list(session, document);
  }
  refuseIfDamaged(session, document, run);
  if (!canBeUndone(run)) {
    throw new MailmendError(
      'NO_SUCH_RUN',
      exitCode.cannotAnswer,
      `Run ${run.id} cannot be taken back: it ${run.state === 'purged' ? 'is deleted' : 'already was'}.`,
    );
  }
  const { library, world, runs, io } = session;
  await session.say(document, (shown, context) => undoPlanReport(shown, run.id, context));
  if (await isWanted(session, apply, 'Shall mailmend take this back now?')) {
    const done = await interruptible(io, (signal) =>
      library.undoRun(world, selected, { run: run.id, signal, runs }),
    );
    await session.answer(done, undoDone);
  } else {
    await session.answer(document, undoNotDone(['--run', run.id, '--apply']));
  }
  return exitCode.done;
}

/** The one way to delete anything: one run at a time, and it is named. */
async function purge(
  session: Session,
  selected: SelectedProfile,
  document: UndoDocument,
  id: string | null,
  apply: boolean,
): Promise<ExitCode> {
  const { library, world, runs, context, redact } = session;
  if (document.runs.length === 0) return list(session, document);
  if (id === null) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      'Say which run: --purge deletes what is kept for it.',
      [
        {
          say: 'The runs are listed by:',
          command: context.command('undo', redact(document.profile.path), '--list'),
        },
      ],
    );
  }
  const run = runCalled(session, document, id);
  refuseIfDamaged(session, document, run);
  await session.say(document, (shown, reportContext) => purgePlanReport(shown, run.id, reportContext));
  if (await isWanted(session, apply, 'Shall mailmend delete this now?')) {
    await session.answer(await library.purgeRun(world, selected, { run: run.id, runs }), undoDone);
  } else {
    await session.answer(document, undoNotDone(['--purge', '--run', run.id, '--apply']));
  }
  return exitCode.done;
}

/** A damaged one is not passed over in silence when the last run is to be taken back. */
const lastMeant = (run: Run): boolean => canBeUndone(run) || run.state === 'damaged';

function refuseIfDamaged({ context, redact }: Session, { runs, profile }: UndoDocument, run: Run): void {
  if (run.state !== 'damaged') return;
  const other = runs.find(canBeUndone);
  const message = `Run ${run.id} cannot be taken back or deleted: ${run.why}. Nothing was changed.`;
  const command = context.command(
    'undo',
    redact(profile.path),
    ...(other ? ['--run', other.id] : ['--list']),
  );
  const say = other ? 'Another run can still be taken back.' : 'The runs are listed by:';
  throw new MailmendError('UNDO_CONFLICT', exitCode.refused, message, [{ say, command }]);
}

function runCalled({ context, redact }: Session, document: UndoDocument, id: string): Run {
  const run = document.runs.find((one) => one.id === id);
  if (run !== undefined) return run;
  throw new MailmendError('NO_SUCH_RUN', exitCode.cannotAnswer, `There is no run ${id} in this profile.`, [
    {
      say: 'The runs are listed by:',
      command: context.command('undo', redact(document.profile.path), '--list'),
    },
  ]);
}
