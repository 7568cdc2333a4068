/**
 * Writes docs/faults.md, the catalogue of faults, from scripts/faults, the checks and the fixtures; and the numbers of
 * it into README.md.
 *
 *   node scripts/faults.mjs
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { withTypeScript } from './load-typescript.mjs';

await withTypeScript('test/support/fault-catalogue.ts', async ({ printFaults }) => {
  const { text, numbers } = await printFaults();
  mkdirSync(new URL('../docs/', import.meta.url), { recursive: true });
  writeFileSync(new URL('../docs/faults.md', import.meta.url), text);
  const readme = new URL('../README.md', import.meta.url);
  const before = readFileSync(readme, 'utf8');
  const mark = /<!-- faults -->\n[\s\S]*?<!-- \/faults -->/;
  if (!mark.test(before)) throw new Error('README.md has no place for the numbers of faults');
  writeFileSync(readme, before.replace(mark, `<!-- faults -->\n${numbers}\n<!-- /faults -->`));
  console.log(numbers);
});
