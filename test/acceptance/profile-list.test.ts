/**
 * The list of profiles as mailmend has put it right, read by the real Thunderbird: it opens the profile that it should,
 * when it is simply started.
 */

import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { applyPlan } from '../../src/library/apply.ts';
import { planRepair } from '../../src/library/repair.ts';
import type { World } from '../../src/library/world.ts';
import { lockState } from '../../src/system/lock-state.ts';
import { carriedOut, planToRegister, planToRelink, planToUse } from '../support/change-list.ts';
import { select } from '../support/diagnostic.ts';
import { layOutFixture } from '../support/lay-out-fixture.ts';
import { layOutRoot } from '../support/root-of-fixtures.ts';
import { testWorld } from '../support/test-world.ts';
import { describeWhere } from './support/needs.ts';
import { mailWindow, type StartedByOwner, startAsOwner } from './support/owner-start.ts';

const thunderbird = [{ folder: '/usr/lib/thunderbird', name: 'Thunderbird', version: '153.7.0' }];

let folder = '';
let owner = '';
let world: World;
let started: StartedByOwner | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'mailmend-list-'));
  owner = join(folder, 'owner');
  world = testWorld(folder, thunderbird);
});

afterEach(async () => {
  await started?.kill();
  started = null;
  rmSync(folder, { recursive: true, maxRetries: 5 });
});

/** Which of them Thunderbird has open, once its window is there. */
async function openedOf(...profiles: string[]): Promise<string[]> {
  started = await startAsOwner(owner);
  await started.window(mailWindow);
  return profiles.filter((profile) => lockState(world.fs, world.locks, profile).state === 'held');
}

describeWhere(['thunderbird', 'namespaces', 'windows'], 'Thunderbird, simply started, opens', () => {
  it('the profile of `profiles use`', async () => {
    const { root, profiles } = layOutRoot(join(owner, '.thunderbird'), 'plain', 'small');
    const [plain = '', small = ''] = profiles;
    await carriedOut(world, planToUse(world, root, small));
    expect(await openedOf(plain, small)).toEqual([small]);
  });

  it('one that was registered from anywhere, and relinked after it was moved', async () => {
    const { root, profiles } = layOutRoot(join(owner, '.thunderbird'), 'plain');
    const [plain = ''] = profiles;
    const disk = join(owner, 'Disk; é #1');
    mkdirSync(disk);
    const { profile } = layOutFixture('small', disk);
    await carriedOut(world, planToRegister(world, root, profile, 'Work; old [1] # é'));
    await carriedOut(world, planToUse(world, root, profile));
    const moved = join(disk, 'moved = here');
    renameSync(profile, moved);
    await carriedOut(world, planToRelink(world, root, 'Work; old [1] # é', moved));
    expect(await openedOf(plain, moved)).toEqual([moved]);
  });

  it('the one of before, once a lost list is written anew', async () => {
    const { root, profiles } = layOutRoot(join(owner, '.thunderbird'), 'small', 'plain');
    const [small = '', plain = ''] = profiles;
    rmSync(join(root, 'profiles.ini'));
    writeFileSync(join(root, 'installs.ini'), '[FDC34C9F024745EB]\nDefault=plain\nLocked=1\n\n');
    const { plan } = planRepair(world, select(world, small, root), { only: [], account: null });
    await applyPlan(world, plan, { signal: new AbortController().signal, runs: null, roots: [root] });
    expect(await openedOf(small, plain)).toEqual([plain]);
  });
});
