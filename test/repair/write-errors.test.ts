/**
 * The disk fills up, breaks, forbids, or the owner changes his mind: whatever the system answers, and wherever, the
 * apply ends with the tree of before, exit 4 and the cause in plain words. Where even taking back fails, it says so
 * (exit 5), and undo does it later.
 */

import { afterAll, describe, expect, test, vi } from 'vitest';
import type { ApplyOptions } from '../../src/repair/apply.ts';
import { MailmendError } from '../../src/repair/error.ts';
import type { WritableFileSystem } from '../../src/repair/file-system.ts';
import { openRun } from '../../src/repair/recovery.ts';
import { testLock } from './support/carry.ts';
import { Disk } from './support/disk.ts';
import { diskFileSystem } from './support/disk-file-system.ts';
import { differences, see } from './support/disk-tree.ts';
import { failReading, failWriting, needRoom, writeLess } from './support/failing.ts';
import {
  applyOn,
  madeUpScenarios,
  plannedScenarios,
  type RepairScenario,
  undoOn,
} from './support/repair-scenarios.ts';

const causes: Record<string, RegExp> = {
  ENOSPC: /the disk is full/,
  EDQUOT: /quota/,
  EIO: /the disk reported an error/,
  EROFS: /can only be read/,
  EACCES: /no permission/,
  EPERM: /does not permit/,
  EBUSY: /another program/,
};
const codes = Object.keys(causes);

/** Of the second faults after each first one, for which the errno is not repeated. */
const secondFaults = 3;

// Many runs, and a machine that may be busy.
vi.setConfig({ testTimeout: 600_000 });

const scenarios = [...madeUpScenarios(), ...plannedScenarios()];
let faults = 0;

afterAll(() => console.log(`faults: ${faults.toLocaleString('en')} in ${scenarios.length} scenarios`));

interface Tried {
  /** Null: it was applied. */
  failure: MailmendError | null;
  disk: Disk;
}

