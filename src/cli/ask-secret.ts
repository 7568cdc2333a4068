/**
 * Passwords and pass phrases: from a file that is named, from standard input, or typed on the terminal without being
 * shown. Never from an argument, which other programs can read.
 */

import { readFileSync } from 'node:fs';
import readline from 'node:readline';
import { Writable } from 'node:stream';
import { Secret } from '../formats/secret.ts';
import { exitCode, MailmendError } from '../repair/error.ts';
import { causeInWords } from '../repair/system-error.ts';
import { interrupted } from './ask.ts';
import type { Io } from './io.ts';

/** Bytes; a file that is longer was named by mistake. */
const longest = 64 * 1024;

/** @returns null at the end of the input. @throws MailmendError INTERRUPTED at Ctrl-C. */
export function askSecret(
  { stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>,
  question: string,
): Promise<Secret | null> {
  stderr.write(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = readline.createInterface({ input: stdin, output: silent, terminal: true, historySize: 0 });
  return new Promise<Secret | null>((resolve, reject) => {
    prompt.once('close', () => resolve(null));
    prompt.once('SIGINT', () => reject(interrupted()));
    prompt.question('', (answer) => resolve(Secret.fromText(answer)));
  }).finally(() => {
    prompt.close();
    stderr.write('\n');
  });
}

/** One line end at its end is dropped (design.md 3). @throws MailmendError NOT_READABLE, TOO_LARGE (2). */
export function secretFromFile(file: string): Secret {
  const bytes = readBytes(file);
  if (bytes.length > longest)
    throw new MailmendError('TOO_LARGE', exitCode.cannotAnswer, `${file} is too large to hold a password.`);
  let end = bytes.length;
  if (bytes[end - 1] === 0x0a) end -= 1;
  if (bytes[end - 1] === 0x0d) end -= 1;
  const secret = new Secret(bytes.subarray(0, end));
  bytes.fill(0);
  return secret;
}

function readBytes(file: string): Buffer {
  try {
    return readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    const what = file === '-' ? 'Standard input' : file;
    const message = `${what} cannot be read: ${causeInWords(error)}.`;
    throw new MailmendError('NOT_READABLE', exitCode.cannotAnswer, message, [], error);
  }
}
