/**
 * The schemas that are shipped are those of the documents, and the hand-made documents of the report tests fit them.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { documentSchemas, jsonSchemaFiles } from '../../../src/library/documents/json-schemas.ts';
import * as examples from '../../report/support/documents.ts';

const folder = new URL('../../../schemas/', import.meta.url);

describe('the JSON Schemas of the documents', () => {
  it('are committed as the code makes them (npm run build, then node scripts/schemas.mjs)', () => {
    const committed = new Map(
      readdirSync(folder)
        .sort()
        .map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
    );
    expect(committed).toEqual(jsonSchemaFiles());
  });

  it.each([...jsonSchemaFiles()])('%s names itself and lets later versions add fields', (name, text) => {
    const schema = JSON.parse(text);
    expect(schema.properties.schema.const).toBe(`mailmend/${name.replace('.schema.json', '')}@1`);
    expect(schema.required).toContain('schema');
    expect(schema.additionalProperties).toBeUndefined();
  });

  it.each([
    ['backup', examples.backupMade],
    ['backup-verify', examples.backupIntact],
    ['check', examples.brokenCheck],
    ['inspect', examples.sheet],
    ['repair', examples.repairPlan],
    ['profiles', examples.profileList],
    ['undo', examples.runs],
    ['diagnostic-profile', examples.diagnostic],
  ] as const)('%s fits its example whole', (name, example) => {
    expect(documentSchemas[name].parse(example)).toEqual(example);
  });

  it('refuse a finding whose check has no cause', () => {
    const [finding] = examples.brokenCheck.findings;
    const wrong = { ...examples.brokenCheck, findings: [{ ...finding, check: 'host-malformed' }] };
    expect(documentSchemas.check.safeParse(wrong).success).toBe(false);
  });
});
