/**
 * The folder that a backup goes to: whether it may be used, and the mark that says it is not finished.
 * Belongs here: looking and marking. Words for refusals are src/library/backup.ts.
 */

import path from 'node:path';
import { copyRoots } from '../../formats/backup/manifest.ts';
import type { ReadableFileSystem } from '../file-system.ts';
import { names } from './layout.ts';

/** Whose backup it is to become. */
export interface ProfileIdentity {
  path: string;
  device: string;
  inode: string;
}

export type TargetState =
  | { kind: 'absent' }
  | { kind: 'empty' }
  | { kind: 'unfinished'; of: ProfileIdentity }
  | { kind: 'finished' }
  | { kind: 'occupied'; by: string }
  | { kind: 'no-folder' };

/** Reads only. @throws the system's error. */
export function targetState(fs: ReadableFileSystem, folder: string): TargetState {
  const stat = fs.stat(folder);
  if (stat === null) return fs.lstat(folder) === null ? { kind: 'absent' } : { kind: 'no-folder' };
  if (stat.kind !== 'folder') return { kind: 'no-folder' };
  const there = fs.readFolder(folder).map(({ name }) => name);
  if (there.includes(names.manifest)) return { kind: 'finished' };
  const of = there.includes(names.unfinished) ? readMark(fs, folder) : null;
  if (of !== null) return { kind: 'unfinished', of };
  // A cut in the first moments leaves a half-written mark.
  const by = there.find((name) => name !== names.part);
  return by === undefined ? { kind: 'empty' } : { kind: 'occupied', by };
}

/** The same folder, also after it was renamed; or another one that was put in its place. */
export const isSameProfile = (a: ProfileIdentity, b: ProfileIdentity): boolean =>
  a.path === b.path || (a.device === b.device && a.inode === b.inode && a.inode !== '0');

const markFormat = 'mailmend/unfinished-backup@1';
const largestMark = 1024 * 1024;

export const markText = (profile: ProfileIdentity): string =>
  `${JSON.stringify(
    {
      format: markFormat,
      note: 'This backup is not finished. Run "mailmend backup" with the same folder again: it goes on where it stopped.',
      profile,
    },
    null,
    2,
  )}\n`;

/** Null: not there, not to be read, or not as mailmend writes it. */
function readMark(fs: ReadableFileSystem, folder: string): ProfileIdentity | null {
  try {
    const bytes = fs.readFile(path.join(folder, names.unfinished), { limit: largestMark });
    const { format, profile } = JSON.parse(new TextDecoder().decode(bytes));
    const of = { path: profile.path, device: profile.device, inode: profile.inode };
    const sound = format === markFormat && Object.values(of).every((value) => typeof value === 'string');
    return sound ? of : null;
  } catch {
    return null;
  }
}

/**
 * What an unfinished attempt had copied: path within the backup in Unicode's composed form, since some disks change the
 * form, to the path as the disk tells it. Folders before what is in them. @throws the system's error.
 */
export function copiedEarlier(fs: ReadableFileSystem, folder: string): Map<string, string> {
  const found = new Map<string, string>();
  const look = (inBackup: string): void => {
    const at = path.join(folder, inBackup);
    const stat = fs.lstat(at);
    if (stat === null) return;
    found.set(composed(inBackup), inBackup);
    if (stat.kind !== 'folder') return;
    for (const { name } of fs.readFolder(at)) look(`${inBackup}/${name}`);
  };
  for (const root of copyRoots) look(root);
  return found;
}

export const composed = (inBackup: string): string => inBackup.normalize('NFC');
