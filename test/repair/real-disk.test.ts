/**
 * The engine on a real disk with the system's own calls: after undo every byte, mode, link and time is as before, to the
 * nanosecond, and so are the inodes of files that were only replaced.
 */

import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apply } from '../../src/repair/apply.ts';
import { createFileSystem } from '../../src/repair/node-file-system.ts';
import type { Operation } from '../../src/repair/operation.ts';
import { makePlan } from '../../src/repair/plan.ts';
import { undo } from '../../src/repair/undo.ts';
import { loadNative } from '../../src/system/native.ts';
import { testLock } from './support/carry.ts';
import { cutPowerAfter } from './support/power-cut.ts';
import { profile as imagined, root as imaginedRoot, scenarios, tree } from './support/scenarios.ts';
import { type Snapshot, snapshot, tidy } from './support/snapshot.ts';

const fs = createFileSystem(undefined, loadNative());
let root: string;
let profile: string;

/** The scenario's tree and operations, below a folder for temporary files. */
const here = (path: string): string => path.replace(imaginedRoot, root);
const inHere = (operation: Operation): Operation =>
  JSON.parse(JSON.stringify(operation).replaceAll(imaginedRoot, root));

beforeEach(() => {
  root = path.join(mkdtempSync(path.join(tmpdir(), 'mailmend-run-')), 'root');
  profile = here(imagined);
  let time = 1_600_000_000_123_456_789n;
  const items = Object.entries(tree).filter(([item]) => item.startsWith(imaginedRoot));
  for (const [item, what] of items) {
    if (what === null || (typeof what === 'object' && 'mode' in what && !('text' in what)))
      mkdirSync(here(item));
    else if (typeof what === 'string') writeFileSync(here(item), what, { mode: 0o600 });
    else if ('text' in what) writeFileSync(here(item), what.text, { mode: what.mode });
  }
  symlinkSync('127.0.1.1:+4242', path.join(profile, 'lock'));
  for (const [item] of items.reverse()) {
    time += 1_000_000_007n;
    fs.setTimes(here(item), { atimeNs: time, mtimeNs: time });
  }
});
afterEach(() => rmSync(path.dirname(root), { recursive: true, force: true }));

const plan = (operations: readonly Operation[]) =>
  makePlan(fs, { profile, folders: [root], operations: operations.map(inHere), now: new Date() });
const options = () => ({ runs: null, lock: testLock(), now: () => new Date() });
const inodes = (found: Snapshot): [string, bigint][] =>
  Object.keys(found).map((item) => [item, lstatSync(item, { bigint: true }).ino]);

describe.each(Object.entries(scenarios))('%s', (_name, operations) => {
  test('apply, then undo', async () => {
    const before = snapshot(fs, root);
    const inodesBefore = inodes(before);
    const { applied } = await apply(fs, plan(operations), options());
    expect(applied).toBe(true);
    expect(snapshot(fs, root)).not.toEqual(before);
    await undo(fs, null, { profile, ...options() });
    expect(snapshot(fs, root)).toEqual(before);
    expect(inodes(before)).toEqual(inodesBefore);
  });

  test('a cut somewhere, then undo', async () => {
    const before = snapshot(fs, root);
    for (let after = 3; after < 80; after += 11) {
      await apply(cutPowerAfter(fs, after, true), plan(operations), options()).catch(() => undefined);
      await undo(fs, null, { profile, ...options() }).catch((error) =>
        expect(error.code).toBe('NO_SUCH_RUN'),
      );
      expect(tidy(snapshot(fs, root)), String(after)).toEqual(before);
    }
  });
});

test('a link is moved aside as a link, and comes back', async () => {
  const before = snapshot(fs, root);
  await apply(fs, plan([{ op: 'move-aside', path: `${imagined}/lock`, why: 'left over' }]), options());
  expect(fs.lstat(path.join(profile, 'lock'))).toBeNull();
  await undo(fs, null, { profile, ...options() });
  expect(snapshot(fs, root)).toEqual(before);
});

test('extended attributes of a replaced file are kept, and come back', async () => {
  const prefs = path.join(profile, 'prefs.js');
  try {
    fs.setExtendedAttribute(prefs, 'user.mailmend', new Uint8Array([1, 2, 3]));
  } catch {
    // A disk for temporary files that knows none: then none must appear.
  }
  const before = fs.extendedAttributes(prefs);
  await apply(fs, plan(scenarios['edits of prefs.js and profiles.ini'] ?? []), options());
  expect(fs.extendedAttributes(prefs)).toEqual(before);
  await undo(fs, null, { profile, ...options() });
  expect(fs.extendedAttributes(prefs)).toEqual(before);
});
