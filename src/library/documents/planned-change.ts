/**
 * A plan as documents show it, and what became of it: shared by repair, apply and diagnostic-profile (design.md 5).
 * The plan that can be saved and applied is src/repair/operation.ts; this is its description.
 */

import { z } from 'zod';
import type { Operation } from '../../repair/operation.ts';
import { findingSummary } from './finding.ts';

const op = z.enum([
  'edit-prefs',
  'edit-ini',
  'edit-rows',
  'write',
  'copy',
  'move',
  'move-aside',
  'make-folder',
  'set-mode',
]) satisfies z.ZodType<Operation['op']>;

export const plannedOperation = z.object({
  op,
  path: z.string(),
  from: z.string().optional().describe('Where a move or copy comes from.'),
  why: z.string(),
  finding: z.string().optional().describe('Id of the finding that it repairs.'),
  changes: z
    .number()
    .int()
    .nullable()
    .describe('How many lines or rows of the file change; null where it is not about single ones.'),
  lines: z
    .array(z.string())
    .describe('What changes, for people: lines that begin with "- " go, with "+ " come.'),
});

export const planDescription = z.object({ id: z.string(), operations: z.array(plannedOperation) });

const verified = z.object({
  fixed: z.array(findingSummary),
  remaining: z.array(findingSummary),
  new: z.array(findingSummary),
});

/** The fields of every document that plans something. */
export const planFields = {
  plan: planDescription,
  applied: z.boolean(),
  run: z.string().nullable().describe('Id for `mailmend undo --run`; null while nothing was written.'),
  verified: verified.optional().describe('What the checks say after the change.'),
  notKept: z
    .array(z.string())
    .optional()
    .describe('What taking the change back will not give exactly, in sentences; none where it is exact.'),
  needs: z.array(z.string()).describe('What the owner will be asked for afterwards.'),
};

export type PlannedOperation = z.infer<typeof plannedOperation>;
export type PlanDescription = z.infer<typeof planDescription>;
export type Verified = z.infer<typeof verified>;
