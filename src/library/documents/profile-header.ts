/**
 * Which profile a document is about (design.md 5).
 */

import { z } from 'zod';
import { time } from './document.ts';

export const program = z.enum(['thunderbird', 'postbox', 'betterbird', 'seamonkey', 'unknown']);

export const profileHeader = z.object({
  path: z.string().describe('Absolute path of the profile folder.'),
  name: z.string().nullable().describe('As in profiles.ini; null when no profiles.ini names it.'),
  program,
  version: z.string().nullable().describe('Of the program that used it last, from compatibility.ini.'),
  inUse: z.boolean().describe("What the program's own lock says now."),
  pid: z.number().int().nullable().describe('The process that has it open, where that can be known.'),
  savedAt: time.nullable().describe('When prefs.js was last written: the moment that its settings show.'),
  unfinishedRun: z
    .string()
    .nullable()
    .describe('Id of a run of mailmend that was cut off: `mailmend undo` first.'),
});

export type ProfileHeader = z.infer<typeof profileHeader>;
