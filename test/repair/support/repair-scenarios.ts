/**
 * Repairs on disks in memory, ready to be cut off and to fail: made up ones for every kind of operation and of disk, and
 * those that the planner makes for broken profiles, carried over from the real disk.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApplyOptions } from '../../../src/repair/apply.ts';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import type { Operation, Plan } from '../../../src/repair/operation.ts';
import { makePlan } from '../../../src/repair/plan.ts';
import type { UndoOptions } from '../../../src/repair/undo.ts';
import { planDiagnosis } from '../../support/diagnostic.ts';
import { everything, stageFixture } from '../../support/fixture-stage.ts';
import { layOutRoot } from '../../support/root-of-fixtures.ts';
import { testWorld } from '../../support/test-world.ts';
import { applyPlan, now, undoRun } from './carry.ts';
import { Disk } from './disk.ts';
import { diskFileSystem } from './disk-file-system.ts';
import { copyTree, owner, plant, put } from './disk-tree.ts';
import type { Tree } from './memory.ts';
import { profile, root, scenarios, tree } from './scenarios.ts';

export interface RepairScenario {
  name: string;
  /** Never changed: every try takes a copy. */
  start: Disk;
  plan: Plan;
  /** What must come back as it was: everything around the profile. */
  around: string;
  /** The folder of `--runs`. */
  runs: string | null;
  /** Who runs mailmend. */
  uid: number;
  /** Undo brings back the same inodes, not files like them. */
  sameInodes: boolean;
}

export const applyOn = (
  fs: WritableFileSystem,
  { plan, runs }: RepairScenario,
  options: Partial<ApplyOptions> = {},
): ReturnType<typeof applyPlan> => applyPlan(fs, plan, { runs, ...options });

export const undoOn = (
  fs: WritableFileSystem,
  { plan, runs }: RepairScenario,
  options: Partial<UndoOptions> = {},
): ReturnType<typeof undoRun> => undoRun(fs, null, { profile: plan.profile.path, runs, ...options });

const why = 'because';
const stick = '/media/stick';
const mail = `${profile}/Mail/pop.example.org`;

const largerTree: Tree = {
  ...tree,
  '/home/ann/elsewhere': null,
  [`${profile}/lock`]: { link: '127.0.1.1:+4711' },
  [`${profile}/Mail/Größe (日本)`]: { mode: 0o700 },
  [`${profile}/Mail/Größe (日本)/Entwürfe`]: { text: 'From - Mon\n\nÄ\n', mode: 0o400 },
  [`${profile}/Mail/Größe (日本)/elsewhere`]: { link: '/home/ann/elsewhere' },
  [`${profile}/key4.db`]: { text: 'SQLite format 3', mode: 0o600 },
};

const intoNewFolders: Operation[] = [
  { op: 'make-folder', path: `${root}/new`, mode: 0o750, why },
  { op: 'make-folder', path: `${root}/new/Mail`, mode: 0o700, why },
  { op: 'move', path: `${root}/new/Mail/moved`, from: `${profile}/Mail/Größe (日本)`, why },
  { op: 'copy', path: `${root}/new/Mail/Drafts`, from: `${root}/new/Mail/moved/Entwürfe`, why },
  { op: 'move', path: `${root}/new/key4.db`, from: `${profile}/key4.db`, why },
  { op: 'move-aside', path: `${root}/new/Mail/moved/elsewhere`, why },
  { op: 'move-aside', path: `${profile}/lock`, why },
  { op: 'set-mode', path: `${root}/new/Mail/moved/Entwürfe`, mode: 0o600, why },
  { op: 'move', path: `${root}/newer`, from: `${root}/new`, why },
];

/** No renames out of the profile: those cannot go to another disk. */
const withoutAside: Operation[] = [
  ...(scenarios['edits of prefs.js and profiles.ini'] ?? []),
  ...(scenarios['a new file, and a file written anew'] ?? []),
  { op: 'copy', path: `${mail}/Inbox.msf`, from: `${mail}/Inbox`, why },
  { op: 'set-mode', path: `${mail}/Inbox`, mode: 0o640, why },
];

interface MadeUp {
  operations: readonly Operation[];
  tree?: Tree;
  hardLinks?: boolean;
  runs?: string;
  uid?: number;
}

const madeUp: Record<string, MadeUp> = {
  ...Object.fromEntries(Object.entries(scenarios).map(([name, operations]) => [name, { operations }])),
  'into new folders, with links and names of many letters': { operations: intoNewFolders, tree: largerTree },
  'a disk without hard links': {
    operations: [...withoutAside, ...(scenarios['a folder and a file moved aside'] ?? [])],
    hardLinks: false,
  },
  'what is replaced is kept on another disk': { operations: withoutAside, runs: stick },
  'on the same disk, in a folder of its own, by the owner himself': {
    operations: [...withoutAside, ...(scenarios['a folder and a file moved aside'] ?? [])],
    runs: '/home/ann/elsewhere',
    tree: largerTree,
    uid: owner.uid,
  },
};

function madeUpScenario(name: string, { operations, ...how }: MadeUp): RepairScenario {
  const { tree: planted = tree, hardLinks = true, runs = null, uid = 0 } = how;
  const start = new Disk();
  start.hardLinks = hardLinks;
  plant(start, planted);
  put(start, '/media', { kind: 'folder', mode: 0o755 });
  put(start, stick, { kind: 'folder', mode: 0o777, device: 7n });
  const fs = diskFileSystem(start);
  for (const item of [`${profile}/prefs.js`, `${profile}/logins.json`, `${mail}/Inbox`])
    fs.setExtendedAttribute(item, 'user.note', new TextEncoder().encode(`of ${item}`));
  const plan = makePlan(diskFileSystem(start, { uid }), { profile, folders: [root], operations, now });
  return { name, start, plan, around: root, runs, uid, sameInodes: hardLinks && runs !== stick };
}

/** Every kind of operation, and of disk. */
export function madeUpScenarios(): RepairScenario[] {
  return Object.entries(madeUp).map(([name, how]) => madeUpScenario(name, how));
}

/** Fixtures whose repairs differ in kind. */
const broken = [
  'orphan-server-identity',
  'orphan-server-login',
  'removed-account',
  'prefs-damaged-cut',
  'logins-damaged-truncated-with-backup',
  'mail-folder-lost',
  'reencryption-pending',
  'registry-hole-several',
] as const;

/** What mailmend itself plans: on the real disk, since the planner reads databases; carried out in memory. */
export function plannedScenarios(): RepairScenario[] {
  return [
    ...broken.map((fixture) =>
      fromDisk(`repair of ${fixture}`, (sandbox) => stageFixture(fixture, sandbox).plan(everything).plan),
    ),
    fromDisk('a diagnostic profile with an account', (sandbox) => {
      const { root: folder, profiles } = layOutRoot(path.join(sandbox, 'root'), 'small', 'plain');
      const account = 'alice@example.org';
      return planDiagnosis(testWorld(sandbox), folder, String(profiles[0]), { account }).plan;
    }),
  ];
}

function fromDisk(name: string, planIn: (sandbox: string) => Plan): RepairScenario {
  const sandbox = mkdtempSync(path.join(tmpdir(), 'mailmend-scenario-'));
  try {
    const plan = planIn(sandbox);
    const start = new Disk();
    copyTree(testWorld(sandbox).fs, sandbox, start);
    return { name, start, plan, around: sandbox, runs: null, uid: 0, sameInodes: true };
  } finally {
    rmSync(sandbox, { recursive: true });
  }
}
