/**
 * `mailmend diagnostic-profile --json`: the fresh profile beside the old one, and how to start it.
 */

import { z } from 'zod';
import { documentBase } from './document.ts';
import { planFields } from './planned-change.ts';
import { profileHeader } from './profile-header.ts';

export const diagnosticProfileDocument = z.object({
  ...documentBase('diagnostic-profile'),
  profile: profileHeader.describe('The profile that is in doubt; it stays as it is.'),
  remove: z.boolean().describe('The diagnostic profile is taken away again.'),
  diagnostic: z.object({ name: z.string(), path: z.string(), root: z.string() }),
  as: z.literal('imap').nullable().describe('The account was asked for as IMAP.'),
  account: z
    .object({
      email: z.string(),
      type: z.enum(['imap', 'pop3']).describe('What it becomes in the diagnostic profile.'),
      server: z.string(),
    })
    .nullable()
    .describe('The account that is set up in it.'),
  start: z.object({
    direct: z.string().describe('Command that opens the diagnostic profile.'),
    manager: z.string().describe('Command that shows the list of profiles.'),
    old: z.string().describe('Command that opens the profile that is in doubt.'),
  }),
  ...planFields,
});

export type DiagnosticProfileDocument = z.infer<typeof diagnosticProfileDocument>;
