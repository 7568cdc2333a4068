/**
 * The disk fills up, breaks, forbids: whatever the system answers, and wherever, the apply ends with the tree of before,
 * exit 4 and the cause in plain words.
 */

import { describe, expect, test } from 'vitest';
import { MailmendError } from '../../src/repair/error.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { applyPlan, planFor, testLock, undoRun } from './support/carry.ts';
import { createMemory } from './support/memory.ts';
import { failFrom, failOnceAt } from './support/power-cut.ts';
import { profile, root, scenarios, tree } from './support/scenarios.ts';
import { snapshot, tidy } from './support/snapshot.ts';

const causes: [string, RegExp][] = [
  ['ENOSPC', /the disk is full/],
  ['EDQUOT', /quota/],
  ['EIO', /the disk reported an error/],
  ['EROFS', /can only be read/],
  ['EACCES', /no permission/],
  ['EPERM', /does not permit/],
  ['EBUSY', /another program/],
];

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

async function failEverywhere(operations: readonly Operation[], code: string, words: RegExp): Promise<void> {
  for (let at = 0, last = false; !last; at++) {
    const { fs } = createMemory(tree);
    const before = snapshot(fs, root);
    const failing = failOnceAt(fs, at, code);
    const lock = testLock();
    const failure = await failureOf(applyPlan(failing, planFor(fs, operations), { lock }));
    last = failing.operations.length <= at;
    if (failure === null) {
      // A hard link that is refused becomes a copy.
      expect(last || failing.operations[at]?.startsWith('link')).toBe(true);
      continue;
    }
    expect(failure, failing.operations[at]).toBeInstanceOf(MailmendError);
    expect(failure).toMatchObject({ code: 'WRITE_FAILED', exit: 4, message: expect.stringMatching(words) });
    expect(openRun(fs, profile)).toBeNull();
    expect(tidy(snapshot(fs, root)), failing.operations[at]).toEqual(before);
    expect(lock).toMatchObject({ taken: 1, released: 1 });
  }
}

describe.each(Object.entries(scenarios))('%s', (name, operations) => {
  const some = name.startsWith('a folder renamed')
    ? causes
    : causes.filter(([code]) => code === 'ENOSPC' || code === 'EPERM');

  test.each(some)('%s at every operation', (code, words) => failEverywhere(operations, code, words));

  test('a disk that is full from one operation on', async () => {
    const needsRoom = ['createFile', 'write', 'makeFolder', 'link'];
    for (let from = 0, last = false; !last; from++) {
      const { fs } = createMemory(tree);
      const before = snapshot(fs, root);
      const failing = failFrom(fs, from, 'ENOSPC', needsRoom);
      const failure = await failureOf(applyPlan(failing, planFor(fs, operations)));
      last = failure === null;
      if (last) continue;
      expect(failure, failing.operations[from]).toMatchObject({ code: 'WRITE_FAILED', exit: 4 });
      expect(openRun(fs, profile)).toBeNull();
      // The folder of runs could not be finished either; with room it is.
      await failureOf(undoRun(fs));
      expect(tidy(snapshot(fs, root)), failing.operations[from]).toEqual(before);
    }
  });
});
