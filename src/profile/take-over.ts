/**
 * Whether an installation that has no profile of its own yet takes over the default profile (formats.md 1.2). It does
 * so only with the profile that it was itself the last to use; what it does not take over stays, and a new one is made.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { Install } from './install.ts';
import { withoutEnd } from './path-rules.ts';
import { readCompatibility } from './profile-folder.ts';
import type { RegisteredProfile, Registry } from './registry.ts';
import { placeInWords } from './start-words.ts';

/** Half a sentence that says why the profile is not taken over; null when it is. */
export function whyNotTakenOver(
  fs: ReadableFileSystem,
  install: Install,
  registry: Registry,
  profile: RegisteredProfile,
): string | null {
  const place = placeInWords(profile);
  const compatibility = readCompatibility(fs, profile.path);
  if (compatibility === null) return `${place} does not say which program used it last`;
  // Without LastPlatformDir the profile is so old that the program takes it for its own.
  const lastUser = compatibility.platformDir;
  if (lastUser !== null && !isDirectoryOf(install, lastUser)) {
    return `${place} was last used by another installation (${lastUser})`;
  }
  const locked = registry.installs.some(
    (other) => other.locked && other.default?.value === profile.descriptor,
  );
  return locked ? `${place} belongs to another installation` : null;
}

/** Windows does not look at case, and takes the directory of the 32-bit program for its own. */
function isDirectoryOf(install: Install, directory: string): boolean {
  const trimmed = withoutEnd(directory);
  if (install.platform !== 'win32') return trimmed === install.platformDirectory;
  const own = [install.platformDirectory, install.formerDirectory ?? install.platformDirectory];
  return own.some((candidate) => candidate.toLowerCase() === trimmed.toLowerCase());
}
