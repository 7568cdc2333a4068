/**
 * A library that answers with the hand-made documents and remembers how it was called.
 */

import type { Library, Plan, SelectedProfile, World } from '../../../src/cli/library.ts';
import type { PreparedBackup } from '../../../src/library/backup.ts';
import { createFileSystem } from '../../../src/repair/node-file-system.ts';
import {
  backupIntact,
  backupMade,
  backupSummary,
  brokenCheck,
  diagnostic,
  header,
  opened,
  profileList,
  profilePath,
  repairPlan,
  runs,
  sheet,
} from '../../report/support/documents.ts';

export const plan: Plan = {
  schema: 'mailmend/plan@1',
  id: '0123456789ab',
  made: '2026-11-23T18:30:00.000Z',
  profile: { path: profilePath, device: '1', inode: '2' },
  folders: [profilePath],
  operations: [],
  preconditions: [],
};

const selected: SelectedProfile = {
  path: profilePath,
  name: 'default-release',
  program: 'thunderbird',
  root: null,
};

const goesOf = (run: string | null) => [
  { run: run ?? 'r1', path: '/kept/before/0', bytes: 12_000, what: 'prefs.js as it was before', messages: 0 },
];

export interface FakeLibrary {
  library: Library;
  /** Name of each function called, with what matters of its arguments. */
  calls: [name: string, ...details: unknown[]][];
}

export function fakeLibrary(changes: Partial<Library> = {}): FakeLibrary {
  const calls: FakeLibrary['calls'] = [];
  const world = {
    fs: createFileSystem(),
    platform: 'linux',
    home: '/home/alice',
    env: {},
  } as unknown as World;
  const applyDocument = { ...repairPlan, schema: 'mailmend/apply@1' as const };
  const library: Library = {
    systemWorld: () => world,
    listProfiles: (_world, { roots }) => {
      calls.push(['listProfiles', roots]);
      return profileList;
    },
    planUse: () => {
      throw new Error('no list of profiles here');
    },
    planRegister: () => {
      throw new Error('no list of profiles here');
    },
    planRelink: () => {
      throw new Error('no list of profiles here');
    },
    unlockWorld: () => {
      throw new Error('no passwords here');
    },
    needsPrimaryPassword: () => {
      throw new Error('no passwords here');
    },
    listPasswords: () => {
      throw new Error('no passwords here');
    },
    planRemovePasswords: () => {
      throw new Error('no passwords here');
    },
    requirePlaceForPasswords: () => {
      throw new Error('no passwords here');
    },
    backupPasswords: () => {
      throw new Error('no passwords here');
    },
    planRestorePasswords: () => {
      throw new Error('no passwords here');
    },
    exportPasswords: () => {
      throw new Error('no passwords here');
    },
    selectProfile: (_world, { argument, roots }) => {
      calls.push(['selectProfile', argument, roots]);
      return { kind: 'one', profile: selected };
    },
    inspectProfile: () => sheet,
    checkProfile: (_world, _profile, options) => {
      calls.push(['checkProfile', options]);
      return brokenCheck;
    },
    explain: (query) => {
      calls.push(['explain', query]);
      return { schema: 'mailmend/explain@1', complete: true, query, checks: [], messages: [] };
    },
    planRepair: (_world, _profile, options) => {
      calls.push(['planRepair', options]);
      return { document: repairPlan, plan };
    },
    readPlanFile: async (_world, file) => {
      calls.push(['readPlanFile', file]);
      return plan;
    },
    describePlan: () => applyDocument,
    applyPlan: async (_world, given, { runs: folder, signal, onProgress }) => {
      calls.push(['applyPlan', given.id, folder, signal.aborted]);
      onProgress?.({ done: 1, total: 2 } as Parameters<NonNullable<typeof onProgress>>[0]);
      const verified = { fixed: repairPlan.findings, remaining: [], new: [] };
      return { ...applyDocument, applied: true, run: 'r1', verified };
    },
    listRuns: (_world, _profile, options) => {
      calls.push(['listRuns', options]);
      return runs;
    },
    settleRuns: async () => {
      calls.push(['settleRuns']);
    },
    undoRun: async (_world, _profile, { run }) => {
      calls.push(['undoRun', run]);
      return { ...runs, undone: run };
    },
    previewRun: () => runs,
    previewPurgeRun: (_world, _profile, { run }) => ({
      ...runs,
      toDelete: [run ?? 'r1'],
      goes: goesOf(run),
    }),
    purgeRun: async (_world, _profile, { run }) => {
      calls.push(['purgeRun', run]);
      return { ...runs, purged: run, deleted: run === null ? [] : [run], goes: goesOf(run) };
    },
    planDiagnosticProfile: (_world, _profile, options) => {
      calls.push(['planDiagnosticProfile', options]);
      return { document: { ...diagnostic, profile: header }, plan };
    },
    prepareBackup: async (_world, _profile, { to, commandFor }) => {
      calls.push(['prepareBackup', to]);
      return { summary: backupSummary, request: {} as PreparedBackup['request'], command: commandFor(to) };
    },
    makeBackup: async (_world, { command }, { signal, onProgress }) => {
      calls.push(['makeBackup', command, signal.aborted]);
      onProgress?.({ done: 50, total: 100 });
      return backupMade;
    },
    verifyBackup: async (_world, folder) => {
      calls.push(['verifyBackup', folder]);
      return backupIntact;
    },
    ...changes,
  };
  return { library, calls };
}

/** Two candidates until one of them is named. */
export const undecided: Library['selectProfile'] = (_world, { argument }) =>
  argument === null
    ? {
        kind: 'several',
        candidates: [opened, { ...opened, path: '/home/alice/second', name: 'second', startedBy: [] }],
      }
    : { kind: 'one', profile: { ...selected, path: argument } };
