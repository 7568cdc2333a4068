/**
 * `mailmend explain`: what a check looks for, or what an error message means.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import { explainReport } from '../../report/terminal/explain.ts';
import type { Command } from '../command.ts';
import { texts } from '../options.ts';

export const explain: Command = {
  name: 'explain',
  positional: '[query..]',
  describe: 'What a check looks for and repairs, or what an error message means; writes nothing',
  aliases: [],
  options: [],
  async run(args, session) {
    const query = texts(args, 'query').join(' ').trim();
    if (query === '') {
      throw new MailmendError(
        'BAD_ARGUMENTS',
        exitCode.cannotAnswer,
        'Say what is to be explained: a check, or an error message in quotes.',
        [{ say: 'The checks are named by:', command: session.context.command('check', '--verbose') }],
      );
    }
    await session.answer(session.library.explain(query), explainReport);
    return exitCode.done;
  },
};
