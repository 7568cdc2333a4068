/**
 * The shape of a plan file, checked by zod. Loaded only when a plan file is read.
 * Belongs here: the shape. Whether its paths stay in its folders is plan.ts.
 */

import { z } from 'zod';
import type { Plan } from './operation.ts';

const permissionBits = z.number().int().min(0).max(0o7777);
const decimal = z.string().regex(/^-?[0-9]{1,30}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const prefValue = z.union([z.string(), z.number().int(), z.boolean()]).nullable();
const base = { path: z.string(), why: z.string(), finding: z.string().optional() };

const prefChange = z.strictObject({ name: z.string(), from: prefValue, to: prefValue });
const iniChange = z.strictObject({
  section: z.string(),
  key: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const rowChange = z.strictObject({
  row: z.string().nullable(),
  what: z.string(),
  from: sha256,
  to: z.null(),
});

const operation = z.discriminatedUnion('op', [
  z.strictObject({
    ...base,
    op: z.literal('edit-prefs'),
    changes: z.array(prefChange),
    grammar: z.enum(['modern', 'legacy']).optional(),
  }),
  z.strictObject({ ...base, op: z.literal('edit-ini'), changes: z.array(iniChange) }),
  z.strictObject({
    ...base,
    op: z.literal('edit-rows'),
    list: z.string(),
    key: z.string(),
    numbers: z.strictObject({ key: z.string(), next: z.string() }).nullable(),
    changes: z.array(rowChange),
  }),
  z.strictObject({ ...base, op: z.literal('write'), content: z.base64(), mode: permissionBits.nullable() }),
  z.strictObject({ ...base, op: z.literal('copy'), from: z.string() }),
  z.strictObject({ ...base, op: z.literal('move'), from: z.string() }),
  z.strictObject({ ...base, op: z.literal('move-aside') }),
  z.strictObject({ ...base, op: z.literal('make-folder'), mode: permissionBits }),
  z.strictObject({ ...base, op: z.literal('set-mode'), mode: permissionBits }),
]);

const precondition = z.discriminatedUnion('state', [
  z.strictObject({ path: z.string(), state: z.literal('absent') }),
  z.strictObject({ path: z.string(), state: z.literal('folder'), listing: sha256.optional() }),
  z.strictObject({ path: z.string(), state: z.literal('link'), target: z.string() }),
  z.strictObject({
    path: z.string(),
    state: z.literal('file'),
    size: z.number().int().min(0),
    mtimeNs: decimal,
    sha256,
  }),
]);

const planShape = z.strictObject({
  schema: z.literal('mailmend/plan@1'),
  id: z.string().regex(/^[0-9a-f]{12}$/),
  made: z.iso.datetime(),
  profile: z.strictObject({ path: z.string(), device: decimal, inode: decimal }),
  folders: z.array(z.string()).min(1),
  operations: z.array(operation).max(1_000_000),
  preconditions: z.array(precondition).max(4_000_000),
});

/** @returns the plan, or what is wrong with it as half a sentence. Never throws. */
export function parsePlan(bytes: Uint8Array): Plan | string {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return 'it is not JSON';
  }
  const result = planShape.safeParse(json);
  if (result.success) return result.data;
  return result.error.issues
    .map(({ path, message }) => `${path.join('.') || 'it'}: ${message}`)
    .slice(0, 3)
    .join('; ');
}