/** @param spoil makes the disk fail. */
async function tryApply(
  scenario: RepairScenario,
  spoil: (fs: WritableFileSystem) => WritableFileSystem,
  options: Partial<ApplyOptions> = {},
): Promise<Tried> {
  faults++;
  const disk = new Disk(scenario.start);
  const lock = testLock();
  const fs = spoil(diskFileSystem(disk, { uid: scenario.uid }));
  const failure = await applyOn(fs, scenario, { lock, ...options }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(lock).toMatchObject({ taken: 1, released: 1 });
  if (failure === null) return { failure, disk };
  expect(failure).toBeInstanceOf(MailmendError);
  return { failure: failure as MailmendError, disk };
}

function faultsIn(disk: Disk, { start, around, sameInodes }: RepairScenario): string[] {
  return differences(see(start, around), see(disk, around), sameInodes);
}

const isOpen = (disk: Disk, { plan, runs, uid }: RepairScenario): boolean =>
  openRun(diskFileSystem(disk, { uid }), plan.profile.path, runs) !== null;

/** Undo on the healed disk, or nothing where there is no run. */
async function undoLater(disk: Disk, scenario: RepairScenario): Promise<void> {
  await undoOn(diskFileSystem(disk, { uid: scenario.uid }), scenario).catch((error: unknown) =>
    expect(error).toMatchObject({ code: 'NO_SUCH_RUN' }),
  );
}

/** As before, or exit 5 and as before after the undo. */
async function holdExit({ failure, disk }: Tried, scenario: RepairScenario, story: string): Promise<void> {
  expect([3, 4, 5], `${story}: ${failure?.message}`).toContain(failure?.exit);
  if (failure?.exit !== 5) expect(faultsIn(disk, scenario), story).toEqual([]);
  if (failure?.exit === 5) expect(failure.next[0]?.command, story).toContain('undo');
  await undoLater(disk, scenario);
  expect(faultsIn(disk, scenario), story).toEqual([]);
  expect(isOpen(disk, scenario), story).toBe(false);
}

/** How many calls that change the disk an apply makes, those that fail on this disk too. */
async function callsOf(scenario: RepairScenario): Promise<string[]> {
  const counting = failWriting(diskFileSystem(new Disk(scenario.start), { uid: scenario.uid }), () => null);
  await applyOn(counting.fs, scenario);
  return counting.calls;
}

/**
 * Where a hard link or an attribute is not permitted, not merely failing, a copy is kept with what it may have: it comes
 * back as that.
 */
const mayBeCopied = (call: string | undefined, code: string): boolean =>
  /^(link|setExtendedAttribute) /.test(call ?? '') && (code === 'EPERM' || code === 'EACCES');

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
  test.each(codes)('%s at every operation', async (code) => {
    const total = (await callsOf(scenario)).length;
    for (let at = 0; at < total; at++) {
      let calls: string[] = [];
      const tried = await tryApply(scenario, (fs) => {
        const spoiled = failWriting(fs, (call) => (call === at ? code : null));
        calls = spoiled.calls;
        return spoiled.fs;
      });
      const story = `${code} at ${calls[at]}`;
      if (tried.failure === null) {
        // A hard link that is refused becomes a copy; an attribute that a copy may not have is left out.
        expect(mayBeCopied(calls[at], code), story).toBe(true);
        continue;
      }
      expect(tried.failure, story).toMatchObject({ code: 'WRITE_FAILED', exit: 4 });
      expect(tried.failure.message, story).toMatch(causes[code] ?? /never/);
      expect(faultsIn(tried.disk, scenario), story).toEqual([]);
      expect(isOpen(tried.disk, scenario), story).toBe(false);
    }
  });

  test('taking back fails, too: exit 5, and undo does it later', async () => {
    const total = (await callsOf(scenario)).length;
    const exits = new Set<number | undefined>();
    for (let at = 0; at < total; at++) {
      const code = codes[at % codes.length] ?? 'EIO';
      for (let second = 1 + (at % 5); second < 5 * secondFaults; second += 5) {
        let calls: string[] = [];
        const tried = await tryApply(scenario, (fs) => {
          const spoiled = failWriting(fs, (call) => (call === at || call === at + second ? code : null));
          calls = spoiled.calls;
          return spoiled.fs;
        });
        if (tried.failure === null || mayBeCopied(calls[at], code)) continue;
        exits.add(tried.failure.exit);
        await holdExit(tried, scenario, `${code} at ${at}, and ${second} later`);
      }
    }
    expect(exits).toContain(4);
    expect(exits).toContain(5);
  });

  test.each([
    ['ENOSPC', (name: string) => needRoom.has(name)],
    ['EROFS', () => true],
  ] as const)('%s from one operation on; the disk is healed, and undo restores', async (code, fails) => {
    const total = (await callsOf(scenario)).length;
    for (let from = 0; from < total; from++) {
      const tried = await tryApply(
        scenario,
        (fs) => failWriting(fs, (call, name) => (call >= from && fails(name) ? code : null)).fs,
      );
      if (tried.failure !== null) await holdExit(tried, scenario, `${code} from ${from} on`);
    }
  });

  test('a write takes less than it is given, or nothing', async () => {
    const few = await tryApply(scenario, (fs) => writeLess(fs, 7));
    expect(few.failure).toBeNull();
    await undoLater(few.disk, scenario);
    expect(faultsIn(few.disk, scenario)).toEqual([]);
    const writes = (await callsOf(scenario)).filter((call) => call.startsWith('write ')).length;
    for (let from = 0; from < writes; from++) {
      const tried = await tryApply(scenario, (fs) => writeLess(fs, 0, from));
      expect(tried.failure?.message, `write ${from}`).toMatch(/the disk reported an error/);
      await holdExit(tried, scenario, `write ${from} takes nothing`);
    }
  });

  test('EIO at every read', async () => {
    let reads = 0;
    await tryApply(
      scenario,
      (fs) =>
        failReading(fs, () => {
          reads++;
          return null;
        }).fs,
    );
    expect(reads).toBeGreaterThan(20);
    for (let at = 0; at < reads; at++) {
      const tried = await tryApply(
        scenario,
        (fs) => failReading(fs, (call) => (call === at ? 'EIO' : null)).fs,
      );
      if (tried.failure !== null) await holdExit(tried, scenario, `EIO at read ${at}`);
    }
  });

  test('the owner interrupts at every operation', async () => {
    const total = (await callsOf(scenario)).length;
    const exits = new Set<number>();
    for (let at = 0; at < total; at++) {
      const controller = new AbortController();
      const tried = await tryApply(
        scenario,
        (fs) =>
          failWriting(fs, (call) => {
            if (call === at) controller.abort();
            return null;
          }).fs,
        { signal: controller.signal },
      );
      exits.add(tried.failure?.exit ?? 0);
      if (tried.failure === null) continue;
      expect(tried.failure, `${at}`).toMatchObject({ code: 'INTERRUPTED', exit: 130 });
      expect(faultsIn(tried.disk, scenario), `${at}`).toEqual([]);
      expect(isOpen(tried.disk, scenario)).toBe(false);
    }
    // The last word of the journal is written by then.
    expect(exits).toEqual(new Set([130, 0]));
  });
});
