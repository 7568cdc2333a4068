/**
 * `mailmend profiles use|register|relink --json`: what changes in the list of profiles, and what each program opens then.
 */

import { z } from 'zod';
import { documentBase } from './document.ts';
import { planFields } from './planned-change.ts';
import { profileHeader } from './profile-header.ts';
import { install } from './profiles.ts';

const fields = {
  profile: profileHeader.describe('The profile that it is about; what is replaced is kept beside it.'),
  root: z.string().describe('The folder with the profiles.ini that changes.'),
  entry: z
    .object({ name: z.string(), path: z.string() })
    .describe('The entry as it is after the change; `path` is absolute.'),
  installs: z.array(install).describe('What each installed program of this root opens after the change.'),
  notes: z.array(z.string()).describe('What the owner should know of it.'),
  ...planFields,
};

export const profilesUseDocument = z.object({ ...documentBase('profiles-use'), ...fields });
export const profilesRegisterDocument = z.object({ ...documentBase('profiles-register'), ...fields });
export const profilesRelinkDocument = z.object({
  ...documentBase('profiles-relink'),
  ...fields,
  former: z
    .string()
    .nullable()
    .describe('The folder that the entry led to; null where none could be made out.'),
});

export type ProfilesUseDocument = z.infer<typeof profilesUseDocument>;
export type ProfilesRegisterDocument = z.infer<typeof profilesRegisterDocument>;
export type ProfilesRelinkDocument = z.infer<typeof profilesRelinkDocument>;
export type ProfilesChangeDocument = ProfilesUseDocument | ProfilesRegisterDocument | ProfilesRelinkDocument;
