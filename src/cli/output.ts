/**
 * Standard output holds the result and nothing else; notes, questions and progress go to standard error (design.md 3).
 */

import { exitCode, MailmendError } from '../repair/error.ts';
import { visibleJson } from '../report/visible.ts';
import type { Io, OutputStream } from './io.ts';

export interface Output {
  /** @throws MailmendError when the result cannot be written; a reader who has left (EPIPE) is no error. */
  result(text: string): Promise<void>;
  json(document: unknown): Promise<void>;
  /** Never throws: nobody may be there to read it. */
  note(text: string): Promise<void>;
}

export function createOutput({ stdout, stderr }: Pick<Io, 'stdout' | 'stderr'>): Output {
  // Without a listener a failed write ends the process in the middle of whatever it does.
  for (const stream of [stdout, stderr]) stream.on('error', () => {});
  const result = async (text: string): Promise<void> => {
    const failure = await write(stdout, text);
    if (failure === null || ('code' in failure && failure.code === 'EPIPE')) return;
    throw new MailmendError(
      'WRITE_FAILED',
      exitCode.cannotAnswer,
      `The result could not be written: ${failure.message}`,
    );
  };
  return {
    result,
    json: (document) => result(`${visibleJson(JSON.stringify(document, null, 2))}\n`),
    note: async (text) => {
      await write(stderr, text);
    },
  };
}

function write(stream: OutputStream, text: string): Promise<Error | null> {
  return new Promise((resolve) => {
    stream.write(text, (error) => resolve(error ?? null));
  });
}
