/**
 * A value of profiles.ini or installs.ini together with where it stands.
 */

import type { IniValue } from '../formats/ini/ini.ts';

export interface RegistryFact {
  value: string;
  file: 'profiles.ini' | 'installs.ini';
  /** 1-based. */
  line: number;
}

export const factOf = (
  value: IniValue | null,
  file: RegistryFact['file'] = 'profiles.ini',
): RegistryFact | null => (value === null ? null : { value: value.value, file, line: value.line });
