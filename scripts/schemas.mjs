/**
 * Writes the JSON Schemas of all documents to schemas/, from what the build left in dist/.
 * test/library/documents/json-schemas.test.ts says when this has to be run again.
 */

import { mkdirSync, writeFileSync } from 'node:fs';

const folder = new URL('../schemas/', import.meta.url);
const { jsonSchemaFiles } = await import('../dist/library/documents/json-schemas.js');

mkdirSync(folder, { recursive: true });
for (const [name, text] of jsonSchemaFiles()) writeFileSync(new URL(name, folder), text);
