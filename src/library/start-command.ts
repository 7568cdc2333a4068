/**
 * How a person starts the mail program by hand, as command lines for the shell in use.
 */

import type { Install } from '../profile/install.ts';
import { rulesFor } from '../profile/path-rules.ts';
import type { Program } from '../profile/profile.ts';
import type { RootFacts } from '../profile/root-facts.ts';
import { commandLine } from './command-line.ts';
import type { World } from './world.ts';

/** The program that the profile belongs to, rather than another one that shares its root. */
export function installOf(root: RootFacts, installs: readonly Install[], program: Program): Install | null {
  const ofRoot = root.choices.map(({ install }) => install);
  return (
    [...ofRoot, ...installs].find((install) => install.program === program) ??
    (program === 'unknown' ? (ofRoot[0] ?? null) : null)
  );
}

/** Opens one profile, whatever profiles.ini says. */
export const openCommand = (world: World, program: readonly string[], profile: string): string =>
  commandLine([...program, '--no-remote', '--profile', profile], world.platform);

/** How a shell starts the program. */
export function startWords(world: World, program: Program, install: Install | null): string[] {
  const { join } = rulesFor(world.platform);
  const name = program === 'unknown' ? 'thunderbird' : program;
  if (install === null) return [name];
  if (install.kind === 'flatpak' && install.container !== null) return ['flatpak', 'run', install.container];
  if (install.kind === 'snap') return ['snap', 'run', install.container ?? name];
  // Nobody may start the executable of a package from the Store by its path; Windows knows it by its name.
  if (install.kind === 'store') return [`${name}.exe`];
  if (world.platform === 'win32') return [join(install.directory, `${name}.exe`)];
  return [join(install.directory, world.platform === 'darwin' && name === 'postbox' ? 'postbox-bin' : name)];
}
