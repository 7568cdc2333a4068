/**
 * `mailmend diagnostic-profile`: a fresh profile beside the old one, with one account if wanted; `--remove` takes it
 * away again.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import {
  diagnosticDone,
  diagnosticNotDone,
  diagnosticPlanReport,
  diagnosticWords,
} from '../../report/terminal/diagnostic-profile.ts';
import { carryOut } from '../carry-out.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { flag, optionalText, profileArgument } from '../options.ts';
import { openProfile } from '../select-profile.ts';

export const diagnosticProfile: Command = {
  name: 'diagnostic-profile',
  positional: '[profile]',
  describe: 'A fresh profile beside yours, to find out where the fault lies; only after a yes',
  aliases: [],
  options: ['account', 'as', 'remove', 'apply', 'runs'],
  async run(args, session) {
    const { library, world } = session;
    const account = optionalText(args, 'account');
    const as = optionalText(args, 'as') === 'imap' ? 'imap' : null;
    const remove = flag(args, 'remove');
    if (remove && (account !== null || as !== null)) {
      throw new MailmendError(
        'BAD_ARGUMENTS',
        exitCode.cannotAnswer,
        '--remove goes without --account and --as.',
      );
    }
    if (as !== null && account === null) {
      throw new MailmendError(
        'BAD_ARGUMENTS',
        exitCode.cannotAnswer,
        '--as says how an account is set up: name it with --account.',
      );
    }
    const selected = await openProfile(session, profileArgument(args));
    const { document, plan } = library.planDiagnosticProfile(world, selected, { account, as, remove });
    await session.say(document, diagnosticPlanReport);
    if (
      await isWanted(
        session,
        flag(args, 'apply'),
        remove ? 'Shall mailmend take it away now?' : 'Shall mailmend make it now?',
      )
    ) {
      const again = [...diagnosticWords(document), '--apply'];
      const { applied, run, verified } = await carryOut(session, plan, again);
      await session.answer({ ...document, applied, run, ...(verified && { verified }) }, diagnosticDone);
    } else {
      await session.answer(document, diagnosticNotDone);
    }
    return exitCode.done;
  },
};
