/**
 * A new file that only its owner may read, written as a whole and brought to the disk: a saved plan, a backup of
 * passwords, an export. It never replaces anything.
 */

import path from 'node:path';
import { exitCode, MailmendError } from './error.ts';
import type { WritableFileSystem } from './file-system.ts';
import { causeInWords } from './system-error.ts';

const privateMode = 0o600;

/**
 * @param outside a folder that the file must not lie in: the profile.
 * @param what it is called: `The plan`.
 * @throws MailmendError TARGET_NOT_EMPTY (3) when something is there, BAD_ARGUMENTS (2) inside of `outside`,
 * WRITE_FAILED (2).
 */
export function writePrivateFile(
  fs: WritableFileSystem,
  file: string,
  bytes: Uint8Array,
  { outside, what }: { outside: string; what: string },
): string {
  const at = path.resolve(file);
  requireNewPlace(fs, at, { outside, what });
  let made = false;
  try {
    const handle = fs.createFile(at, privateMode);
    made = true;
    try {
      for (let written = 0; written < bytes.length; ) written += fs.write(handle, bytes.subarray(written));
      fs.sync(handle);
    } finally {
      fs.close(handle);
    }
    return at;
  } catch (error) {
    const left = made ? ` What was written of it is in ${at}, and is not whole.` : '';
    throw new MailmendError(
      'WRITE_FAILED',
      exitCode.cannotAnswer,
      `${what} could not be saved: ${causeInWords(error)}.${left}`,
      [],
      error,
    );
  }
}

/** @throws MailmendError as {@link writePrivateFile}, before anything is asked or written. */
export function requireNewPlace(
  fs: WritableFileSystem,
  file: string,
  { outside, what }: { outside: string; what: string },
): void {
  const at = path.resolve(file);
  const folder = fs.realPath(path.dirname(at)) ?? path.dirname(at);
  const profile = fs.realPath(outside) ?? outside;
  if (`${folder}${path.sep}`.startsWith(`${profile}${path.sep}`)) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      `${what} cannot be saved inside the profile.`,
    );
  }
  if (fs.lstat(at) !== null) {
    throw new MailmendError(
      'TARGET_NOT_EMPTY',
      exitCode.refused,
      `${at} exists already; it was not overwritten.`,
    );
  }
  if (fs.stat(folder)?.kind !== 'folder') {
    throw new MailmendError(
      'NO_SUCH_PATH',
      exitCode.cannotAnswer,
      `${what} could not be saved: there is no folder ${folder}.`,
    );
  }
}
