/**
 * The power is lost, and with it any part of what was not synced: `undo` gives the tree of before all the same, and a run
 * that says it was applied is whole.
 */

import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openRun } from '../../src/repair/recovery.ts';
import { listRuns } from '../../src/repair/runs.ts';
import { applyPlan, now, planFor, undoRun } from './support/carry.ts';
import { createMemory } from './support/memory.ts';
import { recordOperations, replay, statesAt } from './support/power-loss.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { contents, snapshot, tidy } from './support/snapshot.ts';

// A replayed operation must leave the time that the recorded one left.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now }));
afterEach(() => void vi.useRealTimers());

describe.each(Object.entries(scenarios))('%s', (_name, operations) => {
  test('the power is lost anywhere in the apply', async () => {
    const { fs: recorded } = createMemory(tree);
    const before = snapshot(recorded, root);
    const recording = recordOperations(recorded);
    await applyPlan(recording.fs, planFor(recorded, operations));
    const after = contents(recorded, root);
    let states = 0;
    for (let cut = 0; cut <= recording.operations.length; cut++) {
      for (const { lost, torn } of statesAt(recording.operations, cut)) {
        states++;
        const { fs } = createMemory(tree);
        replay(fs, recording.operations, cut, lost, torn);
        const story = `cut at ${cut}, lost ${[...lost].map((at) => `${at} ${recording.operations[at]?.name} ${recording.operations[at]?.given[0]}`)}, torn ${torn}`;
        const applied = listRuns(fs, profile, null).some(({ state }) => state === 'applied');
        if (applied) expect(contents(fs, root), story).toEqual(after);
        await undoRun(fs).catch((error: { code?: string }) => expect(error.code, story).toBe('NO_SUCH_RUN'));
        expect(tidy(snapshot(fs, root)), story).toEqual(before);
        expect(openRun(fs, profile), story).toBeNull();
      }
    }
    expect(states).toBeGreaterThan(50);
  });

  test('the power is lost anywhere in the undo, then undo again', async () => {
    const { fs: recorded } = createMemory(tree);
    const before = snapshot(recorded, root);
    await applyPlan(recorded, planFor(recorded, operations));
    const recording = recordOperations(recorded);
    await undoRun(recording.fs);
    for (let cut = 0; cut <= recording.operations.length; cut++) {
      for (const { lost, torn } of statesAt(recording.operations, cut)) {
        const { fs } = createMemory(tree);
        await applyPlan(fs, planFor(fs, operations));
        replay(fs, recording.operations, cut, lost, torn);
        const story = `cut at ${cut}, lost ${[...lost].map((at) => `${at} ${recording.operations[at]?.name} ${recording.operations[at]?.given[0]}`)}, torn ${torn}`;
        await undoRun(fs).catch((error: { code?: string }) => expect(error.code, story).toBe('NO_SUCH_RUN'));
        expect(snapshot(fs, root), story).toEqual(before);
      }
    }
  });
});
