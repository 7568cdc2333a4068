/**
 * An installed program, as far as it decides which profile starts. Finding the programs is system/installs.ts.
 */

import { rulesOf } from './path-rules.ts';
import type { Platform, Root } from './places.ts';
import type { Program } from './profile.ts';

export interface Install {
  program: Program;
  /** `Name` of application.ini: Thunderbird, Betterbird, Icedove, Postbox, SeaMonkey …; null where it could not be read. */
  name: string | null;
  version: string | null;
  buildId: string | null;
  /** Of the executable, as the program itself sees it: inside its sandbox for a Flatpak. */
  directory: string;
  /** What the program writes as LastPlatformDir into a profile; on macOS not where the executable is. */
  platformDirectory: string;
  /** The `<HASH>` of its `[Install<HASH>]` section. */
  hash: string;
  /** Where the Windows program for 32 bits would be: a section of that hash is adopted. Null elsewhere. */
  formerDirectory: string | null;
  formerHash: string | null;
  kind: 'native' | 'flatpak' | 'snap' | 'store';
  /** Flatpak id, Snap name or package family name. */
  container: string | null;
  platform: Platform;
}

/** The major version; null where it is not known. */
export function majorOf(version: string | null): number | null {
  const major = Number.parseInt(version ?? '', 10);
  return Number.isNaN(major) ? null : major;
}

/**
 * Whether the program knows profiles of its own for each installation. They came with Gecko 67, so Thunderbird 68;
 * Postbox (Gecko 52 and older) and SeaMonkey (Gecko 60) never had them.
 */
export function knowsInstallSections(install: Install): boolean {
  if (install.program === 'postbox' || install.program === 'seamonkey') return false;
  return (majorOf(install.version) ?? 68) >= 68;
}

/** The roots that the program uses: one, except where the version of a Postbox is not known or --root was given. */
export function rootsOf(install: Install, roots: readonly Root[]): Root[] {
  const moved = roots.filter((root) => root.kind === 'moved');
  const usable = install.kind === 'native' && moved.length > 0 ? moved : roots;
  return usable.filter((root) => uses(install, root));
}

function uses(install: Install, root: Root): boolean {
  if (root.kind === 'moved') return install.kind === 'native';
  const sameProgram = root.program === rootProgram(install) || root.program === 'unknown';
  if (root.kind === 'given') return sameProgram;
  if (root.kind === 'icedove') return install.name === 'Icedove';
  if (install.name === 'Icedove' || !sameProgram || root.kind !== install.kind) return false;
  if (install.program === 'postbox') return usesPostboxRoot(install, root);
  return install.kind === 'native' || root.container === install.container;
}

/** Betterbird uses the root of Thunderbird; its Flatpak has one of its own. */
const rootProgram = ({ program, kind }: Install): Program =>
  program === 'betterbird' && kind !== 'flatpak' ? 'thunderbird' : program;

/** 1 to 5 use `Postbox`, 6 and 7 `PostboxApp`; both lie side by side (postbox.md 3). */
function usesPostboxRoot(install: Install, root: Root): boolean {
  const major = majorOf(install.version);
  if (major === null) return true;
  return (rulesOf(root.path).basename(root.path) === 'PostboxApp') === major >= 6;
}
