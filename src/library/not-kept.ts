/**
 * What taking back will not give exactly, said before anything is done: where the old file cannot stay the same file,
 * since the disk knows no second names or what is kept lies on another disk (design.md 6.3).
 */

import { rulesFor } from '../profile/path-rules.ts';
import type { Plan } from '../repair/operation.ts';
import { knowsHardLinks, mountOf } from '../system/mounts.ts';
import { systemProc } from '../system/proc.ts';
import type { World } from './world.ts';

/** Whole sentences; none where taking back is exact. */
export function notKept(world: World, plan: Plan, runs: string | null): string[] {
  const replaced = plan.operations
    .filter(({ op }) => ['edit-prefs', 'edit-ini', 'edit-rows', 'write', 'copy'].includes(op))
    .map(({ path }) => path)
    .filter((path) => world.fs.lstat(path)?.kind === 'file');
  const why = replaced.length === 0 ? null : whyCopies(world, plan.profile.path, runs);
  if (why === null) return [];
  const linked = replaced.filter((path) => (world.fs.lstat(path)?.links ?? 1) > 1);
  const names = [...new Set(linked)].map(
    (path) =>
      `${path} has a second name elsewhere on the disk (a hard link). That other name stays with the old file, and is not joined again when the change is taken back.`,
  );
  return [
    `What is replaced is kept as a copy, since ${why}. Taking back gives every byte, permission and time back, but not the same file: it gets another number on the disk (inode) and a new date of creation.`,
    ...names,
  ];
}

function whyCopies(world: World, profile: string, runs: string | null): string | null {
  const { dirname } = rulesFor(world.platform);
  const there = runs === null ? null : (world.fs.stat(runs) ?? world.fs.stat(dirname(runs)));
  const own = world.fs.stat(profile);
  if (there !== null && own !== null && there.device !== own.device) return `${runs} is on another disk`;
  if (world.platform !== 'linux') return null;
  const mount = mountOf(world.fs.realPath(profile) ?? profile, systemProc.text('self/mounts') ?? '');
  return mount === null || knowsHardLinks(mount.type)
    ? null
    : `its disk (${mount.type}) knows one name per file only`;
}
