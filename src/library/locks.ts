/**
 * The locks that a run holds while it writes: that of the profile, and for changes of the registry those of every
 * profile in it, since no program of that root may be running (design.md 6.6).
 */

import { rulesFor } from '../profile/path-rules.ts';
import { rootAt } from '../profile/places.ts';
import { readRegistry } from '../profile/registry.ts';
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
        for (const profilePath of profilesToLock(world, plan)) {
          held.push(
            acquireProfileLock({
              fs: world.fs,
              locks: world.locks,
              profilePath,
              platform: world.platform,
              ...(command === undefined ? {} : { command }),
            }),
          );
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
): string[] {
  const { basename, dirname } = rulesFor(world.platform);
  const registries = new Set(
    operations
      .filter(({ path }) => ['profiles.ini', 'installs.ini'].includes(basename(path)))
      .map(({ path }) => dirname(path)),
  );
  const neighbours = [...registries].flatMap((folder) =>
    readRegistry(world.fs, rootAt(folder, world.platform)).profiles.map((entry) => entry.path),
  );
  const real = (path: string): string => world.fs.realPath(path) ?? path;
  // Without a lock file no program has ever opened it; making one would change a folder that the plan rests on.
  const existing = neighbours.filter(
    (path) => isFolder(world, path) && world.fs.lstat(lockFile(path, world.platform)) !== null,
  );
  return [...new Set([profile.path, ...existing].map(real))];
}

function isFolder(world: World, path: string): boolean {
  try {
    return world.fs.stat(path)?.kind === 'folder';
  } catch {
    return false;
  }
}
