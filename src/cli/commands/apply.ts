/**
 * `mailmend apply <plan.json>`: carries a saved plan out, if nothing it rests on has changed.
 */

import { exitCode } from '../../repair/error.ts';
import { applyDone, applyNotDone, applyPlanReport } from '../../report/terminal/apply.ts';
import { carryOut } from '../carry-out.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { flag, optionalText } from '../options.ts';
import { openProfile } from '../select-profile.ts';

export const apply: Command = {
  name: 'apply',
  positional: '<plan>',
  describe: 'Carries out a plan that repair saved; changes something only after a yes',
  aliases: [],
  options: ['apply', 'runs'],
  async run(args, session) {
    const { library, world } = session;
    const file = optionalText(args, 'plan') ?? '';
    const plan = await library.readPlanFile(world, file);
    await openProfile(session, plan.profile.path);
    const document = library.describePlan(world, plan, { runs: session.runs, roots: session.roots });
    await session.say(document, applyPlanReport);
    if (await isWanted(session, flag(args, 'apply'), 'Shall mailmend change this now?')) {
      await session.answer(await carryOut(session, plan, ['apply', file, '--apply']), applyDone);
    } else {
      await session.answer(document, applyNotDone(session.redact(file)));
    }
    return exitCode.done;
  },
};
