/**
 * SHA256SUMS: what the system's own sha256sum can check, also with line breaks and backslashes in names.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { printSums } from '../../../src/formats/backup/sha256sums.ts';
import { fitsSums, hasSha256sum } from '../../support/sha256sum.ts';

it('has one line for each file; one with an escaped name begins with a backslash', () => {
  const sha256 = 'ab'.repeat(32);
  expect([
    ...printSums(['profile/a b', 'x\ny', 'x\\y', 'x\ry'].map((name) => ({ path: name, sha256 }))),
  ]).toEqual([
    `${sha256}  profile/a b\n`,
    `\\${sha256}  x\\ny\n`,
    `\\${sha256}  x\\\\y\n`,
    `\\${sha256}  x\\ry\n`,
  ]);
});

it.runIf(hasSha256sum)('is understood by sha256sum -c', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'mailmend-sums-'));
  try {
    const names = ['plain', ' two  blanks', 'line\nbreak', 'back\\slash', '\\n', 'ünï', '*star', '-dash'];
    for (const name of names) writeFileSync(path.join(folder, name), name);
    const sums = names.map((name) => ({
      path: name,
      sha256: createHash('sha256').update(name).digest('hex'),
    }));
    writeFileSync(path.join(folder, 'SHA256SUMS'), [...printSums(sums)].join(''));
    expect(fitsSums(folder)).toBe(true);
    writeFileSync(path.join(folder, 'line\nbreak'), 'else');
    expect(fitsSums(folder)).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
