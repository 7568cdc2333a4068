/**
 * The mark that a system puts on files from the internet: the attribute com.apple.quarantine on macOS, the stream
 * Zone.Identifier on Windows (providers.md D8, D16). Linux has none. On the files right in the profile's folder: that is
 * enough to tell how the profile came here.
 */

import { dirname } from 'node:path';
import type { WrittenFile } from '../profile/written-files.ts';
import type { WritableFileSystem } from '../repair/file-system.ts';

export interface DownloadMark {
  path: string;
  /** The program that brought the file, where the mark names it. Not yet fit for a terminal. */
  by: string | null;
}

type MarkedFiles = Pick<WritableFileSystem, 'readFile' | 'extendedAttributes'>;

/** A mark is a line or a few. */
const maxBytes = 4096;

/** @param files the profile's folder first. Never throws. */
export function downloadMarks(
  fs: MarkedFiles,
  files: readonly WrittenFile[],
  platform: NodeJS.Platform,
): DownloadMark[] {
  const profile = files[0]?.path;
  const read = platform === 'darwin' ? quarantineOf : platform === 'win32' ? zoneOf : null;
  if (read === null) return [];
  return files
    .filter(({ path, stat }) => path === profile || (stat.kind === 'file' && dirname(path) === profile))
    .flatMap(({ path }) => {
      try {
        return read(fs, path);
      } catch {
        return [];
      }
    });
}

const mailPrograms = /thunderbird|betterbird|postbox|seamonkey/i;

/** `0083;5f2c1a7e;Safari;<UUID>`: flags, time, program. A program may mark all that it makes itself: that says nothing. */
function quarantineOf(fs: MarkedFiles, path: string): DownloadMark[] {
  const value = fs.extendedAttributes(path).get('com.apple.quarantine');
  if (value === undefined) return [];
  const by = Buffer.from(value.subarray(0, maxBytes)).toString().split(';')[2] ?? '';
  return mailPrograms.test(by) ? [] : [{ path, by: by === '' ? null : by }];
}

/** An ini file with `ZoneId` in it: 3 is the internet, 4 the sites that are shut out; less is this network. */
function zoneOf(fs: MarkedFiles, path: string): DownloadMark[] {
  const text = Buffer.from(fs.readFile(`${path}:Zone.Identifier`, { limit: maxBytes })).toString();
  return /^ZoneId=[34]\s*$/m.test(text) ? [{ path, by: null }] : [];
}
