/**
 * The locks that a run holds while it writes: that of the profile, that of a profile which is moved as a whole, and for
 * changes of the registry those of every profile in its folder, since no program of that root may be running (design.md 6.6).
 */

import { locateProfiles } from '../profile/locate.ts';
import { rulesFor } from '../profile/path-rules.ts';
import { rootAt } from '../profile/places.ts';
import type { Lock } from '../repair/lock.ts';
import type { Plan } from '../repair/operation.ts';
import { lockFile } from '../system/lock-state.ts';
import { acquireProfileLock, type ProfileLock } from '../system/profile-lock.ts';
import type { World } from './world.ts';

/** @param command to run again once the program has quit. */
export function lockFor(world: World, plan: Pick<Plan, 'profile' | 'operations'>, command?: string): Lock {
  return {
    acquire() {
      const held: ProfileLock[] = [];
      const release = (): void => {
        for (const lock of held.reverse()) lock.release();
      };
      try {
        const moved = movedFolders(world, plan);
        for (const profilePath of profilesToLock(world, plan, moved)) {
          const lock = acquireProfileLock({
            fs: world.fs,
            locks: world.locks,
            profilePath,
            platform: world.platform,
            ...(command === undefined ? {} : { command }),
          });
          // Windows moves no folder in which a file is open, so there the move itself is the guard.
          if (world.platform === 'win32' && moved.includes(profilePath)) lock.release();
          else held.push(lock);
        }
        return release;
      } catch (error) {
        release();
        throw error;
      }
    },
  };
}

function profilesToLock(
  world: World,
  { profile, operations }: Pick<Plan, 'profile' | 'operations'>,
  moved: readonly string[],
): string[] {
  const { basename, dirname } = rulesFor(world.platform);
  const registries = new Set(
    operations
      .filter(({ path }) => ['profiles.ini', 'installs.ini'].includes(basename(path)))
      .map(({ path }) => dirname(path)),
  );
  const neighbours = locateProfiles(
    world.fs,
    [...registries].map((folder) => rootAt(folder, world.platform)),
  ).map(({ path }) => realPath(world, path));
  // Without a lock file no program has ever opened it; making one would change a folder that the plan rests on.
  const existing = [...neighbours, ...moved].filter((path) => hasLockFile(world, path));
  return [...new Set([realPath(world, profile.path), ...existing])];
}

/** Folders that go elsewhere as a whole. */
const movedFolders = (world: World, { operations }: Pick<Plan, 'operations'>): string[] =>
  operations
    .flatMap((operation) => {
      if (operation.op === 'move') return [operation.from];
      return operation.op === 'move-aside' ? [operation.path] : [];
    })
    .filter((path) => isFolder(world, path))
    .map((path) => realPath(world, path));

const realPath = (world: World, path: string): string => world.fs.realPath(path) ?? path;

function hasLockFile(world: World, path: string): boolean {
  return isFolder(world, path) && world.fs.lstat(lockFile(path, world.platform)) !== null;
}

function isFolder(world: World, path: string): boolean {
  try {
    return world.fs.stat(path)?.kind === 'folder';
  } catch {
    return false;
  }
}
