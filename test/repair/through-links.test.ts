/**
 * A folder in the profile can be a link to another place in it. Plans work behind it, and move it; a plan that does both
 * could not be taken back by paths, and is refused. So is one that would leave a file that its owner cannot read.
 */

import { expect, test } from 'vitest';
import type { Operation } from '../../src/repair/operation.ts';
import { applyPlan, planFor, undoRun } from './support/carry.ts';
import { Disk } from './support/disk.ts';
import { diskFileSystem } from './support/disk-file-system.ts';
import { differences, plant, see } from './support/disk-tree.ts';
import { profile, root, tree } from './support/scenarios.ts';

const why = 'why';
const linked = `${profile}/LinkedMail`;
const behind: Operation = { op: 'make-folder', path: `${linked}/new`, mode: 0o700, why };
const aside: Operation = { op: 'move-aside', path: linked, why };

function diskWithLink(): Disk {
  const disk = new Disk();
  plant(disk, { ...tree, [linked]: { link: 'Mail' } });
  return disk;
}

test.each([
  ['behind a link', [behind]],
  ['the link itself', [aside]],
  ['a link beside another folder', [aside, { op: 'move-aside', path: `${profile}/Mail/leftover`, why }]],
] as [string, Operation[]][])('%s: done, and taken back', async (_name, operations) => {
  const disk = diskWithLink();
  const fs = diskFileSystem(disk);
  const before = see(disk, root);
  await applyPlan(fs, planFor(fs, operations));
  expect(differences(before, see(disk, root), true)).not.toEqual([]);
  await undoRun(fs);
  expect(differences(before, see(disk, root), true)).toEqual([]);
});

test('both is refused, and nothing was changed', async () => {
  const disk = diskWithLink();
  const fs = diskFileSystem(disk);
  const before = see(disk, root);
  await expect(applyPlan(fs, planFor(fs, [behind, aside]))).rejects.toMatchObject({
    code: 'PLAN_INVALID',
    exit: 3,
    message: `${linked}/new leads through the link ${linked}, which the plan moves. Nothing was changed.`,
  });
  expect(differences(before, see(disk, root), true)).toEqual([]);
});

test.each<Operation>([
  { op: 'set-mode', path: `${profile}/prefs.js`, mode: 0o200, why },
  { op: 'write', path: `${profile}/user.js`, content: '', mode: 0o000, why },
])('$op: no file that its owner cannot read', (operation) => {
  const fs = diskFileSystem(diskWithLink());
  expect(() => planFor(fs, [operation])).toThrow(/would become a file that its owner cannot read/);
});
