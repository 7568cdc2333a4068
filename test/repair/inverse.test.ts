/**
 * Any list of operations on any small tree: apply, then undo, is the identity; the overlay shows before the apply what
 * the tree is after it; and the plan made after it changes nothing.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { overlay } from '../../src/repair/overlay.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { createMemory, type Tree } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root } from './support/scenarios.ts';
import { contents, snapshot, tidy } from './support/snapshot.ts';

const names = ['a', 'b', 'prefs.js'];
const inProfile = fc
  .array(fc.constantFrom(...names), { minLength: 1, maxLength: 3 })
  .map((parts) => [profile, ...parts].join('/'));
const anyPath = fc.oneof(
  { arbitrary: inProfile, weight: 5 },
  { arbitrary: fc.constant(`${root}/profiles.ini`), weight: 1 },
);
const anyText = fc.constantFrom('', 'one', 'two\n', 'user_pref("x", 1);\n', '[S]\nk=v\n');
const anyMode = fc.constantFrom(0o600, 0o644, 0o700, 0o755);
const why = 'why';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const anyItem = fc.oneof(
  fc.constant(null),
  fc.record({ text: anyText, mode: anyMode }),
  fc.record({ mode: fc.constantFrom(0o700, 0o755) }),
);

/** Parents are folders and come first; what does not fit is left out. */
const anyTree: fc.Arbitrary<Tree> = fc.array(fc.tuple(inProfile, anyItem), { maxLength: 12 }).map((items) => {
  const tree: Tree = { '/home': null, '/home/ann': null, [root]: null, [profile]: null };
  for (const [path, item] of items.sort(([a], [b]) => a.length - b.length)) {
    const parent = tree[path.slice(0, path.lastIndexOf('/'))];
    const isFolder = parent === null || (typeof parent === 'object' && !('text' in parent));
    if (isFolder && !(path in tree)) tree[path] = item;
  }
  return tree;
});

const anyOperation: fc.Arbitrary<Operation> = fc.oneof(
  fc
    .record({ path: anyPath, text: anyText, mode: fc.option(anyMode) })
    .map(({ path, text, mode }): Operation => ({ op: 'write', path, content: base64(text), mode, why })),
  fc.record({
    op: fc.constantFrom('copy' as const, 'move' as const),
    path: anyPath,
    from: anyPath,
    why: fc.constant(why),
  }),
  fc.record({ op: fc.constant('move-aside' as const), path: anyPath, why: fc.constant(why) }),
  fc.record({
    op: fc.constantFrom('make-folder' as const, 'set-mode' as const),
    path: anyPath,
    mode: anyMode,
    why: fc.constant(why),
  }),
  fc.record({ path: anyPath, to: fc.option(fc.integer({ min: 0, max: 9 })) }).map(
    ({ path, to }): Operation => ({
      op: 'edit-prefs',
      path,
      changes: [{ name: 'x', from: null, to }],
      why,
    }),
  ),
  fc.record({ path: anyPath, to: fc.option(fc.constantFrom('v', 'w')) }).map(
    ({ path, to }): Operation => ({
      op: 'edit-ini',
      path,
      changes: [{ section: 'S', key: 'k', from: null, to }],
      why,
    }),
  ),
);

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
  candidates: fc.array(anyOperation, { minLength: 1, maxLength: 10 }),
});

test('apply, then undo, is the identity', async () => {
  let changes = 0;
  await fc.assert(
    fc.asyncProperty(anyCase, async ({ tree, candidates }) => {
      const { fs } = createMemory(tree);
      const before = snapshot(fs, root);
      const operations = fitting(fs, candidates);
      const plan = planFor(fs, operations);
      const foreseen = contents(overlay(fs, operations), root);
      const { run, applied } = await applyPlan(fs, plan);
      expect(contents(fs, root)).toEqual(foreseen);
      if (!applied) return;
      changes++;
      expect(await undoRun(fs)).toEqual({ run, kept: [] });
      expect(snapshot(fs, root)).toEqual(before);
    }),
    { numRuns: 400 },
  );
  expect(changes).toBeGreaterThan(200);
});

test('a cut at any moment, then undo, is the identity', async () => {
  await fc.assert(
    fc.asyncProperty(
      anyCase,
      fc.nat({ max: 150 }),
      fc.boolean(),
      async ({ tree, candidates }, after, torn) => {
        const { fs } = createMemory(tree);
        const before = snapshot(fs, root);
        const plan = planFor(fs, fitting(fs, candidates));
        await applyPlan(cutPowerAfter(fs, after, torn), plan).catch(() => undefined);
        await undoRun(fs).catch((error: { code?: string }) => expect(error.code).toBe('NO_SUCH_RUN'));
        expect(tidy(snapshot(fs, root))).toEqual(before);
      },
    ),
    { numRuns: 400 },
  );
});
