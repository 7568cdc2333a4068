/**
 * The power goes after every single operation of a run, and of its taking back: afterwards `undo` gives the tree of
 * before, or the run was complete.
 */

import { describe, expect, test } from 'vitest';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { listRuns } from '../../src/repair/runs.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { createMemory } from './support/memory.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

const ignoringErrors = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

/** What a person does after a cut: `undo`, if there is something to take back. */
async function recover(fs: WritableFileSystem): Promise<void> {
  const cutOff = openRun(fs, profile);
  const applied = listRuns(fs, profile, null).some(({ state }) => state === 'applied');
  if (cutOff !== null || applied) await undoRun(fs);
  else await ignoringErrors(undoRun(fs));
}

describe.each(Object.entries(scenarios))('%s', (_name, operations) => {
  test.each([false, true])('a cut after every operation of the apply (last write torn: %s)', async (torn) => {
    const { fs: whole } = createMemory(tree);
    const counting = cutPowerAfter(whole, Number.POSITIVE_INFINITY);
    await applyPlan(counting, planFor(counting, operations));
    const total = counting.operations.length;
    expect(total).toBeGreaterThan(20);
    for (let after = 0; after < total; after++) {
      const { fs } = createMemory(tree);
      const before = snapshot(fs, root);
      const plan = planFor(fs, operations);
      await expect(applyPlan(cutPowerAfter(fs, after, torn), plan)).rejects.toThrow();
      await recover(fs);
      expect(tidy(snapshot(fs, root)), `cut after ${after}: ${counting.operations[after]}`).toEqual(before);
      expect(openRun(fs, profile)).toBeNull();
    }
  });

  test('a cut after every operation of the undo, then undo again', async () => {
    const { fs: whole } = createMemory(tree);
    await applyPlan(whole, planFor(whole, operations));
    const counting = cutPowerAfter(whole, Number.POSITIVE_INFINITY);
    await undoRun(counting);
    for (let after = 0; after < counting.operations.length; after++) {
      const { fs } = createMemory(tree);
      const before = snapshot(fs, root);
      await applyPlan(fs, planFor(fs, operations));
      await expect(undoRun(cutPowerAfter(fs, after, true))).rejects.toThrow();
      await recover(fs);
      expect(snapshot(fs, root), `cut after ${after}: ${counting.operations[after]}`).toEqual(before);
    }
  });
});
