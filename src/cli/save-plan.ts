/**
 * `--out`: a plan saved to a file of its own, to be reviewed and applied later. Its owner alone can read it: it holds
 * the settings.
 */

import { writePrivateFile } from '../repair/private-file.ts';
import type { Plan, World } from './library.ts';

/** @throws MailmendError TARGET_NOT_EMPTY when the file exists, BAD_ARGUMENTS inside the profile, WRITE_FAILED. */
export function savePlan({ fs }: World, plan: Plan, file: string): void {
  const bytes = new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`);
  writePrivateFile(fs, file, bytes, { outside: plan.profile.path, what: 'The plan' });
}
