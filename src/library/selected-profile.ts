/**
 * The one profile that a command is about.
 */

import type { Root } from '../profile/places.ts';
import type { Program } from '../profile/profile.ts';

export interface SelectedProfile {
  /** Absolute. */
  path: string;
  /** As in profiles.ini; null for a folder that none names. */
  name: string | null;
  /** As far as its root tells; compatibility.ini may know better. */
  program: Program;
  /** The folder with the profiles.ini that it belongs to; null where none was found. */
  root: Root | null;
}
