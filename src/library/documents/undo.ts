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
    .enum(['done', 'cut-off', 'undone', 'rolled-back', 'purged', 'damaged', 'elsewhere'])
    .describe(
      '`done` and `cut-off` can be taken back. `purged`: what was kept for it is deleted. `damaged`: its journal cannot be read; `why` says where the kept files are. `elsewhere`: of another profile, see `madeAt`.',
    ),
  paths: z.array(z.string()).describe('The files and folders that it changed.'),
  madeAt: z
    .string()
    .nullable()
    .describe('Where the profile lay when the run was made; null where nobody can tell.'),
});

const conflict = z
  .object({
    path: z.string(),
    key: z.string(),
    before: z.string().describe('The value before the repair.'),
    made: z.string().describe('What the repair made of it.'),
    now: z.string(),
  })
  .describe('Values as people read them; secret ones are redacted.');

const goes = z.object({
  run: z.string(),
  path: z.string(),
  bytes: z.number(),
  what: z.string().describe('What the file is, in words.'),
  messages: z
    .number()
    .nullable()
    .describe('How many messages are in it; 0 where it is no mail, null where that cannot be told.'),
});

export const undoDocument = z.object({
  ...documentBase('undo'),
  profile: profileHeader,
  runs: z.array(run).describe('Newest first.'),
  leftBehind: z
    .array(z.string())
    .describe('Folders with runs of this profile that do not lie beside it; for `--runs`.'),
  conflicts: z
    .array(conflict)
    .describe('Changed by the repair and again since; `--conflicts keep|take-back` decides.'),
  undone: z.string().nullable(),
  purged: z.string().nullable().describe('The run whose kept files were deleted; the first of several.'),
  deleted: z.array(z.string()).describe('All runs whose kept files were deleted.'),
  toDelete: z.array(z.string()).describe('With `--purge`: the runs that are deleted, or would be.'),
  goes: z.array(goes).describe('With `--purge`: every file that is deleted, or would be.'),
  needed: z
    .array(z.object({ run: z.string(), why: z.string() }))
    .describe('With `--purge --all`: runs that are not deleted, since they may still be needed.'),
  kept: z
    .array(z.object({ path: z.string(), why: z.string() }))
    .describe('What was not put back, because it changed since.'),
});

export type UndoDocument = z.infer<typeof undoDocument>;
export type Run = z.infer<typeof run>;
export type Conflict = z.infer<typeof conflict>;
