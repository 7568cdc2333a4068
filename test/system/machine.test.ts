import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freeBytes } from '../../src/system/machine.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

describe('free space', () => {
  it('is told in whole bytes, less than the whole disk', () => {
    const bytes = freeBytes(temporaryFolder());
    expect(Number.isSafeInteger(bytes)).toBe(true);
    expect(bytes).toBeGreaterThan(0);
  });

  it('is unknown where there is nothing', () => {
    expect(freeBytes(join(temporaryFolder(), 'missing'))).toBeNull();
  });
});
