/**
 * `mailmend` and `mailmend <folder>`: a short sheet, then the check. With --json: the check.
 */

import { exitCode, MailmendError } from '../../repair/error.ts';
import { overviewReport } from '../../report/terminal/overview.ts';
import type { Command } from '../command.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { SelectedProfile } from '../library.ts';
import { profileArgument } from '../options.ts';
import { openProfile } from '../select-profile.ts';
import type { Session } from '../session.ts';
import { verdictCode } from './check.ts';

/** @param words the commands and their other names. */
export function overview(words: readonly string[]): Command {
  return {
    name: '',
    positional: '[profile]',
    describe: 'A short look at one profile, and what is wrong with it; writes nothing',
    aliases: [],
    options: [],
    async run(args, session) {
      const argument = profileArgument(args);
      const profile = await openOrSuggest(session, argument, words);
      const check = session.library.checkProfile(session.world, profile, { only: [], account: null });
      if (session.json) {
        await session.answer(check, () => '');
      } else {
        const sheet = session.library.inspectProfile(session.world, profile);
        await session.say({ sheet, check }, (both, context) =>
          overviewReport(both.sheet, both.check, context),
        );
      }
      return verdictCode(check, 'error');
    },
  };
}

/** A mistyped command looks like the name of a profile. */
async function openOrSuggest(
  session: Session,
  argument: string | null,
  words: readonly string[],
): Promise<SelectedProfile> {
  try {
    return await openProfile(session, argument);
  } catch (error) {
    const meant = argument === null ? null : didYouMean(argument, words);
    const unknown = error instanceof MailmendError && error.exit === exitCode.cannotAnswer;
    if (meant === null || !unknown || error.code === 'SEVERAL_PROFILES') throw error;
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      `There is neither a command nor a profile named "${argument}".`,
      [{ say: 'Perhaps you meant:', command: session.context.command(meant) }],
      error,
    );
  }
}
