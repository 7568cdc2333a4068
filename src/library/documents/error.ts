/**
 * What `--json` answers instead of any other document when a command fails (design.md 3).
 */

import { z } from 'zod';
import { nextStep } from './document.ts';

export const errorDocument = z.object({
  schema: z.literal('mailmend/error@1'),
  code: z.string().describe('Stable, such as PROFILE_IN_USE; BUG for a fault of mailmend itself.'),
  message: z.string(),
  next: z.array(nextStep),
});

export type ErrorDocument = z.infer<typeof errorDocument>;
