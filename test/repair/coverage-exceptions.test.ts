/**
 * `npm test` fails where a branch of src/repair was never taken (vitest.config.ts). A comment can except a line from
 * that: each gives its reason, is listed here, and none is in the files that a lost mail would go through.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folder = join(import.meta.dirname, '../../src/repair');
const withoutExceptions = ['journal.ts', 'apply.ts', 'undo.ts'];

interface Exception {
  file: string;
  line: number;
  reason: string;
}

const hint = /(?:v8|c8|istanbul|node:coverage) (?:ignore|disable)/;

function exceptionsIn(file: string, text: string): Exception[] {
  return text.split('\n').flatMap((line, index) => {
    if (!hint.test(line)) return [];
    const [, reason = ''] = /-- (.*?) *\*\//.exec(line) ?? [];
    return [{ file, line: index + 1, reason }];
  });
}

test('exceptions from the coverage of the engine are few, explained, and far from the journal', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const exceptions = files.flatMap((name) => exceptionsIn(name, readFileSync(join(folder, name), 'utf8')));
  const list = exceptions.map(({ file, line, reason }) => `  src/repair/${file}:${line} ${reason}`);
  console.info(
    ['lines of src/repair that coverage does not count:', ...(list.length > 0 ? list : ['  none'])].join(
      '\n',
    ),
  );
  for (const { file, line, reason } of exceptions) {
    expect(reason.length, `${file}:${line} gives no reason`).toBeGreaterThan(10);
    expect(withoutExceptions, `${file}:${line}`).not.toContain(file);
  }
});

test('an exception without a reason is seen', () => {
  expect(
    exceptionsIn('x.ts', '/* v8 ignore next -- only Windows answers so */\n/* v8 ignore next */'),
  ).toEqual([
    { file: 'x.ts', line: 1, reason: 'only Windows answers so' },
    { file: 'x.ts', line: 2, reason: '' },
  ]);
});
