/**
 * The registry that a profile belongs to, with what checks need to know of the other profiles in it.
 */

import type { ReadableFileSystem } from '../repair/file-system.ts';
import type { CrashReport } from './crash-reports.ts';
import type { LeftInstall } from './left-installs.ts';
import type { LocatedProfile } from './locate.ts';
import { mailBytes } from './mail-size.ts';
import type { MisreadEntry } from './misread-entries.ts';
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
  /** Milliseconds since 1970; null where no file tells. */
  lastUsed: number | null;
}

export interface RootFacts {
  registry: Registry;
  /** The entry of the profile that is looked at; null when none that the program sees names it. */
  entry: RegisteredProfile | null;
  /** All profiles of the root, the one looked at included. */
  neighbours: Neighbour[];
  /** What each installed program of this root starts, and why. */
  choices: StartChoice[];
  /** Entries that lead to a folder only when they are read otherwise, or to none at all. */
  misread: MisreadEntry[];
  /** What installs.ini says; null where there is none. */
  leftInstalls: LeftInstall[] | null;
  /** Of all profiles of the root, the newest first. */
  crashReports: CrashReport[];
}

export function readNeighbour(
  fs: ReadableFileSystem,
  located: LocatedProfile,
  registry: Registry,
): Neighbour {
  const { path, name, exists, version, lastUsed } = located;
  const entry = registry.profiles.find((profile) => profile.path === path) ?? null;
  const summary = exists ? readSummary(fs, path) : { addresses: [], accounts: 0 };
  const bytes = exists ? mailBytes(fs, path) : 0;
  return { path, name, entry, exists, version, mailBytes: bytes, lastUsed, ...summary };
}
