/**
 * The system's own errors (ENOSPC, EACCES …): how to read their code, and how to say them to a frightened person.
 * Belongs here: codes and words. What is done about them is in apply.ts and undo.ts.
 */

import { MailmendError } from './error.ts';

/** @returns `ENOSPC` and the like; null for an error that the system did not make. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}

/** An error as the system would make it, for what an in-memory tree refuses. */
export function systemError(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code, path });
}

const words: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EIO: 'the disk reported an error while reading or writing',
  EROFS: 'the disk can only be read, not written',
  EACCES: 'mailmend has no permission to write there',
  EPERM: 'the system does not permit it',
  EBUSY: 'another program holds the file',
  EXDEV: 'it would have to move from one disk to another',
  ENAMETOOLONG: 'a name is too long for this disk',
};

/** The cause as half a sentence, with the path where the system tells it. */
export function causeInWords(error: unknown): string {
  const code = codeOf(error);
  const said = error instanceof Error ? error.message : String(error);
  const cause = code === null ? said : (words[code] ?? said);
  const path =
    error instanceof Error && 'path' in error && typeof error.path === 'string' ? error.path : null;
  return path === null ? cause : `${cause} (${path})`;
}

/** Exit 4 for what the system refused; any other error, also a bug in what was handed in, as it is. */
export function nothingChanged(error: unknown): unknown {
  if (codeOf(error) === null || error instanceof MailmendError) return error;
  return new MailmendError('WRITE_FAILED', 4, `Nothing was changed: ${causeInWords(error)}.`, [], error);
}
