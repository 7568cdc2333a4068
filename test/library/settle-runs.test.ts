/** What a cut in the first moments of a run leaves in a profile goes with the next undo, also where there is no run. */

import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { settleRuns, undoRun } from '../../src/library/undo.ts';
import { makeLockFile } from '../../src/system/own-lock-file.ts';
import { type Stage, stageFixture } from '../support/fixture-stage.ts';

let sandbox = '';
let stage: Stage;
let lockFile = '';

beforeEach(() => {
  sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-settle-')));
  stage = stageFixture('orphan-server-login', sandbox);
  lockFile = join(stage.profile, '.parentlock');
  const { mtimeNs, atimeNs } = stage.world.fs.lstat(stage.profile) ?? { mtimeNs: 0n, atimeNs: 0n };
  rmSync(lockFile);
  stage.world.fs.setTimes(stage.profile, { mtimeNs, atimeNs });
});

afterEach(() => {
  rmSync(sandbox, { recursive: true });
});

it.each([null, 'kept'])('a lock file without a run (runs kept in %s)', async (place) => {
  const { world, selected, profile, listing } = stage;
  const before = listing();
  makeLockFile(world.fs, profile, lockFile);
  expect(listing()).not.toEqual(before);
  await settleRuns(world, selected, { runs: place === null ? null : join(sandbox, place) });
  expect(listing()).toEqual(before);
});

it('a lock file beside a run that is taken back', async () => {
  const { world, selected, profile, listing, plan } = stage;
  const signal = new AbortController().signal;
  const before = listing();
  await applyPlan(world, plan(['leftovers']).plan, { signal, runs: null });
  expect(existsSync(lockFile)).toBe(false);
  makeLockFile(world.fs, profile, lockFile);
  await undoRun(world, selected, { runs: null, run: null, signal });
  expect(listing()).toEqual(before);
});

it('the lock file of a program is left', async () => {
  const { world, selected, listing } = stage;
  world.fs.close(world.fs.createFile(lockFile, 0o644));
  const before = listing();
  await settleRuns(world, selected, { runs: null });
  expect(listing()).toEqual(before);
});
