/**
 * A fixture on the disk, with the library ready to work on it, as a command would.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { checkProfile } from '../../src/library/check.ts';
import type { CheckDocument } from '../../src/library/documents/check.ts';
import { inspectProfile } from '../../src/library/inspect.ts';
import { listProfiles } from '../../src/library/profiles.ts';
import { planRepair } from '../../src/library/repair.ts';
import { selectProfile } from '../../src/library/select.ts';
import type { SelectedProfile } from '../../src/library/selected-profile.ts';
import { listRuns } from '../../src/library/undo.ts';
import { unlockWorld } from '../../src/library/unlock-passwords.ts';
import type { World } from '../../src/library/world.ts';
import { layOutFixture } from './lay-out-fixture.ts';
import { installedOn, testWorld } from './test-world.ts';
import { type TreeOptions, treeListing } from './tree-hash.ts';

/** Every cause, for `--only`: all that can be repaired, also what plain `repair` leaves alone. */
export const everything: readonly string[] = ['profile', 'settings', 'passwords', 'leftovers'];

export interface Stage {
  world: World;
  /** All that was laid out. */
  root: string;
  profile: string;
  selected: SelectedProfile;
  check(): CheckDocument;
  /** The same with `--unlock`, without a primary password. */
  unlocked(): Promise<Stage>;
  plan(only: readonly string[]): ReturnType<typeof planRepair>;
  /** The documents of all commands that only read. */
  read(): { document: 'profiles' | 'inspect' | 'check' | 'repair' | 'undo'; value: unknown }[];
  /** All that was laid out, line by line, without what mailmend keeps beside a profile. */
  listing(options?: TreeOptions): string[];
  /** What must be in no document. */
  secrets(): string[];
}

/** @param sandbox an existing, empty folder. */
export function stageFixture(fixture: string, sandbox: string): Stage {
  const { root, profile } = layOutFixture(fixture, sandbox);
  const world = testWorld(sandbox, installedOn(fixture));
  const selection = selectProfile(world, { argument: profile, roots: [] });
  if (selection.kind !== 'one') throw new Error(`${fixture} holds several profiles`);
  return stageIn(world, root, profile, selection.profile);
}

function stageIn(world: World, root: string, profile: string, selected: SelectedProfile): Stage {
  const options = { only: [], account: null };
  const plan: Stage['plan'] = (only) => planRepair(world, selected, { only: [...only], account: null });
  const roots = [root, join(root, 'PostboxApp'), join(root, 'Postbox')].filter((folder) =>
    existsSync(join(folder, 'profiles.ini')),
  );
  return {
    world,
    root,
    profile,
    selected,
    plan,
    check: () => checkProfile(world, selected, options),
    unlocked: async () => stageIn(await unlockWorld(world, selected, null), root, profile, selected),
    read: () => [
      { document: 'profiles', value: listProfiles(world, { roots }) },
      { document: 'inspect', value: inspectProfile(world, selected) },
      { document: 'check', value: checkProfile(world, selected, options) },
      { document: 'repair', value: plan([]).document },
      { document: 'repair', value: plan(everything).document },
      { document: 'undo', value: listRuns(world, selected, { runs: null }) },
    ],
    listing: (how) => treeListing(root, how).filter((line) => !/^\.(?:\/.*)?\/\.mailmend[ /]/.test(line)),
    secrets: () => secretsIn(root),
  };
}

/** Saved logins, encrypted or not, and the pass phrase of the OpenPGP keys. */
function secretsIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return files.flatMap(({ parentPath, name }) => {
    const text = (): string => readFileSync(join(parentPath, name), 'utf8');
    if (basename(name).startsWith('logins')) {
      return [...text().matchAll(/"encrypted\w+":\s*"([^"]+)"/g)].map(([, blob]) => blob ?? '');
    }
    return name === 'encrypted-openpgp-passphrase.txt' ? [text().trim()] : [];
  });
}
