/**
 * A process for the commands: collects what is printed, sits at the terminal if wanted, and answers questions.
 */

import { PassThrough, Writable } from 'node:stream';
import type { Io } from '../../../src/cli/io.ts';
import type { Library } from '../../../src/cli/library.ts';
import { run } from '../../../src/cli/run.ts';

export interface CallOptions {
  library: Library;
  /** All three streams are a terminal. */
  terminal?: boolean;
  /** Given one after the other, each when a question stands there. `\u0003` is Ctrl-C. */
  answers?: string[];
  env?: Record<string, string>;
  /** Called with what a signal calls. */
  onInterruptible?: (interrupt: () => void) => void;
  /** Every write to standard output fails with this. */
  stdoutFails?: NodeJS.ErrnoException;
}

export interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
  /** Interrupt listeners that are left over. */
  listeners: number;
}

export async function call(words: string[], options: CallOptions): Promise<Outcome> {
  const terminal = options.terminal ?? false;
  const answers = [...(options.answers ?? [])];
  const stdin = Object.assign(new PassThrough(), { isTTY: terminal, setRawMode: () => {} });
  const printed = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  const collector = (name: 'stdout' | 'stderr') =>
    Object.assign(
      new Writable({
        decodeStrings: false,
        write(chunk: string, _encoding, done) {
          if (name === 'stdout' && options.stdoutFails !== undefined) return done(options.stdoutFails);
          printed[name] += chunk;
          if (
            /\(yes or no\) |\(keep or back\) |Which one\?|^Primary password|^A pass phrase|^Pass phrase|^The same once more/.test(
              chunk,
            )
          )
            setImmediate(() => answer(stdin, answers));
          return done();
        },
      }),
      { isTTY: terminal, columns: 80 },
    );
  const io: Io = {
    stdin,
    stdout: collector('stdout'),
    stderr: collector('stderr'),
    env: options.env ?? {},
    load: async () => options.library,
    onInterrupt(listener) {
      listeners.add(listener);
      options.onInterruptible?.(listener);
      return () => listeners.delete(listener);
    },
  };
  const code = await run(words, io);
  return { code, ...printed, listeners: listeners.size };
}

/** Nothing left to say ends the input. */
function answer(stdin: PassThrough, answers: string[]): void {
  const next = answers.shift();
  if (next === undefined) stdin.end();
  else stdin.write(next === '\u0003' ? next : `${next}\n`);
}
