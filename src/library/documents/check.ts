/**
 * `mailmend check --json`: the verdict, the findings, and what was not looked at (design.md 4 and 5).
 */

import { z } from 'zod';
import { documentBase, leftOut, nextStep } from './document.ts';
import { finding, skippedCheck } from './finding.ts';
import { profileHeader } from './profile-header.ts';

const verdict = z.object({
  sentence: z.string(),
  mail: z.enum(['safe', 'at-risk']),
  start: z
    .enum(['safe', 'loses', 'fails'])
    .describe('What the next start of the program does: works, destroys something, does not work.'),
  because: z.array(z.string()).describe('Ids of the findings that it rests on.'),
  next: z.array(nextStep),
});

export const checkDocument = z.object({
  ...documentBase('check'),
  profile: profileHeader,
  verdict,
  findings: z.array(finding).describe('Worst first.'),
  counts: z.object({ error: z.number().int(), warning: z.number().int(), info: z.number().int() }),
  skipped: z.array(skippedCheck),
  leftOut,
});

export type CheckDocument = z.infer<typeof checkDocument>;
