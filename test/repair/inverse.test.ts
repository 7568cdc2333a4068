/**
 * Any list of operations on any small tree: apply, then undo, is the identity, times included; the overlay shows before
 * the apply what the tree is after it; and so it is after a cut at any moment, whatever part of it reached the disk.
 */

import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { sha256 } from '../../src/repair/hash.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { overlay } from '../../src/repair/overlay.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { Disk } from './support/disk.ts';
import { diskFileSystem, type Noted } from './support/disk-file-system.ts';
import { differences, plant, see } from './support/disk-tree.ts';
import type { Tree } from './support/memory.ts';
import { crashStates } from './support/power-loss.ts';
import { profile, root } from './support/scenarios.ts';
import { contents } from './support/snapshot.ts';

// Many runs, and a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

const why = 'why';
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const rows = ['{"id":1,"guid":"one"}', '{"id":2, "guid":"two"}'];

const logins = `${profile}/logins.json`;
const textOfLogins = `{"logins": [${rows.join(', ')}],"nextId":3}`;

const names = ['a', 'Größe 日本', 'prefs.js'];
const inProfile = fc
  .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
  .map((parts) => [profile, ...parts].join('/'));
const anyPath = fc.oneof(
  { arbitrary: inProfile, weight: 6 },
  { arbitrary: fc.constantFrom(`${root}/profiles.ini`, `${root}/fresh`, `${root}/fresh/a`), weight: 2 },
  { arbitrary: fc.constant(logins), weight: 1 },
);
const anyText = fc.constantFrom(
  '',
  'one',
  'user_pref("x", 1);\n',
  '# Ü\r\nuser_pref("x", "é");\r\n',
  '[S]\nk=v\n',
  textOfLogins,
);
const anyMode = fc.constantFrom(0o600, 0o644, 0o755, 0o400, 0o000);
const folderMode = fc.constantFrom(0o700, 0o755, 0o750);

const anyItem = fc.oneof(
  { arbitrary: fc.record({ text: anyText, mode: anyMode }), weight: 4 },
  { arbitrary: fc.record({ mode: folderMode }), weight: 4 },
  { arbitrary: fc.constant({ mode: 0o500 }), weight: 1 },
  { arbitrary: fc.record({ link: fc.constantFrom(`${profile}/a`, 'nowhere', '..') }), weight: 1 },
);

const isFolder = (item: Tree[string] | undefined): boolean =>
  item === null || (typeof item === 'object' && 'mode' in item && !('text' in item));

/** One file may then have two paths, and the overlay knows it by one. */
const leadsAround = (tree: Tree): boolean =>
  Object.values(tree).some(
    (item) => typeof item === 'object' && item !== null && 'link' in item && item.link !== 'nowhere',
  );

/** Parents are folders and come first; what does not fit is left out. */
const anyTree: fc.Arbitrary<Tree> = fc.array(fc.tuple(inProfile, anyItem), { maxLength: 14 }).map((items) => {
  const tree: Tree = {
    '/home': null,
    '/home/ann': null,
    [root]: { mode: 0o700 },
    [profile]: { mode: 0o700 },
    [logins]: textOfLogins,
  };
  const depth = (item: string): number => item.split('/').length;
  for (const [path, item] of items.sort(([a], [b]) => depth(a) - depth(b)))
    if (isFolder(tree[path.slice(0, path.lastIndexOf('/'))]) && !(path in tree)) tree[path] = item;
  return tree;
});

const anyValue = fc.constantFrom(null, 1, 'é', true);
const anyIniValue = fc.constantFrom(null, 'v', 'w');
const base = { path: anyPath, why: fc.constant(why) };
const changeOf = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<{ from: T; to: T }> =>
  fc.record({ from: value, to: value });

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    ...base,
    op: fc.constant('write' as const),
    content: anyText.map(base64),
    mode: fc.option(anyMode),
  }),
  fc.record({ ...base, op: fc.constant('copy' as const), from: fc.oneof(anyPath, fc.constant(logins)) }),
  { arbitrary: fc.record({ ...base, op: fc.constant('move' as const), from: anyPath }), weight: 2 },
  fc.record({ ...base, op: fc.constant('move-aside' as const) }),
  { arbitrary: fc.record({ ...base, op: fc.constant('make-folder' as const), mode: folderMode }), weight: 2 },
  fc.record({ ...base, op: fc.constant('set-mode' as const), mode: fc.oneof(anyMode, folderMode) }),
  fc
    .record({ path: anyPath, change: changeOf(anyValue) })
    .map(
      ({ path, change }): Operation => ({ op: 'edit-prefs', path, why, changes: [{ name: 'x', ...change }] }),
    ),
  fc.record({ path: anyPath, change: changeOf(anyIniValue) }).map(
    ({ path, change }): Operation => ({
      op: 'edit-ini',
      path,
      why,
      changes: [{ section: 'S', key: 'k', ...change }],
    }),
  ),
  fc
    .record({
      path: fc.oneof(anyPath, fc.constant(logins)),
      gone: fc.subarray(['one', 'two'], { minLength: 1 }),
    })
    .map(
      ({ path, gone }): Operation => ({
        op: 'edit-rows',
        path,
        why,
        list: 'logins',
        key: 'guid',
        numbers: null,
        changes: gone.map((row) => ({
          row,
          what: `row ${row}`,
          from: sha256(rows.find((text) => text.includes(row)) ?? ''),
          to: null,
        })),
      }),
    ),
);

/** A plan that moves a link and leads through it is refused. */
const isRefused = (error: { exit?: number }): null => {
  expect(error.exit).toBe(3);
  return null;
};

