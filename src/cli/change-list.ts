/**
 * `profiles use`, `register` and `relink` alike: the plan is shown, then a yes, then what became of it. And the question
 * that two of them may have to ask first.
 */

import type { ProfilesChangeDocument } from '../library/documents/profiles-change.ts';
import { type ExitCode, exitCode, MailmendError, type NextStep } from '../repair/error.ts';
import { listChangeDone, listChangeNotDone, listChangePlan } from '../report/terminal/list-change.ts';
import { numberedChoices } from '../report/terminal/numbered-choices.ts';
import { ask } from './ask.ts';
import { carryOut } from './carry-out.ts';
import { isWanted } from './confirm.ts';
import type { Plan, SelectedProfile } from './library.ts';
import type { Session } from './session.ts';

interface Change {
  document: ProfilesChangeDocument;
  plan: Plan;
  selected: SelectedProfile;
}

/** @param words the call as it would be typed again, without --apply. */
export async function changeList(
  session: Session,
  { document, plan, selected }: Change,
  words: readonly string[],
  apply: boolean,
): Promise<ExitCode> {
  if (plan.operations.length === 0) {
    await session.answer(document, listChangePlan);
    return exitCode.done;
  }
  const again = session.context.command(...words, '--apply');
  await session.say(document, listChangePlan);
  if (await isWanted(session, apply, 'Shall mailmend change the list now?')) {
    const { applied, run } = await carryOut(session, plan, [...words, '--apply'], selected);
    await session.answer({ ...document, applied, run }, listChangeDone);
  } else {
    await session.answer(document, (_document, context) => listChangeNotDone(again, context));
  }
  return exitCode.done;
}

export interface Choice {
  /** What is typed for it, behind the option. */
  value: string;
  /** One line. */
  shown: string;
}

/** The value that was chosen. @throws MailmendError SEVERAL_PROFILES (2) when nobody can be asked. */
export async function chooseOne(
  session: Session,
  message: string,
  choices: readonly Choice[],
  commandFor: (value: string) => string,
): Promise<string> {
  const { io, output, noteContext, interactive, json, redact } = session;
  const list = numberedChoices(message, redact(choices.map(({ shown }) => shown)), noteContext);
  if (!json) await output.note(`${list}\n`);
  for (let times = 0; interactive && times < 3; times++) {
    const answer = await ask(io, `Which one? (1 to ${choices.length}) `);
    const chosen = /^\s*\d{1,6}\s*$/.test(answer ?? '') ? choices[Number(answer) - 1] : undefined;
    if (chosen !== undefined) return chosen.value;
    if (answer === null) break;
  }
  const next: NextStep[] = choices.map(({ value, shown }) => ({
    say: `${shown}:`,
    command: commandFor(value),
  }));
  throw new MailmendError('SEVERAL_PROFILES', exitCode.cannotAnswer, `${message} Say which one.`, next);
}
