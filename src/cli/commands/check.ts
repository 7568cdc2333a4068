/**
 * `mailmend check`: what is wrong. The exit code is 1 from the severity that `--fail-on` names.
 */

import type { CheckDocument } from '../../library/documents/check.ts';
import { type ExitCode, exitCode } from '../../repair/error.ts';
import { checkReport } from '../../report/terminal/check.ts';
import type { Command } from '../command.ts';
import { commaSeparated, optionalText, profileArgument } from '../options.ts';
import { unlockIfAsked } from '../primary-password.ts';
import { openProfile } from '../select-profile.ts';

export const check: Command = {
  name: 'check',
  positional: '[profile]',
  describe: 'What is wrong, and whether the mail is safe; writes nothing',
  aliases: ['doctor', 'diagnose', 'scan'],
  options: ['only', 'account', 'fail-on', 'unlock', 'primary-password-file'],
  async run(args, session) {
    const profile = await openProfile(session, profileArgument(args));
    await unlockIfAsked(session, args, profile);
    const document = session.library.checkProfile(session.world, profile, {
      only: commaSeparated(args, 'only'),
      account: optionalText(args, 'account'),
    });
    await session.answer(document, checkReport);
    return verdictCode(document, optionalText(args, 'fail-on') ?? 'error');
  },
};

export function verdictCode({ counts }: CheckDocument, failOn: string): ExitCode {
  const failed = counts.error > 0 || (failOn === 'warning' && counts.warning > 0);
  return failed && failOn !== 'never' ? exitCode.problemsFound : exitCode.done;
}
