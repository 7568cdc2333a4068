/**
 * `--out`: a plan saved to a file of its own, to be reviewed and applied later.
 */

import path from 'node:path';
import { exitCode, MailmendError } from '../repair/error.ts';
import type { Plan, World } from './library.ts';

/** The owner alone can read it: it holds the settings. */
const privateMode = 0o600;

/** @throws MailmendError TARGET_NOT_EMPTY when the file exists, BAD_ARGUMENTS inside the profile, WRITE_FAILED. */
export function savePlan({ fs }: World, plan: Plan, file: string): void {
  const at = path.resolve(file);
  const folder = fs.realPath(path.dirname(at)) ?? path.dirname(at);
  const profile = fs.realPath(plan.profile.path) ?? plan.profile.path;
  if (`${folder}${path.sep}`.startsWith(`${profile}${path.sep}`)) {
    throw new MailmendError(
      'BAD_ARGUMENTS',
      exitCode.cannotAnswer,
      'The plan cannot be saved inside the profile.',
    );
  }
  if (fs.lstat(at) !== null) {
    throw new MailmendError(
      'TARGET_NOT_EMPTY',
      exitCode.refused,
      `${at} exists already; it was not overwritten.`,
    );
  }
  try {
    const bytes = new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`);
    const handle = fs.createFile(at, privateMode);
    try {
      for (let written = 0; written < bytes.length; ) written += fs.write(handle, bytes.subarray(written));
      fs.sync(handle);
    } finally {
      fs.close(handle);
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new MailmendError(
      'WRITE_FAILED',
      exitCode.cannotAnswer,
      `The plan could not be saved: ${why}`,
      [],
      error,
    );
  }
}
