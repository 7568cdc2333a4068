/**
 * What a backup of a profile consists of: the profile, what belongs to it elsewhere, and the registry that lists it.
 */

import { outsideParts } from '../profile/outside-parts.ts';
import { rulesFor } from '../profile/path-rules.ts';
import type { Profile } from '../profile/profile.ts';
import { type LeftOut, type Listing, listSources, type Source } from '../repair/backup/source.ts';
import { isInside } from '../repair/inside.ts';
import type { SelectedProfile } from './selected-profile.ts';
import type { World } from './world.ts';

export interface BackupSources {
  sources: Source[];
  listing: Listing;
  /** What belongs to the profile and cannot be copied. */
  leftOut: LeftOut[];
}

const lockReason = 'it only says that the program is open';

const locks: Readonly<Record<string, string>> = {
  lock: lockReason,
  '.parentlock': lockReason,
  'parent.lock': lockReason,
};

export async function backupSources(
  world: World,
  selected: SelectedProfile,
  profile: Profile,
): Promise<BackupSources> {
  const { fs } = world;
  const from = fs.realPath(selected.path) ?? selected.path;
  const own: Source = { from, into: 'profile', why: 'the profile', without: locks };
  const listing = await listSources(fs, [own]);
  const named = outsideParts(fs, profile, world.home);
  const linked = listing.items.flatMap((item) => {
    const real = item.stat.kind === 'link' ? fs.realPath(item.from) : null;
    return real === null || isInside(from, real)
      ? []
      : [
          {
            path: real,
            why: `a link in the profile leads there, ${item.path.replace(/^profile\//, '')}`,
            exists: true,
          },
        ];
  });
  const leftOut: LeftOut[] = [];
  const places = new Map<string, string>();
  for (const part of [...named, ...linked].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (!part.exists)
      leftOut.push({
        what: part.path,
        reason: `${part.why}, which is not there now: a disk that is not attached?`,
      });
    else if (isInside(part.path, from) || isInside(part.path, world.home))
      leftOut.push({
        what: part.path,
        reason: `${part.why}, and far more than that: copy what you need by hand`,
      });
    else if (![...places.keys()].some((place) => isInside(place, part.path))) places.set(part.path, part.why);
  }
  const others = [
    ...[...places].map(([place, why], at): Source => ({ from: place, into: `outside/${at + 1}`, why })),
    ...registry(world, selected),
  ];
  const rest = await listSources(fs, others);
  return {
    sources: [own, ...others],
    listing: {
      items: [...listing.items, ...rest.items],
      leftOut: [...listing.leftOut, ...rest.leftOut],
      notCopied: [...listing.notCopied, ...rest.notCopied],
    },
    leftOut: leftOut.filter(({ what }, at) => leftOut.findIndex((other) => other.what === what) === at),
  };
}

function registry({ fs, platform }: World, { root }: SelectedProfile): Source[] {
  if (root === null) return [];
  const { join } = rulesFor(platform);
  return ['profiles.ini', 'installs.ini']
    .map((name) => ({ name, at: join(root.path, name) }))
    .filter(({ at }) => fs.lstat(at)?.kind === 'file')
    .map(({ name, at }) => ({ from: at, into: `registry/${name}`, why: 'it lists the profiles' }));
}
