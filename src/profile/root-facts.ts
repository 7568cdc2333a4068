/**
 * The registry that a profile belongs to, with what checks need to know of the other profiles in it.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { LocatedProfile } from './locate.ts';
import { mailBytes } from './mail-size.ts';
import type { RegisteredProfile, Registry } from './registry.ts';
import type { StartChoice } from './start-choice.ts';
import { readSummary } from './summary.ts';

/** A profile of the root, as far as it matters for "the wrong one opens". */
export interface Neighbour {
  /** Absolute. */
  path: string;
  name: string | null;
  /** Its entry in profiles.ini, if the program sees one. */
  entry: RegisteredProfile | null;
  exists: boolean;
  /** Of the program that used it last. */
  version: string | null;
  mailBytes: number;
  /** Addresses of its identities. */
  addresses: string[];
  /** Number of items in its list of accounts. */
  accounts: number;
}

export interface RootFacts {
  registry: Registry;
  /** The entry of the profile that is looked at; null when none that the program sees names it. */
  entry: RegisteredProfile | null;
  /** All profiles of the root, the one looked at included. */
  neighbours: Neighbour[];
  /** What each installed program of this root starts, and why. */
  choices: StartChoice[];
}

export function readNeighbour(
  fs: ReadableFileSystem,
  located: LocatedProfile,
  registry: Registry,
): Neighbour {
  const { path, name, exists, version } = located;
  const entry = registry.profiles.find((profile) => profile.path === path) ?? null;
  const summary = exists ? readSummary(fs, path) : { addresses: [], accounts: 0 };
  return { path, name, entry, exists, version, mailBytes: exists ? mailBytes(fs, path) : 0, ...summary };
}
