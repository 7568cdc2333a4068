/**
 * A folder for one test, gone afterwards.
 */

import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-system-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
