import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('../../scripts/layers.mjs', import.meta.url));
let source = '';

beforeEach(() => {
  source = mkdtempSync(join(tmpdir(), 'mailmend-layers-'));
});

afterEach(() => {
  rmSync(source, { recursive: true });
});

function check(files: Record<string, string>): { status: number | null; problems: string[] } {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(source, file)), { recursive: true });
    writeFileSync(join(source, file), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, source], { encoding: 'utf8' });
  return { status, problems: stderr.split('\n').filter((line) => line !== '') };
}

describe('the layers of src', () => {
  it('may import their own layer, those below, and packages', () => {
    const result = check({
      'cli/main.ts': `import { a } from '../index.ts';\nimport '../formats/ini.ts';\nimport yargs from 'yargs';`,
      'index.ts': `export * from './library/check.ts';\nexport type { A } from './checks/finding.ts';`,
      'library/check.ts': `import { one } from '../index.ts';\nconst { x } = await import('../repair/plan.ts');`,
      'formats/ini.ts': `import { b } from './bytes.ts';\nimport { createHash } from 'node:crypto';`,
    });
    expect(result).toEqual({ status: 0, problems: [] });
  });

  it.each([
    ['a value', `import { a } from '../profile/accounts.ts';`],
    ['a type', `import type { A } from '../profile/accounts.ts';`],
    ['several lines', `import {\n  a,\n  b,\n} from '../profile/accounts.ts';`],
    ['a side effect', `import '../profile/accounts.ts';`],
    ['a re-export', `export { a } from '../profile/accounts.ts';`],
    ['a dynamic import', `const a = await import('../profile/accounts.ts');`],
  ])('must not import from above: %s', (_what, text) => {
    const { status, problems } = check({ 'repair/apply.ts': text });
    expect(status).toBe(1);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^src\/repair\/apply\.ts:\d+: repair must not import profile/);
  });

  it('are named with the line of the import', () => {
    const text = `/** import '../cli/a.ts' in a comment */\n\nimport { a } from '../cli/a.ts';\n`;
    expect(check({ 'checks/check.ts': text }).problems).toEqual([
      expect.stringMatching(/^src\/checks\/check\.ts:3: checks must not import cli/),
    ]);
  });

  it('that are pure touch no files', () => {
    const text = `import { readFileSync } from 'node:fs';\n`;
    expect(check({ 'formats/ini.ts': text, 'repair/files.ts': text }).problems).toEqual([
      'src/formats/ini.ts:1: formats is pure and must not import node:fs',
    ]);
  });

  it('hold every file', () => {
    expect(check({ 'helpers/a.ts': '', 'stray.ts': '' }).problems).toEqual([
      expect.stringMatching(/^src\/helpers\/a\.ts: belongs to no layer/),
      expect.stringMatching(/^src\/stray\.ts: belongs to no layer/),
    ]);
  });
});
