/**
 * `mailmend passwords export --to <file.csv>`: the saved logins in the clear, for another program.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import { passwordsExportReport } from '../../report/terminal/passwords-saved.ts';
import type { Command } from '../command.ts';
import { optionalText, profileArgument } from '../options.ts';
import { withPrimaryPassword } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const passwordsExport: Command = {
  name: 'passwords export',
  positional: '[profile]',
  describe: 'The saved logins as CSV, in the clear: whoever has the file has your passwords',
  aliases: [],
  options: ['to', 'primary-password-file'],
  async run(args, session) {
    const { library, world, context } = session;
    const to = optionalText(args, 'to');
    if (to === null)
      throw new MailmendError(
        'BAD_ARGUMENTS',
        exitCode.cannotAnswer,
        'Say which file shall be written, with --to.',
        [{ say: 'For example:', command: context.command('passwords', 'export', '--to', 'passwords.csv') }],
      );
    const selected = await openProfile(session, profileArgument(args));
    const document = await withPrimaryPassword(session, args, selected, (primaryPassword) =>
      library.exportPasswords(world, selected, { primaryPassword, to }),
    );
    await session.answer(document, passwordsExportReport);
    return exitCode.done;
  },
};
