import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { checkProfile } from '../../src/library/check.ts';
import { planRepair } from '../../src/library/repair.ts';
import type { World } from '../../src/library/world.ts';
import { stageFixture } from '../support/fixture-stage.ts';

it('a program that takes a file while a repair runs is not held against the repair, and is told afterwards', async () => {
  const sandbox = realpathSync(mkdtempSync(join(tmpdir(), 'mailmend-others-')));
  onTestFinished(() => rmSync(sandbox, { recursive: true }));
  const { world, selected } = stageFixture('host-malformed-blank', sandbox);
  let asked = 0;
  const busy: World = {
    ...world,
    openFiles(files) {
      asked += 1;
      const prefs = files.find(({ path }) => path.endsWith('prefs.js'));
      return asked <= 2 || prefs === undefined
        ? []
        : [{ pid: 7, name: 'mutt', path: prefs.path, how: 'writing' }];
    },
  };
  const options = { only: [], account: null };
  const { plan } = planRepair(busy, selected, options);
  const signal = new AbortController().signal;
  const { applied, verified } = await applyPlan(busy, plan, { signal, runs: null });
  expect(applied).toBe(true);
  expect(verified).toMatchObject({ remaining: [], new: [] });
  expect(asked).toBe(2);

  const { findings } = checkProfile(busy, selected, options);
  expect(findings.map(({ title }) => title)).toEqual(['mutt has prefs.js of the profile open for writing']);
});
