/**
 * One call of mailmend: its options, its world, and the two ways to answer, as text or as a JSON document.
 */

import path from 'node:path';
import { commandLine, passedOn } from '../library/command-line.ts';
import { createRedact, type Redact, withoutRedaction } from '../report/redact.ts';
import type { ReportContext } from '../report/terminal/context.ts';
import type { Io } from './io.ts';
import type { Library, SelectedProfile, World } from './library.ts';
import { type Args, flag, optionalText, texts } from './options.ts';
import { createOutput, type Output } from './output.ts';
import { canAsk, looksOf } from './terminal.ts';

export interface Session {
  io: Io;
  output: Output;
  library: Library;
  world: World;
  /** `check`, `repair` … as it is written in the next command. */
  command: string;
  json: boolean;
  quiet: boolean;
  roots: string[];
  /** The folder of `--runs`. */
  runs: string | null;
  /** Somebody can be asked. */
  interactive: boolean;
  context: ReportContext;
  /** For what goes to standard error. */
  noteContext: ReportContext;
  /** Changes names of people when `--redact` is given. */
  redact: Redact;
  /** Learns the names of the profile, so that they are numbered alike in every document. */
  learnNames(profile: SelectedProfile): Promise<void>;
  /** The document with `--json`, else the text that is made of it. */
  answer<Document>(
    document: Document,
    report: (document: Document, context: ReportContext) => string,
  ): Promise<void>;
  /** Text alone; nothing with `--json`. */
  say<Document>(
    document: Document,
    report: (document: Document, context: ReportContext) => string,
  ): Promise<void>;
}

export async function createSession(command: string, args: Args, io: Io): Promise<Session> {
  const library = await io.load();
  const output = createOutput(io);
  const json = flag(args, 'json');
  const roots = texts(args, 'root');
  const given = optionalText(args, 'runs');
  const runs = given === null ? null : path.resolve(given);
  const world = { ...library.systemWorld(), given: { roots, runs } };
  const context: ReportContext = {
    ...looksOf(io.stdout, io.env, flag(args, 'no-color')),
    verbose: flag(args, 'verbose'),
    quiet: flag(args, 'quiet'),
    command: (...words) =>
      commandLine(['mailmend', ...words, ...session.redact(passedOn(session.world, words))], world.platform),
  };
  const session: Session = {
    io,
    output,
    library,
    world,
    command,
    json,
    quiet: flag(args, 'quiet'),
    roots,
    runs,
    interactive: canAsk(io) && !json && !flag(args, 'no-input'),
    context,
    noteContext: { ...context, ...looksOf(io.stderr, io.env, flag(args, 'no-color')) },
    redact: flag(args, 'redact') ? createRedact(null, world.home) : withoutRedaction,
    async learnNames(profile) {
      if (flag(args, 'redact'))
        session.redact = createRedact(await library.inspectProfile(world, profile), world.home);
    },
    answer: (document, report) =>
      json ? output.json(session.redact(document)) : session.say(document, report),
    say: async (document, report) => {
      if (!json) await output.result(report(session.redact(document), session.context));
    },
  };
  return session;
}
