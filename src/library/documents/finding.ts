/**
 * Findings in documents: the shape of src/checks/finding.ts as a schema. The compiler holds the two together.
 */

import { z } from 'zod';
import { causes, type Evidence, type Finding, type Subject, severities } from '../../checks/finding.ts';

export const severity = z.enum(severities);
export const cause = z.enum(causes);
export const checkId = z.templateLiteral([cause, '/', z.string()]);
export const risk = z.enum(['none', 'settings', 'passwords', 'mail']);

const evidence = z.object({
  file: z.string().describe('Relative to the profile where it lies in it.'),
  line: z.number().int().optional().describe('1-based.'),
  offset: z.number().int().optional().describe('Bytes from the start of the file.'),
  note: z.string(),
}) satisfies z.ZodType<Evidence>;

const subject = z.object({
  kind: z.enum([
    'profile',
    'account',
    'server',
    'identity',
    'outgoing',
    'login',
    'preference',
    'file',
    'folder',
    'install',
    'registry-entry',
  ]),
  id: z.string(),
}) satisfies z.ZodType<Subject>;

export const finding = z.object({
  id: z.string().describe('Short and stable: made of check and subject. `--only` takes it.'),
  check: checkId,
  cause,
  severity,
  title: z.string(),
  detail: z.string(),
  subject,
  evidence: z.array(evidence),
  repair: z
    .object({
      title: z.string(),
      risk,
      byName: z.literal(true).optional().describe('Planned only when it is asked for with `--only`.'),
    })
    .optional(),
}) satisfies z.ZodType<Finding>;

/** A finding by name, where its evidence is told elsewhere. */
export const findingSummary = z.object({ id: z.string(), check: checkId, severity, title: z.string() });

export const skippedCheck = z.object({ check: checkId, reason: z.string() });

export type FindingSummary = z.infer<typeof findingSummary>;
export type SkippedCheck = z.infer<typeof skippedCheck>;
