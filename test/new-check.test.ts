/**
 * `npm run new-check` in a copy of the project: what it makes is in order, and fails until somebody writes the check.
 */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));
const parts = ['src', 'scripts', 'test', 'fixtures/profiles/small'];
const documents = ['.gitignore', 'package.json', 'tsconfig.json', 'biome.json'];
const made = 'test/checks/settings/reply-to-malformed.test.ts';
let copy = '';

beforeAll(() => {
  copy = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-new-check-test-')));
  mkdirSync(join(copy, 'fixtures'));
  for (const part of [...parts, ...documents])
    cpSync(join(project, part), join(copy, part), { recursive: true });
  symlinkSync(realpathSync(join(project, 'node_modules')), join(copy, 'node_modules'));
});

afterAll(() => {
  rmSync(copy, { recursive: true });
});

function run(...words: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: copy, encoding: 'utf8' });
  return { status, said: stdout + stderr };
}
const newCheck = (id: string) => run('scripts/new-check.mjs', id);

describe('npm run new-check', { timeout: 120_000 }, () => {
  it('makes a check, its test, its fixture and its place, all in order', () => {
    expect(newCheck('settings/reply-to-malformed')).toMatchObject({ status: 0 });
    const files = ['src/checks/settings/reply-to-malformed.ts', 'src/checks/settings/index.ts', made];
    expect(run('node_modules/@biomejs/biome/bin/biome', 'check', ...files)).toMatchObject({ status: 0 });
    expect(run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')).toEqual({
      status: 0,
      said: '',
    });
  });

  it('leaves a test that fails until the check finds something, and says so', () => {
    const { status, said } = run('node_modules/vitest/vitest.mjs', 'run', made);
    expect(status).toBe(1);
    expect(said).toContain('find() of src/checks/settings/reply-to-malformed.ts finds nothing yet');
    expect(said).toMatch(/1 failed.*1 passed/);
  });

  it('overwrites nothing, and wants a cause and a name', () => {
    expect(newCheck('settings/reply-to-malformed')).toMatchObject({ status: 1 });
    for (const wrong of ['', 'settings', 'weather/rain', 'settings/../../x', 'settings/Upper'])
      expect(newCheck(wrong)).toMatchObject({ status: 2 });
  });
});
