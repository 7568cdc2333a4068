/**
 * `mailmend backup`: a copy of the whole profile; `--verify` reads one again. The folder that is named is the yes
 * (design.md 3).
 */

import { type ExitCode, exitCode, MailmendError } from '../../repair/error.ts';
import { backupDone, backupPlanReport, backupVerifyReport } from '../../report/terminal/backup.ts';
import type { Command } from '../command.ts';
import { copyProgress } from '../copy-progress.ts';
import { interruptible } from '../interruptible.ts';
import { optionalText, profileArgument } from '../options.ts';
import { packageFacts } from '../package-facts.ts';
import type { Progress } from '../progress.ts';
import { openProfile } from '../select-profile.ts';
import type { Session } from '../session.ts';

export const backup: Command = {
  name: 'backup',
  positional: '[profile]',
  describe: 'A copy of the whole profile, every byte compared; writes only the folder of --to',
  aliases: [],
  options: ['to', 'verify'],
  async run(args, session) {
    const to = optionalText(args, 'to');
    const folder = optionalText(args, 'verify');
    const profile = profileArgument(args);
    if (folder !== null) {
      if (to === null && profile === null) return verify(session, folder);
      throw badCall(
        session,
        '--verify reads a backup, and nothing else: it goes with neither a profile nor --to.',
      );
    }
    if (to === null) throw badCall(session, 'Say where the backup shall go, with --to.');
    return make(session, profile, to);
  },
};

async function make(session: Session, profile: string | null, to: string): Promise<ExitCode> {
  const { library, world, context } = session;
  const selected = await openProfile(session, profile);
  const prepared = await library.prepareBackup(world, selected, {
    to,
    by: packageFacts().version,
    commandFor: (folder) => context.command('backup', selected.path, '--to', folder),
  });
  await session.say(prepared.summary, backupPlanReport);
  const document = await withProgress(session, 'Copying:', (signal, onProgress) =>
    library.makeBackup(world, prepared, { signal, onProgress }),
  );
  await session.answer(document, backupDone);
  return document.complete ? exitCode.done : exitCode.problemsFound;
}

async function verify(session: Session, folder: string): Promise<ExitCode> {
  const document = await withProgress(session, 'Reading:', (signal, onProgress) =>
    session.library.verifyBackup(session.world, folder, { signal, onProgress }),
  );
  await session.answer(document, backupVerifyReport);
  return document.state === 'intact' && document.complete ? exitCode.done : exitCode.problemsFound;
}

async function withProgress<Result>(
  session: Session,
  word: string,
  work: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  const line = copyProgress(session, word);
  try {
    return await interruptible(session.io, (signal) => work(signal, line.show));
  } finally {
    line.clear();
  }
}

function badCall({ context }: Session, message: string): MailmendError {
  return new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, message, [
    { say: 'To copy the profile:', command: context.command('backup', '--to', '<folder>') },
    { say: 'To read a backup again:', command: context.command('backup', '--verify', '<folder>') },
  ]);
}
