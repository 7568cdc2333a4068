/**
 * `mailmend repair --json`: what would be changed, for which findings, and what is left out of the plan.
 */

import { z } from 'zod';
import { documentBase, leftOut } from './document.ts';
import { finding, findingSummary, skippedCheck } from './finding.ts';
import { planFields } from './planned-change.ts';
import { profileHeader } from './profile-header.ts';

export const repairDocument = z.object({
  ...documentBase('repair'),
  profile: profileHeader,
  ...planFields,
  findings: z.array(finding).describe('Those that the plan repairs.'),
  notPlanned: z
    .array(
      findingSummary.extend({
        why: z.string().describe('Why it is not in the plan.'),
        command: z.string().nullable().describe('What plans it, or explains it.'),
      }),
    )
    .describe('Errors and warnings that the plan leaves alone.'),
  skipped: z.array(skippedCheck),
  leftOut,
});

export type RepairDocument = z.infer<typeof repairDocument>;
