/**
 * From whatever was thrown to the answer of design.md 3: a coded error keeps its code, anything else is a fault of
 * mailmend itself.
 */

import type { ErrorDocument } from '../library/documents/error.ts';
import { type ExitCode, exitCode, MailmendError } from '../repair/error.ts';
import { packageFacts } from './package-facts.ts';

export interface Failure {
  document: ErrorDocument;
  exit: ExitCode;
  /** For --verbose. */
  trace: string;
}

/** @param command writes a command of mailmend for the shell in use; null before anything is known. */
export function failureOf(error: unknown, command: ((...words: string[]) => string) | null): Failure {
  const trace = error instanceof Error ? traceOf(error) : String(error);
  if (error instanceof MailmendError) {
    const { code, message, exit } = error;
    const next = error.next.map(({ say, command: plain, words }) => ({
      say,
      command: words === undefined || command === null ? plain : command(...words),
    }));
    return { document: { schema: 'mailmend/error@1', code, message, next }, exit, trace };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const message = `This is a fault of mailmend itself (${what}). Please report it: ${packageFacts().reportAt}`;
  return {
    document: { schema: 'mailmend/error@1', code: 'BUG', message, next: [] },
    exit: exitCode.bug,
    trace,
  };
}

function traceOf(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by ${traceOf(error.cause)}` : own;
}
