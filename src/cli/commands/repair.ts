/**
 * `mailmend repair`: plans the repair and shows it, saves it with `--out`, carries it out on a yes.
 */

import type { RepairDocument } from '../../library/documents/repair.ts';
import { exitCode } from '../../repair/error.ts';
import {
  repairDone,
  repairHeld,
  repairNotDone,
  repairPlanReport,
  repairSaved,
} from '../../report/terminal/repair.ts';
import { carryOut } from '../carry-out.ts';
import type { Command } from '../command.ts';
import { isWanted } from '../confirm.ts';
import { type Args, commaSeparated, flag, optionalText, profileArgument } from '../options.ts';
import { unlockIfAsked } from '../primary-password.ts';
import { savePlan } from '../save-plan.ts';
import { openProfile } from '../select-profile.ts';
import type { Session } from '../session.ts';

export const repair: Command = {
  name: 'repair',
  positional: '[profile]',
  describe: 'Plans the repair and shows it; changes something only after a yes',
  aliases: ['fix'],
  options: ['only', 'account', 'unlock', 'primary-password-file', 'out', 'apply', 'runs'],
  async run(args, session) {
    const { library } = session;
    const selected = await openProfile(session, profileArgument(args));
    await unlockIfAsked(session, args, selected);
    const { world } = session;
    const only = commaSeparated(args, 'only');
    const account = optionalText(args, 'account');
    const { document, plan } = library.planRepair(world, selected, { only, account, runs: session.runs });
    await session.say(document, repairPlanReport);
    const out = optionalText(args, 'out');
    const words = again(plan.profile.path, only, account);
    if (out !== null) savePlan(world, plan, out);
    if (document.plan.operations.length > 0 && (await isYes(args, document, session))) {
      const { applied, run, verified } = await carryOut(session, plan, words);
      await session.answer({ ...document, applied, run, ...(verified && { verified }) }, repairDone);
    } else {
      await session.answer(document, notDone(document, out, session.redact(words)));
    }
    return exitCode.done;
  },
};

/** Nobody is asked while the program is open, as nothing could be written; nor when the plan is only to be saved. */
async function isYes(args: Args, document: RepairDocument, session: Session): Promise<boolean> {
  const apply = flag(args, 'apply');
  if (!apply && (document.profile.inUse || args.out !== undefined)) return false;
  return isWanted(session, apply, 'Shall mailmend change this now?');
}

function notDone(document: RepairDocument, out: string | null, command: Again) {
  if (document.plan.operations.length === 0) return repairNotDone(null);
  if (out !== null) return repairSaved(out);
  return document.profile.inUse ? repairHeld(command) : repairNotDone(command);
}

type Again = string[];

/** The same call once more, with the yes. */
function again(profile: string, only: string[], account: string | null): Again {
  return [
    'repair',
    profile,
    ...(only.length > 0 ? ['--only', only.join(',')] : []),
    ...(account === null ? [] : ['--account', account]),
    '--apply',
  ];
}
