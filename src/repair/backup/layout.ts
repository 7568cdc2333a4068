/**
 * How a backup lies on the disk:
 *
 *     README.txt        what it is, how to check it, how to put it back by hand
 *     SHA256SUMS        for `sha256sum -c`
 *     manifest.jsonl    everything else; written last, so that a backup with one is a finished one
 *     profile/          the copy
 *     outside/1/ …      mail that lies outside of the profile and belongs to it
 *     registry/         profiles.ini and installs.ini
 *     set-aside/1/ …    what an earlier, unfinished attempt had copied and is no longer in the profile
 *     unfinished.json   there until the backup is finished
 *     part              the file that is being written
 *
 * Belongs here: names and the way from a path within the backup to one on the disk.
 */

import path from 'node:path';

export const names = {
  readme: 'README.txt',
  sums: 'SHA256SUMS',
  manifest: 'manifest.jsonl',
  manifestPart: 'manifest.part',
  setAside: 'set-aside',
  unfinished: 'unfinished.json',
  part: 'part',
} as const;

/** @param inBackup with forward slashes, as in the manifest. */
export const onDisk = (folder: string, inBackup: string): string => path.join(folder, ...inBackup.split('/'));
