/**
 * `mailmend passwords remove`: takes saved logins out of the list: the old ones, those of an account, or all.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import {
  passwordsChangeDone,
  passwordsChangeNotDone,
  passwordsRemovePlan,
} from '../../report/terminal/passwords-change.ts';
import { carryOut } from '../carry-out.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { flag, optionalText, profileArgument } from '../options.ts';
import { withPrimaryPassword } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const passwordsRemove: Command = {
  name: 'passwords remove',
  positional: '[profile]',
  describe: 'Takes old saved logins out of the list; they are kept for undo; only after a yes',
  aliases: [],
  options: ['account', 'all', 'primary-password-file', 'apply', 'runs'],
  async run(args, session) {
    const { library, world, context } = session;
    const account = optionalText(args, 'account');
    const all = flag(args, 'all');
    if (all && account !== null)
      throw new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, '--all goes without --account.');
    const selected = await openProfile(session, profileArgument(args));
    const { document, plan } = await withPrimaryPassword(session, args, selected, (primaryPassword) =>
      library.planRemovePasswords(world, selected, { primaryPassword, account, all }),
    );
    const words = [
      'passwords',
      'remove',
      selected.path,
      ...(all ? ['--all'] : account === null ? [] : ['--account', account]),
      ...fileWords(args),
      '--apply',
    ];
    if (plan.operations.length === 0) {
      await session.answer(document, passwordsRemovePlan);
      return exitCode.done;
    }
    await session.say(document, passwordsRemovePlan);
    if (await isWanted(session, flag(args, 'apply'), 'Shall mailmend take them out now?')) {
      const { applied, run, verified } = await carryOut(session, plan, words);
      await session.answer({ ...document, applied, run, ...(verified && { verified }) }, passwordsChangeDone);
    } else {
      const again = context.command(...words);
      await session.answer(document, (_document, reportContext) =>
        passwordsChangeNotDone(again, reportContext),
      );
    }
    return exitCode.done;
  },
};

function fileWords(args: Parameters<Command['run']>[0]): string[] {
  const file = optionalText(args, 'primary-password-file');
  return file === null ? [] : ['--primary-password-file', file];
}
