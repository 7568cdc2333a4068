/**
 * Lays a fixture out by hand, as tests do with layOutFixture:
 *
 *   node scripts/lay-out-fixture.mjs <name> <folder>     makes <folder>/<name>
 */

import fs from 'node:fs';
import { withTypeScript } from './load-typescript.mjs';

const [name, folder] = process.argv.slice(2);
if (name === undefined || folder === undefined) {
  console.error('usage: node scripts/lay-out-fixture.mjs <name> <folder>');
  process.exit(2);
}

await withTypeScript('test/support/lay-out-fixture.ts', ({ layOutFixture }) => {
  fs.mkdirSync(folder, { recursive: true });
  console.log(layOutFixture(name, folder).profile);
});
