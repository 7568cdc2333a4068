/** Removes folders of the project that a build makes: node scripts/clean.mjs <folder>... */

import fs from 'node:fs';

for (const folder of process.argv.slice(2))
  fs.rmSync(new URL(`../${folder}`, import.meta.url), { recursive: true, force: true });
