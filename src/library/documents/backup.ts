/**
 * `mailmend backup --json`: the backup that was made, and `mailmend backup --verify --json`: one that was read again.
 */

import { z } from 'zod';
import { documentBase, leftOut, time } from './document.ts';
import { profileHeader } from './profile-header.ts';

const part = z.object({
  into: z.string().describe('Folder or file within the backup.'),
  from: z.string(),
  why: z.string(),
});

export const backupDocument = z.object({
  ...documentBase('backup'),
  profile: profileHeader,
  folder: z
    .string()
    .describe('Absolute path of the backup. It is finished: each copy was compared with its original.'),
  continued: z.boolean().describe('An earlier call had been interrupted, and this one went on with it.'),
  files: z.number().int(),
  folders: z.number().int(),
  links: z.number().int(),
  bytes: z.number().describe('Of all files.'),
  keptBytes: z.number().describe('Copied by the interrupted call, compared again by this one.'),
  parts: z.array(part).describe('What was copied where.'),
  leftOut: leftOut.describe('What the backup lacks. Not empty: `complete` is false, and the exit code 1.'),
  notCopied: leftOut.describe('What no backup needs: lock files, pipes.'),
  notKept: z
    .array(z.string())
    .describe('What the disk does not keep, such as permissions; the manifest has it.'),
  setAside: z
    .string()
    .nullable()
    .describe('Folder with what the interrupted call had copied and is no longer so in the profile.'),
  notes: z.array(z.string()),
});

export const backupVerifyDocument = z.object({
  ...documentBase('backup-verify'),
  folder: z.string(),
  state: z.enum(['intact', 'damaged', 'unfinished']),
  made: time.nullable().describe('When the backup was finished.'),
  of: z
    .object({
      path: z.string(),
      name: z.string().nullable(),
      program: z.string(),
      version: z.string().nullable(),
    })
    .nullable()
    .describe('The profile that was copied.'),
  files: z.number().int().describe('Read from the first byte to the last, and found as they were copied.'),
  bytes: z.number(),
  problems: z.array(
    z.object({
      path: z.string().describe('Within the backup.'),
      problem: z.enum(['missing', 'changed', 'extra', 'unreadable', 'manifest']),
      say: z.string(),
    }),
  ),
  leftOut: leftOut.describe('What the backup has lacked from the beginning. Not empty: `complete` is false.'),
});

export type BackupDocument = z.infer<typeof backupDocument>;
export type BackupVerifyDocument = z.infer<typeof backupVerifyDocument>;
