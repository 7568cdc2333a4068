/**
 * What a command consists of. One file per command in commands/: arguments in, library call, report out.
 */

import type { ExitCode } from '../repair/error.ts';
import type { Args, CommandOption } from './options.ts';
import type { Session } from './session.ts';

export interface Command {
  /** "" for `mailmend` alone. */
  name: string;
  /** As yargs takes them: `[profile]`, `<plan>`, `[query..]`. */
  positional: string;
  describe: string;
  /** Other words that people type for it; not shown. */
  aliases: string[];
  options: CommandOption[];
  /** Commands that begin with its name: `profiles use`. */
  parts?: readonly Command[];
  examples?: [command: string, does: string][];
  run(args: Args, session: Session): Promise<ExitCode>;
}
