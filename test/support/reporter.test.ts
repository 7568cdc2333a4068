import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
const reporter = fileURLToPath(new URL('reporter.ts', import.meta.url));
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mailmend-reporter-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A run of test files of its own; the globals of Vitest are theirs without an import. */
function run(files: Record<string, string>, ci: string) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, `${name}.test.ts`), text);
  const args = [vitest, 'run', '--root', folder, '--globals', '--reporter=default', `--reporter=${reporter}`];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, CI: ci, NO_COLOR: '1' },
  });
  const lines = stdout.trimEnd().split('\n');
  return { status, lines, last: lines.at(-1) };
}

const passing = `it('adds', () => expect(1 + 1).toBe(2));`;

function skipped(kernelForbids: boolean): string {
  const meta = `{ skipReason: { reason: 'no such thing here', kernelForbids: ${kernelForbids} } }`;
  return `describe('real', { skip: true, meta: ${meta} }, () => it('works', () => {}));`;
}

describe('the end of a test run', () => {
  it('is one plain line that counts', () => {
    const { status, last } = run({ a: passing, b: `${passing} it('fails', () => expect(1).toBe(2));` }, '');
    expect({ status, last }).toEqual({ status: 1, last: '2 passed, 1 failed, 0 skipped' });
  });

  it('names what was skipped, and why', () => {
    const { status, lines } = run({ a: `${passing}\n${skipped(false)}` }, '');
    expect(status).toBe(0);
    expect(lines.slice(-2)).toEqual([
      'skipped: a.test.ts > real > works (no such thing here)',
      '1 passed, 0 failed, 1 skipped',
    ]);
  });

  it('is a failure in CI when something was skipped that a package could have given', () => {
    const { status, lines } = run({ a: `${passing}\n${skipped(false)}` }, 'true');
    expect(status).toBe(1);
    expect(lines.slice(-2)).toEqual(['1 skipped that must run in CI', '1 passed, 1 failed, 1 skipped']);
  });

  it('is none when the kernel forbids it', () => {
    const { status, last } = run({ a: `${passing}\n${skipped(true)}` }, 'true');
    expect({ status, last }).toEqual({ status: 0, last: '1 passed, 0 failed, 1 skipped' });
  });

  it('counts a file that cannot be loaded and an error that no test caught', () => {
    const { status, last } = run(
      { a: passing, b: `throw new Error('no');`, c: `${passing} Promise.reject(new Error('late'));` },
      '',
    );
    expect({ status, last }).toEqual({ status: 1, last: '2 passed, 2 failed, 0 skipped' });
  });
});
