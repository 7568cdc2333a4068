/**
 * `mailmend passwords restore --from <file>`: the logins of a backup come into this profile, or a fresh one.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import {
  passwordsChangeDone,
  passwordsChangeNotDone,
  passwordsRestorePlan,
} from '../../report/terminal/passwords-change.ts';
import { carryOut } from '../carry-out.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { flag, optionalText, profileArgument } from '../options.ts';
import { passPhrase, withPrimaryPassword } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

const files = ['primary-password-file', 'passphrase-file'] as const;

export const passwordsRestore: Command = {
  name: 'passwords restore',
  positional: '[profile]',
  describe: 'Brings the logins of a backup into a profile; nothing newer is replaced; only after a yes',
  aliases: [],
  options: ['from', ...files, 'apply', 'runs'],
  async run(args, session) {
    const { library, world, context } = session;
    const from = optionalText(args, 'from');
    if (from === null)
      throw new MailmendError('BAD_ARGUMENTS', exitCode.cannotAnswer, 'Say which backup, with --from.', [
        {
          say: 'For example:',
          command: context.command('passwords', 'restore', '--from', 'passwords.mailmend'),
        },
      ]);
    const selected = await openProfile(session, profileArgument(args));
    const phrase = await passPhrase(session, args, false);
    const { document, plan } = await withPrimaryPassword(session, args, selected, (primaryPassword) =>
      library.planRestorePasswords(world, selected, { from, passPhrase: phrase, primaryPassword }),
    );
    const words = ['passwords', 'restore', selected.path, '--from', from, ...fileWords(args), '--apply'];
    if (plan.operations.length === 0) {
      await session.answer(document, passwordsRestorePlan);
      return exitCode.done;
    }
    await session.say(document, passwordsRestorePlan);
    if (await isWanted(session, flag(args, 'apply'), 'Shall mailmend restore them now?')) {
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
  return files.flatMap((name) => {
    const file = optionalText(args, name);
    return file === null ? [] : [`--${name}`, file];
  });
}
