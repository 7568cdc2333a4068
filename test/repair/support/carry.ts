/**
 * Making and applying a plan in tests: a clock that stands still, and a lock that only remembers.
 */

import { type ApplyOptions, type ApplyResult, apply } from '../../../src/repair/apply.ts';
import type { WritableFileSystem } from '../../../src/repair/file-system.ts';
import type { Lock } from '../../../src/repair/lock.ts';
import type { Operation, Plan } from '../../../src/repair/operation.ts';
import { makePlan } from '../../../src/repair/plan.ts';
import { type UndoOptions, type UndoResult, undo } from '../../../src/repair/undo.ts';
import { profile, root } from './scenarios.ts';

export const now = new Date('2026-11-23T18:46:59.250Z');

export interface TestLock extends Lock {
  taken: number;
  released: number;
}

export function testLock(): TestLock {
  const lock: TestLock = {
    taken: 0,
    released: 0,
    acquire() {
      lock.taken++;
      return () => {
        lock.released++;
      };
    },
  };
  return lock;
}

export function planFor(fs: WritableFileSystem, operations: readonly Operation[]): Plan {
  return makePlan(fs, { profile, folders: [root], operations, now });
}

export function applyPlan(
  fs: WritableFileSystem,
  plan: Plan,
  options: Partial<ApplyOptions> = {},
): Promise<ApplyResult> {
  return apply(fs, plan, { runs: null, lock: testLock(), now: () => now, ...options });
}

export function undoRun(
  fs: WritableFileSystem,
  run: string | null = null,
  options: Partial<UndoOptions> = {},
): Promise<UndoResult> {
  return undo(fs, run, { profile, runs: null, lock: testLock(), ...options });
}
