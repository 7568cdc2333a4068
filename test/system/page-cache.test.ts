/**
 * Asking the system to read from the disk again: a hint, which nothing may depend on.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pageCache } from '../../src/system/page-cache.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

it.runIf(process.platform === 'linux')('is asked on Linux, for files that are there', () => {
  const file = join(temporaryFolder(), 'x');
  writeFileSync(file, 'x');
  const forget = pageCache();
  expect(forget(file)).toBe(true);
  expect(forget(`${file}-not-there`)).toBe(false);
});

it('is asked nowhere else, and not without koffi', () => {
  const file = join(temporaryFolder(), 'x');
  writeFileSync(file, 'x');
  expect(pageCache('darwin')(file)).toBe(false);
  expect(pageCache('linux', () => null)(file)).toBe(false);
});
