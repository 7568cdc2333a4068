/**
 * mailmend as a process of its own: started, watched, ended, and what it said.
 */

import { type Child, type Exit, startChild } from './child-process.ts';
import type { CommandLine } from './private-namespace.ts';

export interface MailmendCall {
  /** Of buildMailmend. */
  main: string;
  words: readonly string[];
  home: string;
  /** A program around it: strace, unshare. */
  within?: (command: CommandLine) => CommandLine;
}

export interface RunningMailmend extends Child {
  ended: Promise<Ended>;
}

export interface Ended extends Exit {
  stdout: string;
  stderr: string;
}

export function startMailmend({
  main,
  words,
  home,
  within = (command) => command,
}: MailmendCall): RunningMailmend {
  const command = within({ file: process.execPath, args: [main, ...words] });
  const { NODE_OPTIONS: _, NODE_V8_COVERAGE: __, ...env } = process.env;
  const child = startChild(command, { env: { ...env, HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child.process[stream]?.setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  const closed = new Promise<void>((resolve) => child.process.once('close', () => resolve()));
  const ended = child.exit.then(async (exit) => {
    if (exit.error === undefined) await closed;
    return { ...exit, ...said };
  });
  return { ...child, ended };
}

export const runMailmend = (call: MailmendCall): Promise<Ended> => startMailmend(call).ended;
