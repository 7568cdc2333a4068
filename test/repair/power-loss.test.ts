/**
 * The power is lost after every single operation, and with it any part of what was not synced: in the apply, in the undo,
 * and in the undo that recovers from either. Afterwards `undo` gives exactly the tree of before, a run that says it was
 * applied is whole, and nothing else is written until then.
 */

import { afterAll, describe, expect, test, vi } from 'vitest';
import { isCutOff } from '../../src/repair/recovery.ts';
import { readRuns } from '../../src/repair/run.ts';
import { Disk } from './support/disk.ts';
import { diskFileSystem, type Noted } from './support/disk-file-system.ts';
import { differences, type Seen, see } from './support/disk-tree.ts';
import { type CrashState, crashStates } from './support/power-loss.ts';
import {
  applyOn,
  madeUpScenarios,
  plannedScenarios,
  type RepairScenario,
  undoOn,
} from './support/repair-scenarios.ts';

// Many runs, and a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

const scenarios = [...madeUpScenarios(), ...plannedScenarios()];

/** Of the states of one apply or undo, those whose recovery is cut off, too; and one with a torn journal. */
const recoveriesCutOff = 3;

const counted = { states: 0, violated: 0 };

afterAll(() => {
  const { states, violated } = counted;
  const inWords = (count: number): string => count.toLocaleString('en');
  console.log(
    `crash states: ${inWords(states)} in ${scenarios.length} scenarios, ${inWords(violated)} violated`,
  );
});

interface Story {
  scenario: RepairScenario;
  before: Seen;
  after: Seen;
  applied: { start: Disk; log: Noted[] };
  undone: { start: Disk; log: Noted[] };
}

/** The repair as it goes when nothing happens, and its taking back. */
async function tell(scenario: RepairScenario): Promise<Story> {
  const { start, around, uid, sameInodes } = scenario;
  const before = see(start, around);
  const disk = new Disk(start);
  const applied: Story['applied'] = { start, log: [] };
  await applyOn(diskFileSystem(disk, { uid, note: (operation) => applied.log.push(operation) }), scenario);
  const after = see(disk, around);
  const undone: Story['undone'] = { start: new Disk(disk), log: [] };
  await undoOn(diskFileSystem(disk, { uid, note: (operation) => undone.log.push(operation) }), scenario);
  expect(differences(before, see(disk, around), sameInodes)).toEqual([]);
  return { scenario, before, after, applied, undone };
}

type StateNow = 'no run' | 'cut off' | 'applied' | 'finished';

function stateOf(disk: Disk, { plan, runs, uid }: RepairScenario): StateNow {
  const [run] = readRuns(diskFileSystem(disk, { uid }), plan.profile.path, runs);
  if (run === undefined) return 'no run';
  if (isCutOff(run)) return 'cut off';
  return run.state === 'applied' ? 'applied' : 'finished';
}

/**
 * What is wrong after a cut, and after what a person does then; nothing, when nothing is.
 * @param again the plan is tried again first, which must be refused.
 */
async function faultsOf(state: Disk, { scenario, before, after }: Story, again: boolean): Promise<string[]> {
  const { around, uid, sameInodes } = scenario;
  const found = stateOf(state, scenario);
  const faults: string[] = [];
  if (found === 'applied') faults.push(...differences(after, see(state, around), true));
  if (found === 'cut off' && again) faults.push(...(await faultsOfApplyingAgain(state, scenario)));
  const disk = new Disk(state);
  try {
    const { kept } = await undoOn(diskFileSystem(disk, { uid }), scenario);
    faults.push(...kept.map((item) => `${item.path} was not taken back: ${item.why}`));
  } catch (error) {
    const nothingToDo = (error as { code?: string }).code === 'NO_SUCH_RUN';
    if (!nothingToDo || found === 'cut off' || found === 'applied') faults.push(String(error));
  }
  faults.push(...differences(before, see(disk, around), sameInodes));
  if (stateOf(disk, scenario) === 'cut off') faults.push('the run is still open');
  return faults;
}

async function faultsOfApplyingAgain(state: Disk, scenario: RepairScenario): Promise<string[]> {
  const disk = new Disk(state);
  const written: string[] = [];
  const fs = diskFileSystem(disk, { uid: scenario.uid, note: ({ said }) => written.push(said) });
  const exit = await applyOn(fs, scenario).then(
    () => 0,
    (error: { exit?: number }) => error.exit,
  );
  return exit === 5 && written.length === 0
    ? []
    : [`applied again: exit ${exit}, wrote ${written.join(', ')}`];
}

async function hold({ disk, story }: CrashState, told: Story, prefix = ''): Promise<void> {
  counted.states++;
  const faults = await faultsOf(disk, told, prefix === '' && counted.states % 2 === 0);
  if (faults.length === 0) return;
  counted.violated++;
  expect(faults, `${prefix}${story}`).toEqual([]);
}

/** The undo that takes a cut-off run back is cut off itself, at each of its operations. */
async function holdRecovery({ disk, story }: CrashState, told: Story): Promise<void> {
  const { scenario } = told;
  const log: Noted[] = [];
  const fs = diskFileSystem(new Disk(disk), { uid: scenario.uid, note: (operation) => log.push(operation) });
  await undoOn(fs, scenario);
  for (const state of crashStates(disk, log)) await hold(state, told, `${story}; then, in the undo, `);
}

/** Some of the states that are to be recovered from, from the first to the last. */
function spread(states: readonly CrashState[], wanted: number): CrashState[] {
  const every = Math.max(1, Math.floor(states.length / wanted));
  return states.filter((_state, index) => index % every === every >> 1).slice(0, wanted);
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
  test.each(['applied', 'undone'] as const)(
    'the power goes while it is %s, and in the recovery',
    async (phase) => {
      const told = await tell(scenario);
      const { start, log } = told[phase];
      expect(log.length).toBeGreaterThan(10);
      const recovered: CrashState[] = [];
      const torn: CrashState[] = [];
      for (const state of crashStates(start, log)) {
        await hold(state, told);
        const found = stateOf(state.disk, scenario);
        if (found === 'cut off') recovered.push(state);
        if (found === 'applied' && state.torn) torn.push(state);
      }
      for (const state of [...spread(recovered, recoveriesCutOff), ...spread(torn, 1)])
        await holdRecovery(state, told);
    },
  );
});

test('at least ten thousand states were tried, on at least ten repairs', () => {
  expect(scenarios.length).toBeGreaterThanOrEqual(10);
  expect(counted.states).toBeGreaterThanOrEqual(10_000);
});
