/**
 * `mailmend passwords backup --to <file>`: the saved logins in one file, encrypted with a pass phrase.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import { passwordsBackupReport } from '../../report/terminal/passwords-saved.ts';
import type { Command } from '../command.ts';
import { optionalText, profileArgument } from '../options.ts';
import { passPhrase, withPrimaryPassword } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const passwordsBackup: Command = {
  name: 'passwords backup',
  positional: '[profile]',
  describe: 'The saved logins in one file, encrypted with a pass phrase; writes only the file of --to',
  aliases: [],
  options: ['to', 'primary-password-file', 'passphrase-file'],
  async run(args, session) {
    const { library, world, context } = session;
    const to = optionalText(args, 'to');
    if (to === null)
      throw new MailmendError(
        'BAD_ARGUMENTS',
        exitCode.cannotAnswer,
        'Say which file the backup shall be, with --to.',
        [
          {
            say: 'For example:',
            command: context.command('passwords', 'backup', '--to', 'passwords.mailmend'),
          },
        ],
      );
    const selected = await openProfile(session, profileArgument(args));
    library.requirePlaceForPasswords(world, selected, to);
    const document = await withPrimaryPassword(session, args, selected, async (primaryPassword) => {
      if (primaryPassword !== null) await library.listPasswords(world, selected, { primaryPassword });
      const phrase = await passPhrase(session, args, true);
      return library.backupPasswords(world, selected, { primaryPassword, passPhrase: phrase, to });
    });
    await session.answer(document, passwordsBackupReport);
    return document.complete ? exitCode.done : exitCode.problemsFound;
  },
};
