/**
 * Questions on a terminal. Asked on standard error, so that standard output stays the result alone.
 */

import readline from 'node:readline';
import { exitCode, MailmendError } from '../repair/error.ts';
import type { Io } from './io.ts';

/** @returns null at the end of the input. @throws MailmendError INTERRUPTED at Ctrl-C. */
export function ask(io: Pick<Io, 'stdin' | 'stderr'>, question: string): Promise<string | null> {
  const prompt = readline.createInterface({
    input: io.stdin,
    output: io.stderr,
    terminal: io.stdin.isTTY === true,
  });
  return new Promise<string | null>((resolve, reject) => {
    prompt.once('close', () => resolve(null));
    prompt.once('SIGINT', () => reject(interrupted()));
    prompt.question(question, resolve);
  }).finally(() => prompt.close());
}

export function interrupted(): MailmendError {
  return new MailmendError('INTERRUPTED', exitCode.interrupted, 'Interrupted. Nothing was changed.');
}
