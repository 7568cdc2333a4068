/**
 * Which profile is meant: the argument, the one that the installed program opens, or the answer to a numbered question
 * (design.md 3).
 */

import type { ProfilesDocument } from '../library/documents/profiles.ts';
import { exitCode, MailmendError, type NextStep } from '../repair/error.ts';
import { candidatesReport } from '../report/terminal/profiles.ts';
import { ask } from './ask.ts';
import type { SelectedProfile } from './library.ts';
import type { Session } from './session.ts';

type Candidates = ProfilesDocument['profiles'];

/** @throws MailmendError of the library; SEVERAL_PROFILES when nobody can be asked. */
export async function openProfile(session: Session, argument: string | null): Promise<SelectedProfile> {
  const { library, world, roots } = session;
  let selection = library.selectProfile(world, { argument, roots });
  if (selection.kind === 'several') {
    const chosen = await choose(session, selection.candidates);
    selection = library.selectProfile(world, { argument: chosen, roots });
  }
  if (selection.kind === 'several') throw severalProfiles(session, selection.candidates);
  await session.learnNames(selection.profile);
  return selection.profile;
}

async function choose(session: Session, candidates: Candidates): Promise<string> {
  const { io, output, noteContext, json, redact, interactive } = session;
  const list = candidatesReport(redact(candidates), noteContext);
  if (!interactive) {
    if (!json) await output.note(`${list}\n`);
    throw severalProfiles(session, json ? candidates : candidates.slice(0, 1));
  }
  await output.note(`${list}\n`);
  for (let times = 0; times < 3; times++) {
    const answer = await ask(io, `Which one? (1 to ${candidates.length}) `);
    const path = /^\s*\d{1,6}\s*$/.test(answer ?? '') ? candidates[Number(answer) - 1]?.path : undefined;
    if (path !== undefined) return path;
    if (answer === null) break;
  }
  throw severalProfiles(session, candidates.slice(0, 1));
}

function severalProfiles({ context, command }: Session, candidates: Candidates): MailmendError {
  const next: NextStep[] = candidates.map(({ path, startedBy }) => ({
    say: startedBy.length > 0 ? 'For the one that opens now:' : 'For example:',
    command: context.command(...(command === '' ? [] : command.split(' ')), path),
  }));
  return new MailmendError(
    'SEVERAL_PROFILES',
    exitCode.cannotAnswer,
    'Several profiles could be meant. Say which one, by its folder or name.',
    next,
  );
}