/** The operations that fit, one after the other, as a planner would make them. */
function fitting(fs: WritableFileSystem, candidates: readonly Operation[]): Operation[] {
  const operations: Operation[] = [];
  for (const candidate of candidates) {
    try {
      overlay(fs, [...operations, candidate]);
      operations.push(candidate);
    } catch {
      // It does not fit the tree that the others leave.
    }
  }
  return operations;
}

const anyCase = fc.record({
  tree: anyTree,
  candidates: fc.array(anyOperation, { minLength: 1, maxLength: 14 }),
  hardLinks: fc.oneof({ arbitrary: fc.constant(true), weight: 3 }, fc.constant(false)),
});

function diskWith(tree: Tree, hardLinks: boolean): Disk {
  const disk = new Disk();
  disk.hardLinks = hardLinks;
  plant(disk, tree);
  return disk;
}

const isLargeEnough = (told: Record<string, number>, least: number): void =>
  expect(Object.entries(told).filter(([, count]) => count < least)).toEqual([]);

test('apply, then undo, is the identity', async () => {
  const carriedOut: Record<Operation['op'], number> = {
    'edit-prefs': 0,
    'edit-ini': 0,
    'edit-rows': 0,
    write: 0,
    copy: 0,
    move: 0,
    'move-aside': 0,
    'make-folder': 0,
    'set-mode': 0,
  };
  let refused = 0;
  const seen = { 'the same path again': 0, 'into a new folder': 0, 'a link': 0, 'a folder with content': 0 };
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ tree, candidates, hardLinks }) => {
      const disk = diskWith(tree, hardLinks);
      const fs = diskFileSystem(disk);
      const before = see(disk, root);
      const operations = fitting(fs, candidates);
      const plan = planFor(fs, operations);
      const foreseen = contents(overlay(fs, operations), root);
      const done = await applyPlan(fs, plan).catch(isRefused);
      if (done === null) {
        refused++;
        expect(leadsAround(tree)).toBe(true);
        expect(differences(before, see(disk, root), hardLinks)).toEqual([]);
        return;
      }
      const { run, applied } = done;
      if (!leadsAround(tree)) expect(contents(fs, root)).toEqual(foreseen);
      if (!applied) return;
      for (const [index, operation] of operations.entries()) {
        const earlier = operations.slice(0, index);
        carriedOut[operation.op]++;
        if (earlier.some(({ path }) => path === operation.path)) seen['the same path again']++;
        if (earlier.some(({ op, path }) => op === 'make-folder' && operation.path.startsWith(`${path}/`)))
          seen['into a new folder']++;
        const moved = operation.op === 'move' ? operation.from : operation.path;
        if (before.get(moved)?.inode.kind === 'link') seen['a link']++;
        if (operation.op.startsWith('move') && (before.get(moved)?.inode.names.size ?? 0) > 0)
          seen['a folder with content']++;
      }
      expect(await undoRun(fs)).toMatchObject({ run, kept: [] });
      expect(differences(before, see(disk, root), hardLinks)).toEqual([]);
    }),
    { numRuns: 1000, seed: 20261123 },
  );
  isLargeEnough(carriedOut, 20);
  isLargeEnough(seen, 10);
  expect(refused).toBeLessThan(20);
});

test('a power cut at any moment of any run, then undo, is the identity', async () => {
  let cutOff = 0;
  await fc.assert(
    fc.asyncProperty(
      anyCase,
      fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      async ({ tree, candidates, hardLinks }, picks) => {
        const start = diskWith(tree, hardLinks);
        const before = see(start, root);
        const plan = planFor(diskFileSystem(start), fitting(diskFileSystem(start), candidates));
        const log: Noted[] = [];
        const note = (operation: Noted): void => void log.push(operation);
        const disk = new Disk(start);
        const done = await applyPlan(diskFileSystem(disk, { note }), plan).catch(isRefused);
        if (done?.applied === true) await undoRun(diskFileSystem(disk, { note }));
        const states = [...crashStates(start, log)];
        for (const pick of picks) {
          const state = states[pick % states.length];
          if (state === undefined) continue;
          const undone = await undoRun(diskFileSystem(state.disk)).catch((error: { code?: string }) => {
            expect(error.code, state.story).toBe('NO_SUCH_RUN');
            return null;
          });
          if (undone !== null) cutOff++;
          expect(differences(before, see(state.disk, root), hardLinks), state.story).toEqual([]);
        }
      },
    ),
    { numRuns: 40, seed: 20261124 },
  );
  expect(cutOff).toBeGreaterThan(150);
});

test('what the owner of the files may not do is rolled back', async () => {
  const exits = new Set<unknown>();
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ tree, candidates, hardLinks }) => {
      const disk = diskWith(tree, hardLinks);
      const before = see(disk, root);
      // The plan was made by somebody who may read everything.
      const plan = planFor(diskFileSystem(disk), fitting(diskFileSystem(disk), candidates));
      const fs = diskFileSystem(disk, { uid: 1000 });
      const exit = await applyPlan(fs, plan).then(
        () => 0,
        (error: { exit?: number }) => error.exit,
      );
      exits.add(exit);
      expect([0, 3, 4]).toContain(exit);
      if (exit === 0) await undoRun(fs).catch((error) => expect(error.code).toBe('NO_SUCH_RUN'));
      expect(differences(before, see(disk, root), hardLinks)).toEqual([]);
    }),
    { numRuns: 400, seed: 20261125 },
  );
  expect(exits).toContain(0);
  expect(exits).toContain(4);
});
