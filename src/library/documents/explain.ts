/**
 * `mailmend explain --json`: what a check looks for, or what an error message means.
 */

import { z } from 'zod';
import { documentBase, nextStep } from './document.ts';
import { cause, checkId, severity } from './finding.ts';

const checkExplanation = z.object({
  id: checkId,
  cause,
  severity,
  title: z.string(),
  looksFor: z.string(),
  why: z.string(),
  repair: z.string(),
  example: z.string().optional().describe('What such a profile looks like.'),
});

const messageExplanation = z.object({
  message: z.string().describe('As the program or the server words it.'),
  meaning: z.string(),
  checks: z.array(checkId).describe('The checks that look into it.'),
  next: z.array(nextStep),
});

export const explainDocument = z.object({
  ...documentBase('explain'),
  query: z.string(),
  checks: z.array(checkExplanation),
  messages: z.array(messageExplanation),
});

export type ExplainDocument = z.infer<typeof explainDocument>;
