/**
 * A root as Thunderbird leaves it, with fixtures as its profiles: profiles.ini in the program's own words, the first
 * profile as default and as that of the installation in /usr/lib/thunderbird.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { layOutFixture } from './lay-out-fixture.ts';

export interface RootOfFixtures {
  root: string;
  /** The content of profiles.ini. */
  registry: string;
  /** Absolute paths, in the order of the fixtures. */
  profiles: string[];
}

/** @param root must not be there yet; the folder of a profile has the name of its fixture. */
export function layOutRoot(root: string, ...fixtures: string[]): RootOfFixtures {
  mkdirSync(root, { recursive: true, mode: 0o700 });
  const profiles = fixtures.map((name) => layOutFixture(name, root).profile);
  const sections = fixtures.map(
    (name, index) =>
      `[Profile${index}]\nName=${name}\nIsRelative=1\nPath=${name}\n${index === 0 ? 'Default=1\n' : ''}\n`,
  );
  const registry = `${sections.join('')}[General]\nStartWithLastProfile=1\nVersion=2\n\n[InstallFDC34C9F024745EB]\nDefault=${fixtures[0]}\nLocked=1\n\n`;
  writeFileSync(join(root, 'profiles.ini'), registry, { mode: 0o644 });
  return { root, registry, profiles };
}
