/**
 * A root with something to repair in every kind of file that mailmend writes, for tests that run it as a process: a
 * gap in profiles.ini, two left logins, settings, and a folder that is moved aside. Times have nanoseconds, one file
 * has a second name, one an attribute, and as root all of it belongs to somebody else: so that whatever gets lost shows.
 */

import {
  lchownSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyPlan } from '../../../src/library/apply.ts';
import { planRepair } from '../../../src/library/repair.ts';
import { selectProfile } from '../../../src/library/select.ts';
import { undoRun } from '../../../src/library/undo.ts';
import { systemWorld } from '../../../src/library/world.ts';
import { MailmendError } from '../../../src/repair/error.ts';
import { createFileSystem } from '../../../src/repair/node-file-system.ts';
import { loadNative } from '../../../src/system/native.ts';
import { everything } from '../../support/fixture-stage.ts';
import { layOutRoot } from '../../support/root-of-fixtures.ts';
import { treeListing } from '../../support/tree-hash.ts';

export interface WritingStage {
  /** Empty; holds nothing that is compared. */
  home: string;
  root: string;
  profile: string;
  /** The root, line by line, without what mailmend keeps. */
  listing(): string[];
  /** Carries the whole repair out, in this process. */
  repair(): Promise<void>;
  /** `undo --apply`, in this process. */
  undo(): Promise<{ code: number; stdout: string }>;
  /** Or anything else that mailmend makes beside a profile. */
  hasRuns(): boolean;
  /** Takes away what mailmend keeps, and gives the root its times back. */
  clean(): void;
  remove(): void;
}

const fs = createFileSystem(undefined, loadNative());
const somebody = 1000;

export interface StageOptions {
  /** The profile that is written to. */
  fixture?: string;
  /** An existing folder for it, instead of one among the temporary ones. */
  into?: string;
  /** The program's lock file is there, as after its first start. */
  lockFile?: boolean;
}

export function writingStage(options: StageOptions = {}): WritingStage {
  const { fixture = 'orphan-server-identity', into, lockFile = true } = options;
  const sandbox = mkdtempSync(join(into ?? realpathSync(tmpdir()), 'mailmend-stage-'));
  const { root, registry, profiles } = layOutRoot(join(sandbox, 'root'), fixture, 'small', 'orphan-server');
  const [profile = ''] = profiles;
  writeFileSync(join(root, 'profiles.ini'), registry.replace('[Profile2]', '[Profile3]'));
  if (!lockFile) rmSync(join(profile, '.parentlock'));
  linkSync(join(profile, 'logins.json'), join(root, 'logins of another program'));
  try {
    fs.setExtendedAttribute(join(profile, 'prefs.js'), 'user.mailmend', new Uint8Array([1, 2, 3]));
  } catch {
    // A disk that knows none: then none must appear.
  }
  makeTelling(root);
  const { atimeNs, mtimeNs } = lstatSync(root, { bigint: true });
  return {
    home: sandbox,
    root,
    profile,
    listing: () => treeListing(root, { all: true }).filter((line) => !/^\.\/\.mailmend[ /]/.test(line)),
    repair: () => repairAll(profile, root),
    undo: () => undoLast(profile, root),
    hasRuns: () => readdirSync(root).some((name) => name.startsWith('.mailmend')),
    clean() {
      for (const name of readdirSync(root))
        if (name.startsWith('.mailmend')) rmSync(join(root, name), { recursive: true });
      fs.setTimes(root, { atimeNs, mtimeNs });
    },
    remove: () => rmSync(sandbox, { recursive: true, maxRetries: 5 }),
  };
}

function opened(profile: string, root: string) {
  const world = systemWorld();
  const selection = selectProfile(world, { argument: profile, roots: [root] });
  if (selection.kind !== 'one') throw new Error(`${profile} is not the only one`);
  return { world, selected: selection.profile, signal: new AbortController().signal, runs: null };
}

async function repairAll(profile: string, root: string): Promise<void> {
  const { world, selected, ...how } = opened(profile, root);
  const { plan } = planRepair(world, selected, { only: [...everything], account: null });
  await applyPlan(world, plan, { ...how, roots: [root] });
}

async function undoLast(profile: string, root: string): Promise<{ code: number; stdout: string }> {
  const { world, selected, ...how } = opened(profile, root);
  try {
    await undoRun(world, selected, { ...how, run: null });
  } catch (error) {
    if (!(error instanceof MailmendError)) throw error;
    // Killed before there was one.
    if (error.code !== 'NO_SUCH_RUN') return { code: error.exit, stdout: error.message };
  }
  return { code: 0, stdout: '' };
}

/** Children first: a folder's time changes with what is made in it. */
function makeTelling(item: string): void {
  const stat = lstatSync(item, { bigint: true });
  if (stat.isDirectory()) for (const name of readdirSync(item)) makeTelling(join(item, name));
  if (process.getuid?.() === 0) lchownSync(item, somebody, somebody);
  const { atimeNs, mtimeNs } = stat;
  fs.setTimes(item, { atimeNs: wholeSecond(atimeNs) + 111n, mtimeNs: wholeSecond(mtimeNs) + 123_456_789n });
}

const wholeSecond = (nanoseconds: bigint): bigint => nanoseconds - (nanoseconds % 1_000_000_000n);
