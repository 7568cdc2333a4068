/**
 * `mailmend profiles --json`: every profile found, and which one each installed program starts (design.md 5).
 */

import { z } from 'zod';
import { documentBase, leftOut, time } from './document.ts';
import { program } from './profile-header.ts';

const listedProfile = z.object({
  path: z.string(),
  name: z.string().nullable(),
  program,
  root: z.string().nullable().describe('The folder that holds the profiles.ini it belongs to.'),
  registered: z.boolean().describe('A profiles.ini names it, and the program sees that entry.'),
  default: z.boolean().describe('Marked Default=1 in profiles.ini.'),
  startedBy: z
    .array(z.string())
    .describe('Hashes of the installs that open it when they are started; see `installs`.'),
  why: z.string().describe('Why it is opened, or why not: one sentence.'),
  exists: z.boolean(),
  inUse: z.boolean(),
  pid: z.number().int().nullable(),
  addresses: z.array(z.string()),
  mailBytes: z.number().nullable(),
  lastUsed: time.nullable(),
});

export const install = z.object({
  hash: z.string().describe('As in installs.ini: made of the folder of the program.'),
  folder: z.string().nullable().describe('Of the program; null when only its hash is known.'),
  program,
  root: z.string(),
  opens: z.enum(['profile', 'manager', 'new-profile', 'unknown']).describe('What a plain start does.'),
  profile: z.string().nullable().describe('Path of the profile that it opens.'),
  why: z.string(),
});

export const profilesDocument = z.object({
  ...documentBase('profiles'),
  profiles: z.array(listedProfile),
  installs: z.array(install),
  roots: z.array(z.string()).describe('The places that were looked into.'),
  leftOut,
});

export type ProfilesDocument = z.infer<typeof profilesDocument>;
export type ListedProfile = z.infer<typeof listedProfile>;
export type Install = z.infer<typeof install>;
