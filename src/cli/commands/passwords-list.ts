/**
 * `mailmend passwords list`, and `passwords` alone: the saved logins and what they are good for. Nothing is written.
 */

import { exitCode } from '../../repair/error.ts';
import { passwordsListReport } from '../../report/terminal/passwords-list.ts';
import type { Command } from '../command.ts';
import { profileArgument } from '../options.ts';
import { withPrimaryPassword } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const passwordsList: Command = {
  name: 'passwords list',
  positional: '[profile]',
  describe: 'The saved logins: which account uses them, and what is wrong with them; never a password',
  aliases: [],
  options: ['primary-password-file'],
  async run(args, session) {
    const selected = await openProfile(session, profileArgument(args));
    const document = await withPrimaryPassword(session, args, selected, (primaryPassword) =>
      session.library.listPasswords(session.world, selected, { primaryPassword }),
    );
    await session.answer(document, passwordsListReport);
    return exitCode.done;
  },
};
