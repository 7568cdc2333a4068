/**
 * Preferences that somebody else than the owner of the profile sets: a company policy, AutoConfig, the installation. They
 * count more than prefs.js, so a repair there would not last (design.md 6.8). Finding them is system/company-settings.ts.
 */

import type { PrefValue } from '../formats/prefs/prefs.ts';

export interface EnforcedPref {
  name: string;
  /** Null: the owner's value is taken away. */
  value: PrefValue | null;
  /** `locked`: cannot be changed; `start`: set anew at every start. */
  how: 'locked' | 'start';
  by: 'policy' | 'autoconfig' | 'installation';
  /** Absolute. */
  file: string;
  /** 1-based. */
  line: number;
}

/** What the files of an administrator say, as far as it could be read. */
export interface CompanySettings {
  prefs: EnforcedPref[];
  /** Files that do more than mailmend can tell without running them, or that cannot be used. `why` is half a sentence. */
  unclear: { file: string; why: string; missing: boolean }[];
}

export const noCompanySettings: CompanySettings = { prefs: [], unclear: [] };
