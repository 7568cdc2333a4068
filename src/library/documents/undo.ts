/**
 * `mailmend undo --json`: the runs of a profile, and what was taken back (design.md 5).
 */

import { z } from 'zod';
import { documentBase, time } from './document.ts';
import { profileHeader } from './profile-header.ts';

const run = z.object({
  id: z.string(),
  when: time,
  why: z.string().describe('What the run was for, in one line.'),
  bytes: z.number().describe('What is kept for taking it back.'),
  state: z
    .enum(['done', 'cut-off', 'undone', 'rolled-back', 'purged', 'damaged'])
    .describe(
      '`done` and `cut-off` can be taken back. `purged`: what was kept for it is deleted. `damaged`: its journal cannot be read; `why` says where the kept files are.',
    ),
  paths: z.array(z.string()).describe('The files and folders that it changed.'),
});

export const undoDocument = z.object({
  ...documentBase('undo'),
  profile: profileHeader,
  runs: z.array(run).describe('Newest first.'),
  undone: z.string().nullable(),
  purged: z.string().nullable().describe('The run whose kept files were deleted.'),
  kept: z
    .array(z.object({ path: z.string(), why: z.string() }))
    .describe('What was not put back, because it changed since.'),
});

export type UndoDocument = z.infer<typeof undoDocument>;
export type Run = z.infer<typeof run>;
