/**
 * `mailmend inspect`: the settings sheet, or with `--sheet` the one to print and take to the provider.
 */

import { exitCode } from '../../repair/error.ts';
import { inspectReport } from '../../report/terminal/inspect.ts';
import { sheetReport } from '../../report/terminal/sheet.ts';
import type { Command } from '../command.ts';
import { flag, profileArgument } from '../options.ts';
import { unlockIfAsked } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const inspect: Command = {
  name: 'inspect',
  positional: '[profile]',
  describe: 'The settings of every account; --sheet prints them for your provider; writes nothing',
  aliases: ['accounts'],
  options: ['sheet', 'unlock', 'primary-password-file'],
  async run(args, session) {
    const profile = await openProfile(session, profileArgument(args));
    await unlockIfAsked(session, args, profile);
    const document = session.library.inspectProfile(session.world, profile);
    await session.answer(document, flag(args, 'sheet') ? sheetReport : inspectReport);
    return exitCode.done;
  },
};
