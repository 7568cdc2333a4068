/**
 * One call of mailmend from its words to its exit code. Never throws; never prints a trace without --verbose.
 */

import { type ExitCode, exitCode } from '../repair/error.ts';
import { withoutRedaction } from '../report/redact.ts';
import { errorReport } from '../report/terminal/error.ts';
import { visible } from '../report/visible.ts';
import { failureOf } from './error-document.ts';
import type { Io } from './io.ts';
import { createOutput } from './output.ts';
import { parseCall } from './parse-call.ts';
import { createSession, type Session } from './session.ts';
import { looksOf } from './terminal.ts';

export async function run(words: readonly string[], io: Io): Promise<ExitCode> {
  let session: Session | null = null;
  try {
    const call = parseCall(words, looksOf(io.stdout, io.env, true).width);
    if (call.kind === 'text') {
      await createOutput(io).result(call.text);
      return exitCode.done;
    }
    session = await createSession(call.command.name, call.args, io);
    return await call.command.run(call.args, session);
  } catch (error) {
    return await fail(error, words, io, session);
  }
}

async function fail(
  error: unknown,
  words: readonly string[],
  io: Io,
  session: Session | null,
): Promise<ExitCode> {
  const { document, exit, trace } = failureOf(error, session?.context.command ?? null);
  const output = createOutput(io);
  const redact = session?.redact ?? withoutRedaction;
  // The words themselves, as they may not have been understood.
  const given = new Set(words.slice(0, words.includes('--') ? words.indexOf('--') : undefined));
  const shown = redact(document);
  if (given.has('--json')) {
    await output.json(shown).catch(() => {});
  } else {
    const looks = looksOf(io.stderr, io.env, given.has('--no-color'));
    await output.note(errorReport(shown, looks));
  }
  if (given.has('--verbose')) await output.note(`${redact(trace).split('\n').map(visible).join('\n')}\n`);
  return exit;
}
