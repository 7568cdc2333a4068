/**
 * `mailmend apply --json`: a saved plan, before (`applied` false) or after it was carried out.
 */

import { z } from 'zod';
import { documentBase } from './document.ts';
import { planFields } from './planned-change.ts';
import { profileHeader } from './profile-header.ts';

export const applyDocument = z.object({ ...documentBase('apply'), profile: profileHeader, ...planFields });

export type ApplyDocument = z.infer<typeof applyDocument>;
